/** Node's own modules, reached in a way that no bundler for browsers takes for an import. */

/** Node's module `name`; undefined where it is not Node. */
export function nodeModule(name: string): object | undefined {
  try {
    const { process } = globalThis as { readonly process?: { getBuiltinModule?(name: string): object | undefined } };
    return process?.getBuiltinModule?.(name);
  } catch {
    // What a page calls `process` may be anything.
    return undefined;
  }
}
