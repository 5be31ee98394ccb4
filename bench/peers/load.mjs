/** Imports as a file beside the peers' node_modules does: the peers are packages of this folder, not of the workspace. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** @param {string} specifier */
export const load = (specifier) => import(specifier);

/**
 * A CommonJS package and all that it requires, loaded once more, leaving no trace for others to find: onnxruntime-web and -node would
 * otherwise meet in one onnxruntime-common, and the one that comes second run on the other's kernels.
 * @param {string} specifier
 */
export function loadAnew(specifier) {
  const before = { ...require.cache };
  forgetAll();
  try {
    return require(specifier);
  } finally {
    forgetAll();
    Object.assign(require.cache, before);
  }
}

function forgetAll() {
  for (const file of Object.keys(require.cache)) delete require.cache[file];
}
