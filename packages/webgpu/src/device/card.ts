/**
 * Whether Node can have a graphics card at all. Loading Dawn and starting a driver takes half a second, which `'auto'` would spend on
 * learning that the only adapter computes on the CPU. On Linux a driver reaches a card through a file in /dev, so a look there is enough to
 * know that there is none. It never says no where it does not know: on other systems, and where WebGPU is the platform's own.
 */

/** Where Linux has cards: of every driver of the kernel's own, NVIDIA's, and those of Windows under WSL. */
const PLACES = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'];

interface NodeProcess {
  readonly platform?: string;
  getBuiltinModule?(name: string): unknown;
}

/** False only where Dawn would be loaded on a Linux that shows no card. */
export function mayHaveCard(
  { navigator, process } = globalThis as { readonly navigator?: { readonly gpu?: unknown }; readonly process?: NodeProcess },
): boolean {
  if (navigator?.gpu !== undefined || process?.platform !== 'linux' || process.getBuiltinModule === undefined) return true;
  const { existsSync } = process.getBuiltinModule('node:fs') as { existsSync(path: string): boolean };
  return PLACES.some(existsSync);
}
