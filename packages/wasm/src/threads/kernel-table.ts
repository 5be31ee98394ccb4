/** The kernels by number: every thread that instantiates a module numbers its exports alike. */
import type { Kernel } from '../program/step.ts';

/** The kernels of a module on one memory. */
export interface KernelTable {
  readonly kernels: readonly Kernel[];
  readonly numberOf: ReadonlyMap<string, number>;
}

/** Instantiates `module` on `memory`. */
export function kernelTable(module: WebAssembly.Module, memory: WebAssembly.Memory): KernelTable {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const names = WebAssembly.Module.exports(module)
    .filter(({ kind }) => kind === 'function')
    .map(({ name }) => name);
  return {
    kernels: names.map((name) => exports[name] as Kernel),
    numberOf: new Map(names.map((name, index) => [name, index])),
  };
}
