/** Looks for a WebGPU adapter for Node, and says what it found or why there is none. */
import process from 'node:process';
import { givenUp, type NotRun } from '../../not-run.ts';
import { firstThatStarts, type Lack, type Source } from '../first-that-starts.ts';
import { say } from '../say.mjs';

/** Environment variables that a program needs to find the driver. */
export type DriverEnvironment = Readonly<Record<string, string>>;

/** An adapter that starts. */
export interface Adapter {
  readonly name: string;
  readonly isSoftware: boolean;
  readonly env: DriverEnvironment;
}

/** A place to get a driver from: the environment to try. */
export type DriverSource = Source<{ readonly env: DriverEnvironment }>;

/** Starts an adapter once. */
export type AdapterProbe = (env: DriverEnvironment) => Promise<Omit<Adapter, 'env'> | Lack>;

/** The first source whose adapter starts; else what to say about it. */
export async function searchAdapter(
  sources: readonly DriverSource[],
  probe: AdapterProbe,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Adapter | NotRun> {
  if (givenUp(env).has('webgpu')) {
    return { what: 'webgpu', why: 'LAXCONV_WITHOUT names it', how: 'Unset LAXCONV_WITHOUT to run the tests on WebGPU too.' };
  }
  const found = await firstThatStarts(sources, (candidate) => probe(candidate.env));
  if ('started' in found) {
    const { source, candidate, started } = found;
    say(`WebGPU in Node will run on ${started.name} (${source}${started.isSoftware ? '; it computes on the CPU' : ''})`);
    return { ...started, env: candidate.env };
  }
  say('going on without WebGPU in Node: no adapter was found and no driver could be installed');
  return {
    what: 'webgpu',
    why: `there is no WebGPU adapter in Node: ${found.reasons.join('; ')}`,
    how: 'On Linux install libvulkan1 and a Vulkan driver (mesa-vulkan-drivers of version 24 or newer computes on the CPU), or name webgpu in LAXCONV_WITHOUT to go without on purpose.',
  };
}
