/** Holds what a cell did to what JAX did: the printed lines, the operands, the result. */
import { resolve, type ConvDimensionNumbers, type Tensor } from '@laxconv/api';
import type { Backend } from '@laxconv/api/backend';
import { checkAgainstJax, checkResult, type GoldenCase, type Goldens, type NotebookCell as GoldenCell } from '@laxconv/conformance';
import { messageOf } from '../format/message-of.ts';
import type { CellInput, CellOutput, CellResult } from './cell.ts';
import type { CellCheck } from './notebook.ts';

/** What a cell handed back, and what is known of it. */
export interface CellToCheck {
  readonly goldens: Goldens;
  readonly golden: GoldenCell;
  readonly backend: Backend;
  readonly printed: readonly string[];
  readonly result: CellResult;
}

/** Never throws for what the backend did: that is in the check. */
export async function checkCell({ goldens, golden, backend, printed, result }: CellToCheck): Promise<CellCheck> {
  try {
    const [expected, got] = [golden.printed, printed].map((lines) => JSON.stringify(lines));
    if (expected !== got) throw new Error(`it printed ${got}, JAX ${expected}`);
    if ('input' in result) return await checkInput(goldens, golden, result);
    const kind = 'out' in result ? 'value' : 'json';
    const call = golden.cases.find(({ outcome }) => outcome.kind === kind);
    if (call === undefined) throw new Error(`the goldens have no ${kind} of this cell`);
    return 'out' in result ? await checkConvolution(goldens, call, backend, result) : await checkJson(goldens, call, result);
  } catch (error) {
    return { status: 'wrong', reason: messageOf(error) };
  }
}

async function checkInput(goldens: Goldens, { arrays: [name] }: GoldenCell, { input }: CellInput): Promise<CellCheck> {
  const jax = await goldens.array(name);
  if (!sameTensor(input, jax)) throw new Error("the array that it makes is not JAX's");
  return { status: 'right', maxDifference: null, errorOverBound: null };
}

async function checkJson(goldens: Goldens, golden: GoldenCase, output: ConvDimensionNumbers): Promise<CellCheck> {
  const [expected, got] = [await goldens.expected(golden), output].map((value) => JSON.stringify(value));
  if (expected !== got) throw new Error(`it is ${got}, JAX's is ${expected}`);
  return { status: 'right', maxDifference: null, errorOverBound: null };
}

async function checkConvolution(goldens: Goldens, golden: GoldenCase, backend: Backend, { operands, out }: CellOutput): Promise<CellCheck> {
  const theirs = (await goldens.operands(golden)) as Tensor[];
  for (const [index, operand] of operands.entries()) {
    if (!sameTensor(operand, theirs[index])) throw new Error(`operand ${index} of its ${golden.call.fn} is not the one that JAX was given`);
  }
  const [problem] = resolve({ fn: golden.call.fn, args: golden.call.args, operands });
  const jax = (await goldens.expected(golden)) as Tensor;
  const { errorBound } = await backend.prepare(problem);
  const [lhs, rhs] = operands;
  const relabelled = (tensor: Tensor): Tensor => ({ ...tensor, shape: problem.out.shape });
  const run = { got: relabelled(out), errorBound, nonFinite: backend.info.nonFinite };
  if (String(out.shape) !== String(jax.shape))
    throw new Error(`its shape is [${out.shape.join(', ')}], JAX's is [${jax.shape.join(', ')}]`);
  const { errorOverBound, reference } = checkResult({ problem, lhs, rhs, ...run });
  checkAgainstJax({ problem, lhs, reference }, { ...run, jax: relabelled(jax) }, false);
  return { status: 'right', errorOverBound, maxDifference: largestDifference(out, jax) };
}

function sameTensor(ours: Tensor, theirs: Tensor): boolean {
  return ours.dtype === theirs.dtype && String(ours.shape) === String(theirs.shape) && largestDifference(ours, theirs) === 0;
}

function largestDifference(ours: Tensor, theirs: Tensor): number {
  let largest = 0;
  for (let index = 0; index < ours.data.length; index++) {
    largest = Math.max(largest, Math.abs(Number(ours.data[index]) - Number(theirs.data[index])));
  }
  return largest;
}
