/** A plan with its weights: lhs in, the steps, the result out. */
import {
  checkOut,
  DTYPES,
  hostOperand,
  outOf,
  zeros,
  type BoundConv,
  type ConvProblem,
  type DataOf,
  type DType,
  type Lifetime,
  type OperandTensor,
  type RunOptions,
  type Tensor,
} from '@laxconv/api/backend';
import type { Desk, Machine } from './program/machine.ts';
import type { Program } from './program/step.ts';

const RUN = 'backend wasm: run';

/** Where operand and result lie in the workspace, as the caller has them. */
export interface RunLayout {
  readonly lhs: number;
  readonly out: number;
}

/** A typed array over the linear memory; `set` takes another of its class. */
interface View {
  set(source: unknown): void;
}

/** The bound convolution that runs `program`. Its synchronous runs allocate nothing, and so no part of a run makes an object. */
export class WasmBound implements BoundConv {
  readonly #machine: Machine;
  readonly #problem: ConvProblem;
  readonly #program: Program;
  readonly #layout: RunLayout;
  readonly #lifetime: Lifetime;
  /** The run that is being written: where it works, and views of operand and result there, made anew when either has moved. */
  #workspace = -1;
  #scratch = 0;
  #buffer: ArrayBufferLike | undefined;
  #lhs: View | undefined;
  /** For checkOut, which wants a record. */
  readonly #operands: { lhs: OperandTensor | undefined } = { lhs: undefined };
  #out: View | undefined;

  constructor(machine: Machine, problem: ConvProblem, program: Program, layout: RunLayout, lifetime: Lifetime) {
    this.#machine = machine;
    this.#problem = problem;
    this.#program = program;
    this.#layout = layout;
    this.#lifetime = lifetime;
  }

  async run(lhs: OperandTensor, options?: RunOptions): Promise<Tensor> {
    const out = outOf(RUN, options);
    const { turns } = this.#machine;
    this.#lifetime.enter(RUN);
    try {
      const turn = turns.take();
      if (turn !== undefined) await turn;
      try {
        const result = this.#begin(lhs, out, this.#machine.desk);
        const workspace = this.#workspace;
        const rest = this.#machine.share(this.#program, workspace, this.#scratch);
        if (rest === undefined) return this.#end(result);
        await rest;
        // A synchronous run of this convolution may have come in between.
        this.#lookAt(workspace);
        if (out !== undefined) checkOut(RUN, out, this.#problem.out, {});
        return this.#end(result);
      } finally {
        turns.give();
      }
    } finally {
      this.#lifetime.leave();
    }
  }

  runSync(lhs: OperandTensor, options?: RunOptions): Tensor {
    this.#lifetime.check(RUN);
    const out = outOf(RUN, options);
    const machine = this.#machine;
    const result = this.#begin(lhs, out, machine.turns.isTaken ? machine.spareDesk : machine.desk);
    machine.run(this.#program.steps, this.#workspace, this.#scratch);
    return this.#end(result);
  }

  dispose(): void {
    void this.#lifetime.end();
  }

  /** Checks, finds room, and brings lhs in. */
  #begin(lhs: OperandTensor, out: Tensor | undefined, desk: Desk): Tensor {
    const operand = hostOperand(RUN, 'lhs', lhs, this.#problem.lhs);
    if (out !== undefined) {
      this.#operands.lhs = lhs;
      checkOut(RUN, out, this.#problem.out, this.#operands as Record<string, OperandTensor>);
      this.#operands.lhs = undefined;
    }
    this.#machine.reserve(desk, this.#program);
    const result = out ?? zeros(this.#problem.out.shape, this.#problem.out.dtype);
    this.#scratch = desk.scratch.address;
    this.#lookAt(desk.workspace.address);
    (this.#lhs as View).set(operand.data);
    return result;
  }

  #end(result: Tensor): Tensor {
    (result.data as unknown as View).set(this.#out);
    return result;
  }

  #lookAt(workspace: number): void {
    const { buffer } = this.#machine.heap;
    if (this.#workspace === workspace && this.#buffer === buffer) return;
    this.#workspace = workspace;
    this.#buffer = buffer;
    this.#lhs = viewOf(buffer, workspace + this.#layout.lhs, this.#problem.lhs);
    this.#out = viewOf(buffer, workspace + this.#layout.out, this.#problem.out);
  }
}

function viewOf(buffer: ArrayBufferLike, address: number, { shape, dtype }: ConvProblem['lhs']): View {
  const { array, components } = DTYPES[dtype];
  const ArrayClass = array as new (buffer: ArrayBufferLike, byteOffset: number, length: number) => DataOf<ArrayBufferLike>[DType];
  return new ArrayClass(
    buffer,
    address,
    shape.reduce((product, size) => product * size, components),
  );
}
