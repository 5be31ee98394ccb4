/** A plan with its weights: lhs in, the steps, the result out. */
import {
  checkOut,
  DTYPES,
  zeros,
  type BoundConv,
  type ConvProblem,
  type DataOf,
  type DType,
  type OperandTensor,
  type RunOptions,
  type Tensor,
} from '@laxconv/api/backend';
import { hostOperand } from './host-operand.ts';
import type { Lifetime } from './lifetime.ts';
import type { Machine } from './program/machine.ts';
import type { Program } from './program/step.ts';

const RUN = 'backend wasm: run';

/** Where operand and result lie in the workspace, as the caller has them. */
export interface RunLayout {
  readonly lhs: number;
  readonly out: number;
}

/** A typed array over the linear memory; `set` takes another of its class. */
interface View {
  readonly length: number;
  set(source: unknown): void;
}

/** The bound convolution that runs `program`. */
export function boundConv(machine: Machine, problem: ConvProblem, program: Program, layout: RunLayout, lifetime: Lifetime): BoundConv {
  const { steps, workspaceBytes, scratchBytes } = program;
  const views = viewsOf(machine, problem, layout);

  const runSync = (lhs: OperandTensor, { out }: RunOptions = {}): Tensor => {
    lifetime.check(RUN);
    const operand = hostOperand(RUN, 'lhs', lhs, problem.lhs);
    if (out !== undefined) checkOut(RUN, out, problem.out, { lhs });
    const result = out ?? zeros(problem.out.shape, problem.out.dtype);
    // Scratch first: either may move when it grows, and the workspace must not move after lhs is in it.
    const scratch = machine.scratch.reserve(scratchBytes);
    const workspace = machine.workspace.reserve(workspaceBytes);
    const { lhs: source, out: target } = views(workspace);
    source.set(operand.data);
    machine.run(steps, workspace, scratch);
    (result.data as unknown as View).set(target);
    return result;
  };

  return {
    run: async (lhs, options) => runSync(lhs, options),
    runSync,
    dispose: () => lifetime.end(),
  };
}

/** Views of operand and result in the workspace, made anew only when memory has grown or the workspace has moved: runs allocate nothing. */
function viewsOf({ heap }: Machine, { lhs, out }: ConvProblem, layout: RunLayout): (workspace: number) => { lhs: View; out: View } {
  let known: { readonly workspace: number; readonly buffer: ArrayBufferLike; readonly lhs: View; readonly out: View } | undefined;
  return (workspace) => {
    const { buffer } = heap.memory;
    if (known?.workspace !== workspace || known.buffer !== buffer) {
      known = {
        workspace,
        buffer,
        lhs: viewOf(buffer, workspace + layout.lhs, lhs),
        out: viewOf(buffer, workspace + layout.out, out),
      };
    }
    return known;
  };
}

function viewOf(buffer: ArrayBuffer, address: number, { shape, dtype }: ConvProblem['lhs']): View {
  const { array, components } = DTYPES[dtype];
  const ArrayClass = array as new (buffer: ArrayBuffer, byteOffset: number, length: number) => DataOf[DType];
  return new ArrayClass(
    buffer,
    address,
    shape.reduce((product, size) => product * size, components),
  );
}
