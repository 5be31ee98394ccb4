/** The worked example of `docs/numerics.md`: one convolution in float32, run by naive and judged by each kind of bound. */
import { freezeProblem, type ErrorBound, type Tensor } from '@laxconv/api/backend';
import { createBackend } from '@laxconv/naive';
import { allowedErrors } from '../../conformance/src/compare/error-bound.ts';
import { evaluate, type FloatReference } from '../../conformance/src/oracle/evaluate.ts';
import { table } from './blocks.ts';

const INPUT = [0.1, 0.2, 0.3, 0.4, 1000, 0.5, 0.25, 0.125];
const WEIGHTS = [1, -2, 1];

const PROBLEM = freezeProblem({
  lhs: { shape: [1, 1, INPUT.length], dtype: 'float32' },
  rhs: { shape: [1, 1, WEIGHTS.length], dtype: 'float32' },
  out: { shape: [1, 1, INPUT.length - WEIGHTS.length + 1], dtype: 'float32' },
  lhsSpec: [0, 1, 2],
  rhsSpec: [0, 1, 2],
  outSpec: [0, 1, 2],
  windowStrides: [1],
  padding: [[0, 0]],
  lhsDilation: [1],
  rhsDilation: [1],
  windowReversal: [false],
  featureGroupCount: 1,
  batchGroupCount: 1,
  precision: 'default',
  method: 'auto',
});

const BOUNDS: readonly ErrorBound[] = [
  { kind: 'pointwise', c: 1 },
  { kind: 'tile', c: 1, tile: [4] },
  { kind: 'signal', c: 1 },
];

/** What the kit computes for it, per output element. */
export interface WorkedExample {
  readonly got: readonly number[];
  readonly reference: readonly number[];
  /** Σ|x·w| */
  readonly magnitudes: readonly number[];
  /** Per bound, in the order pointwise, tile, signal. */
  readonly allowed: readonly (readonly number[])[];
}

export async function workedExample(): Promise<WorkedExample> {
  const tensor = (values: readonly number[]): Tensor => ({
    dtype: 'float32',
    shape: [1, 1, values.length],
    data: Float32Array.from(values),
  });
  const [lhs, rhs] = [tensor(INPUT), tensor(WEIGHTS)];
  const backend = await createBackend();
  const bound = await (await backend.prepare(PROBLEM)).bindRhs(rhs);
  const got = (await bound.run(lhs)) as Tensor<'float32'>;
  await backend.dispose();
  const reference = evaluate(PROBLEM, lhs, rhs) as FloatReference;
  return {
    got: [...got.data],
    reference: [...reference.values],
    magnitudes: [...reference.magnitudes],
    allowed: BOUNDS.map((declared) => [...allowedErrors({ problem: PROBLEM, lhs, reference, bound: declared })]),
  };
}

/** The example as a table: one row per output element. */
export function exampleTable({ got, reference, magnitudes, allowed }: WorkedExample): string {
  const rows = got.map((value, index) => [
    String(index),
    short(reference[index]),
    short(value),
    short(Math.abs(value - reference[index])),
    short(magnitudes[index]),
    ...allowed.map((limits) => short(limits[index])),
    short(Math.abs(value - reference[index]) / allowed[0][index]),
  ]);
  const head = [
    'element',
    'reference',
    'float32 result',
    'error',
    'Σ\\|x·w\\|',
    'allowed, pointwise',
    'allowed, tile of 4',
    'allowed, signal',
    'errorOverBound, pointwise',
  ];
  return table(
    head.map((cell) => cell.replaceAll('\\|', '|')),
    rows,
  );
}

/** Four digits: enough to recompute by hand. */
export function short(value: number): string {
  return value === 0 ? '0' : Number(value.toPrecision(4)).toString();
}
