/** Imports as a file beside the peers' node_modules does: the peers are packages of this folder, not of the workspace. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** @param {string} specifier */
export const load = (specifier) => import(specifier);

/**
 * CommonJS packages and all that they require, loaded once more, leaving no trace for others to find: onnxruntime-web and -node would
 * otherwise meet in one onnxruntime-common, and the one that comes second run on the other's kernels.
 * @param {readonly string[]} specifiers What belongs together.
 */
export function loadAnew(specifiers) {
  const before = { ...require.cache };
  forgetAll();
  try {
    return specifiers.map((specifier) => require(specifier));
  } finally {
    forgetAll();
    Object.assign(require.cache, before);
  }
}

function forgetAll() {
  for (const file of Object.keys(require.cache)) delete require.cache[file];
}
