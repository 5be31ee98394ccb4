/** ml-convolution: 1-D in float64, the kernel centred; by the formula where the kernel is short, by fft.js where it is not. */
import { checkOptions, type Backend } from '@laxconv/api/backend';
import { loadPeer } from './load-peer.ts';
import { peerBackend } from './peer-backend.ts';
import { Refusal, type Peer } from './peer.ts';
import { plainSignal, refuseWithoutFft, SIGNAL_BOUND } from './plain-signal.ts';

type Convolution = new (size: number, kernel: readonly number[]) => { convolve(input: Float32Array): readonly number[] };

/** What is used of its API: classes that prepare what depends on the kernel. */
interface MlConvolution {
  readonly DirectConvolution: Convolution;
  readonly FFTConvolution: Convolution;
}

/** Kernels up to this long are faster by the formula. */
const LONGEST_DIRECT = 32;

/** A backend over ml-convolution. */
export async function createBackend(options: Readonly<Record<string, unknown>> = {}): Promise<Backend> {
  checkOptions('ml-convolution', options, []);
  const loaded = await loadPeer<{ readonly default: MlConvolution }>('ml-convolution');
  return peerBackend(mlPeer(loaded.default));
}

function mlPeer({ DirectConvolution, FFTConvolution }: MlConvolution): Peer {
  return {
    name: 'ml-convolution-1t',
    info: { nonFinite: 'ieee', library: 'ml-convolution', threads: 1, isa: 'JavaScript' },
    plan(conv, problem) {
      const [{ input, kernel, start, size }, ...more] = plainSignal(conv);
      if (more.length > 0) throw new Refusal('1-D signals only');
      // It wants an odd kernel, as much before its middle as behind. One of even length gets a zero behind.
      const odd = kernel % 2 === 1 ? kernel : kernel + 1;
      if (size !== input || kernel - 1 - start !== (odd - 1) / 2) throw new Refusal('the kernel centred, the result as long as the signal');
      const isDirect = kernel <= LONGEST_DIRECT;
      if (!isDirect) refuseWithoutFft(problem);
      return {
        kernel: isDirect ? 'float64-DirectConvolution' : 'float64-FFTConvolution',
        errorBound: isDirect ? { kind: 'pointwise', c: 1 } : SIGNAL_BOUND,
        data: 'channels-first',
        weights: 'OI*',
        bind: (weights) => {
          const taps = [...weights, ...new Array<number>(odd - kernel).fill(0)];
          const convolution = new (isDirect ? DirectConvolution : FFTConvolution)(input, taps);
          return { stage: (signal) => ({ run: () => convolution.convolve(signal) }) };
        },
      };
    },
  };
}
