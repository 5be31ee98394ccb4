/** A module of this folder is `.ts` under a test and `.js` when built; so are those that a child process imports. */
export const EXTENSION = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
