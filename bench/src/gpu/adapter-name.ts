/** A GPU adapter in words, for result files. */

/** What is used of a GPUAdapterInfo; a browser may leave all of it empty. */
export interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  readonly isFallbackAdapter?: boolean;
}

/** Such as 'mesa software: llvmpipe (LLVM 15.0.6, 256 bits)'; says so where the adapter is the CPU. */
export function adapterName({ vendor, architecture, device, description, isFallbackAdapter }: AdapterInfo): string {
  const family = [vendor, architecture].filter((part) => part !== '').join(' ');
  const parts = [family, device, description].filter((part) => part !== '');
  const name = parts.length > 0 ? parts.join(', ') : 'an adapter without a name';
  return isFallbackAdapter === true ? `${name} (a CPU)` : name;
}
