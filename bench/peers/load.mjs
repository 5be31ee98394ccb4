/** Imports as a file beside the peers' node_modules does: the peers are packages of this folder, not of the workspace. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** @param {string} specifier */
export const load = (specifier) => import(specifier);

/**
 * A CommonJS package and all that it requires, loaded once more.
 * @param {string} specifier
 */
export function loadAnew(specifier) {
  const loaded = { ...require.cache };
  for (const file of Object.keys(require.cache)) delete require.cache[file];
  try {
    return require(specifier);
  } finally {
    Object.assign(require.cache, loaded);
  }
}
