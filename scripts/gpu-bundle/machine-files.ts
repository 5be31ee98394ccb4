/** What the bundle takes from this machine: Node, without its debug symbols, and the Vulkan loader. */
import { chmodSync, cpSync, existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { PINNED_NODE } from '../setup/paths.mjs';
import { run } from '../setup/process.mjs';
import { say, SetupError } from '../setup/say.mjs';

/** Where distributions keep libraries for x64. */
const LIBRARIES = ['/usr/lib/x86_64-linux-gnu', '/lib/x86_64-linux-gnu', '/usr/lib64', '/usr/lib'];
const LOADER = 'libvulkan.so.1';

/** The Vulkan loader. @throws SetupError that says how to get it. */
export function findVulkanLoader(folders: readonly string[] = LIBRARIES): string {
  const path = folders.map((folder) => join(folder, LOADER)).find((each) => existsSync(each));
  if (path !== undefined) return realpathSync(path);
  throw new SetupError(
    `the bundle carries a Vulkan loader, and there is no ${LOADER} in ${folders.join(', ')}: install Debian's or Ubuntu's libvulkan1, or Fedora's vulkan-loader.`,
  );
}

/** Copies both into `bin` and `lib` of a folder. */
export async function copyMachineFiles(to: string): Promise<void> {
  const loader = findVulkanLoader();
  for (const folder of ['bin', 'lib']) mkdirSync(join(to, folder), { recursive: true });
  cpSync(loader, join(to, 'lib', LOADER));
  const node = join(to, 'bin', 'node');
  cpSync(realpathSync(PINNED_NODE), node);
  chmodSync(node, 0o755);
  const { code, output } = await run('strip', ['--strip-all', node], { quiet: true });
  if (code !== 0) say(`Node goes in with its debug symbols, because strip (of binutils) did not work: ${output.trim()}`);
}
