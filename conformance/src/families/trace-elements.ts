/**
 * Which element of the last convolution's result each element of a call's result is. A call may rearrange that result (layouts,
 * gradients), and its elements' bounds must follow. The call is run again on a stand-in backend whose last result carries one bit of
 * every element's number at a time; 0 and 1 survive any cast.
 */
import { allocate, DTYPES, type Backend, type OperandTensor, type Tensor } from '@laxconv/api/backend';
import { encoderOf } from '../arbitraries/elements.ts';
import { decoded } from '../oracle/read-values.ts';
import { ConformanceFailure } from '../suite/test.ts';
import type { RecordedRun } from './recording.ts';

/** For each element of the call's result, the index in the last run's `got`. `call` runs the call on a backend. */
export async function traceElements(runs: readonly RecordedRun[], call: (backend: Backend) => Promise<Tensor>): Promise<Int32Array> {
  const last = runs[runs.length - 1].got;
  const { components } = DTYPES[last.dtype];
  const count = last.data.length / components;
  let traced: Int32Array | undefined;
  for (let bit = 0; 2 ** bit < Math.max(2, count); bit++) {
    const marked = markedResult(last, count, (index) => (index >> bit) & 1);
    const result = await call(replay([...runs.slice(0, -1).map(({ got }) => got), marked]));
    const bits = decoded(result).filter((_, index) => index % DTYPES[result.dtype].components === 0);
    traced ??= new Int32Array(bits.length);
    for (const [index, value] of bits.entries()) traced[index] |= value << bit;
  }
  if (traced?.every((index) => index >= 0 && index < count) !== true)
    throw new ConformanceFailure("the result is not made of the last run's elements");
  return traced;
}

function markedResult({ dtype, shape }: Tensor, count: number, mark: (index: number) => number): Tensor {
  const { components } = DTYPES[dtype];
  const data = allocate(dtype, count) as { [index: number]: number | bigint };
  const encode = encoderOf(dtype);
  for (let index = 0; index < count; index++) data[index * components] = encode(mark(index));
  return { dtype, shape, data } as Tensor;
}

/** A backend that computes nothing: its runs give these results, one after the other. */
function replay(results: readonly Tensor[]): Backend {
  const left = [...results];
  const run = (): Promise<OperandTensor> => {
    const next = left.shift();
    return next === undefined ? Promise.reject(new ConformanceFailure('the call made another run than before')) : Promise.resolve(next);
  };
  const bound = { run: run as () => Promise<Tensor>, dispose: () => undefined };
  const plan = {
    kernel: 'replay',
    errorBound: { kind: 'exact' } as const,
    bindRhs: () => Promise.resolve(bound),
    dispose: () => undefined,
  };
  return { name: 'replay', info: { nonFinite: 'ieee' }, prepare: () => Promise.resolve(plan), dispose: () => Promise.resolve() };
}
