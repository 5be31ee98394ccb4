/** Looks for a WebGPU adapter for Node, and says what it found or why there is none. A candidate counts only when it starts. */
import process from 'node:process';
import { givenUp, type NotRun } from '../../not-run.ts';
import { say } from '../say.mjs';

/** Environment variables that a program needs to find the driver. */
export type DriverEnvironment = Readonly<Record<string, string>>;

/** An adapter that starts. */
export interface Adapter {
  readonly name: string;
  readonly isSoftware: boolean;
  readonly env: DriverEnvironment;
}

/** A place to get a driver from: the environment to try, or the reason why there is none. */
export interface DriverSource {
  readonly name: string;
  readonly find: () => Promise<{ readonly env: DriverEnvironment } | { readonly reason: string }>;
}

/** Starts an adapter once: what it is, or the reason why it does not start. */
export type AdapterProbe = (env: DriverEnvironment) => Promise<Omit<Adapter, 'env'> | { readonly reason: string }>;

/** The first source whose adapter starts; else what to say about it. */
export async function searchAdapter(
  sources: readonly DriverSource[],
  probe: AdapterProbe,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Adapter | NotRun> {
  if (givenUp(env).has('webgpu')) {
    return { what: 'webgpu', why: 'LAXCONV_WITHOUT names it', how: 'Unset LAXCONV_WITHOUT to run the tests on WebGPU too.' };
  }
  const reasons: string[] = [];
  for (const source of sources) {
    const candidate = await source.find();
    if ('reason' in candidate) {
      reasons.push(candidate.reason);
      continue;
    }
    const probed = await probe(candidate.env);
    if ('name' in probed) {
      say(`WebGPU in Node will run on ${probed.name} (${source.name}${probed.isSoftware ? '; it computes on the CPU' : ''})`);
      return { ...probed, env: candidate.env };
    }
    reasons.push(`${source.name}: ${probed.reason}`);
  }
  say('going on without WebGPU in Node: no adapter was found and no driver could be installed');
  return {
    what: 'webgpu',
    why: `there is no WebGPU adapter in Node: ${reasons.join('; ')}`,
    how: 'On Linux install libvulkan1 and a Vulkan driver (mesa-vulkan-drivers of version 24 or newer computes on the CPU), or name webgpu in LAXCONV_WITHOUT to go without on purpose.',
  };
}
