/** For the tests: a problem from the few fields that a test is about, and one convolution on the naive backend. */
import { allocate, freezeProblem, sizeOf, type AnyTensor, type ConvProblem, type DType, type Tensor } from '@laxconv/api/backend';
import { createBackend } from './naive-backend.ts';

/** In the layouts NC…, OI…, NC…; what is not given is 1, 0 or false. */
export interface ProblemFields extends Partial<Omit<ConvProblem, 'lhs' | 'rhs' | 'out'>> {
  readonly dtype?: DType;
  readonly outDtype?: DType;
}

function dilate(size: number, dilation: number): number {
  return (size - 1) * dilation + 1;
}

export function problemOf(lhs: readonly number[], rhs: readonly number[], fields: ProblemFields = {}): ConvProblem {
  const { dtype = 'float32', outDtype = dtype, ...rest } = fields;
  const axes = lhs.map((_, axis) => axis);
  const spatial = axes.slice(2);
  const defaults = {
    lhsSpec: axes,
    rhsSpec: axes,
    outSpec: axes,
    windowStrides: spatial.map(() => 1),
    padding: spatial.map(() => [0, 0] as const),
    lhsDilation: spatial.map(() => 1),
    rhsDilation: spatial.map(() => 1),
    windowReversal: spatial.map(() => false),
    featureGroupCount: 1,
    batchGroupCount: 1,
    precision: 'highest',
    method: 'auto',
    ...rest,
  } as const;
  const output = spatial.map((axis, d) => {
    const [low, high] = defaults.padding[d];
    const padded = low + dilate(lhs[axis], defaults.lhsDilation[d]) + high;
    return Math.floor((padded - dilate(rhs[axis], defaults.rhsDilation[d])) / defaults.windowStrides[d]) + 1;
  });
  return freezeProblem({
    ...defaults,
    lhs: { shape: lhs, dtype },
    rhs: { shape: rhs, dtype },
    out: { shape: [lhs[0] / defaults.batchGroupCount, rhs[0], ...output], dtype: outDtype },
  });
}

/** A tensor of array elements as they are stored: bits for float16, re and im in turn for complex. */
export function tensorOf<D extends DType>(dtype: D, shape: readonly number[], values: readonly (number | bigint)[]): Tensor<D> {
  const data = allocate(dtype, sizeOf(shape));
  const elements: { [index: number]: number | bigint } = data;
  values.forEach((value, index) => (elements[index] = value));
  return { dtype, shape, data };
}

/** The elements of lhs ∗ rhs, as stored. */
export async function convolve(
  problem: ConvProblem,
  lhs: readonly (number | bigint)[],
  rhs: readonly (number | bigint)[],
): Promise<(number | bigint)[]> {
  const backend = await createBackend();
  const plan = await backend.prepare(problem);
  const bound = await plan.bindRhs(tensorOf(problem.rhs.dtype, problem.rhs.shape, rhs));
  const result = (await bound.run(tensorOf(problem.lhs.dtype, problem.lhs.shape, lhs))) as AnyTensor;
  return Array.from(result.data as ArrayLike<number | bigint>);
}
