/**
 * A peer in Python. It is timed by its own clock around the calls that it makes, its arrays in its own memory: what it costs to bring
 * them there and back from JavaScript is not its time.
 */
import { Refusal, type Peer, type PeerConv, type PeerPlan, type StagedInput } from '../peer.ts';
import type { PlainConv } from '../plain-conv.ts';
import { plainSignal, refuseWithoutFft, SIGNAL_BOUND } from '../plain-signal.ts';
import type { PythonProcess } from './python-process.ts';

/** Functions that the server knows: JAX's two, jitted, or one of SciPy or NumPy by its path. */
export interface PythonFunction {
  readonly function: string;
  readonly package: 'jax' | 'scipy' | 'numpy';
  /** 'layer': any plain convolution; 'signal': one channel, by the full convolution's part. */
  readonly takes: 'layer' | 'signal';
  readonly usesFft: boolean;
  readonly mostDimensions: number;
}

/** What the server says of itself: the library's version, and the cores or the GPU that it computes on. */
export type PythonInfo = { readonly version: string } & ({ readonly threads: number } | { readonly device: string });

/** What a plan asks of the server. */
interface Task {
  readonly spec: unknown;
  readonly inputShape: readonly number[];
  readonly kernelShape: readonly number[];
}

/** A peer over one function of a running process. */
export function pythonPeer(name: string, info: PythonInfo, fn: PythonFunction, python: PythonProcess): Peer {
  return {
    name,
    info: { nonFinite: 'ieee', library: fn.package, isa: 'native', ...info },
    plan(conv, problem): PeerPlan {
      if (conv.spatial.length > fn.mostDimensions) throw new Refusal(`at most ${fn.mostDimensions} dimensions, not ${conv.spatial.length}`);
      if (fn.usesFft) refuseWithoutFft(problem);
      const isSignal = fn.takes === 'signal';
      const task = isSignal ? signalTask(conv) : layerTask(conv);
      return {
        kernel: `float32-${fn.function}`,
        errorBound: fn.usesFft ? SIGNAL_BOUND : { kind: 'pointwise', c: 1 },
        data: 'channels-last',
        weights: '*IO',
        reverseKernel: isSignal,
        bind: (weights) => bind(python, fn, task, weights),
      };
    },
    dispose: () => python.release(),
  };
}

function layerTask({ batch, groups, inChannels, outChannels, spatial }: PlainConv): Task {
  return {
    spec: {
      groups,
      strides: spatial.map(({ stride }) => stride),
      padding: spatial.map(({ padLow, padHigh }) => [padLow, padHigh]),
      lhsDilation: spatial.map(({ lhsDilation }) => lhsDilation),
      rhsDilation: spatial.map(({ rhsDilation }) => rhsDilation),
    },
    inputShape: [batch, ...spatial.map(({ input }) => input), inChannels],
    kernelShape: [...spatial.map(({ kernel }) => kernel), inChannels / groups, outChannels],
  };
}

function signalTask(conv: PlainConv): Task {
  const dimensions = plainSignal(conv);
  return {
    spec: { dimensions },
    inputShape: dimensions.map(({ input }) => input),
    kernelShape: dimensions.map(({ kernel }) => kernel),
  };
}

async function bind(python: PythonProcess, { function: name }: PythonFunction, task: Task, weights: Float32Array): Promise<PeerConv> {
  const { spec, inputShape, kernelShape } = task;
  const convolution = python.newId();
  await python.ask({ op: 'bind', id: convolution, function: name, spec, shape: kernelShape }, bytesOf(weights));
  return {
    async stage(input): Promise<StagedInput> {
      const id = python.newId();
      await python.ask({ op: 'stage', id, convolution, shape: inputShape }, bytesOf(input));
      return {
        run: async () => new Float32Array((await python.ask({ op: 'run', id })).data.buffer),
        sample: async (calls) => Number((await python.ask({ op: 'sample', id, calls })).head['ms']),
        dispose: async () => void (await python.ask({ op: 'free', id })),
      };
    },
    dispose: async () => void (await python.ask({ op: 'free', id: convolution })),
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
