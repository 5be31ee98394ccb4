/** A plan of the wasm backend: the algorithm chosen for a problem; `bindRhs` packs the weights and writes the run as steps. */
import {
  DTYPES,
  hostOperand,
  Lifetime,
  sizeOf,
  type BoundConv,
  type ConvPlan,
  type ConvProblem,
  type ErrorBound,
  type OperandTensor,
} from '@laxconv/api/backend';
import { plainAxis } from './layout/axis.ts';
import { convertStep, copyStep, fillStep } from './layout/copy-step.ts';
import { ARITHMETICS, conversionFrom, conversionTo } from './lower/arithmetic.ts';
import { isInside, lower, type LoweredConv } from './lower/lower.ts';
import { bytesOf } from './memory/bytes-of.ts';
import { aligned } from './memory/heap.ts';
import { MOST_BYTES } from './memory/linear-memory.ts';
import { outOfMemory } from './memory/out-of-memory.ts';
import { OwnedMemory } from './memory/owned-memory.ts';
import { PlanMemory } from './memory/plan-memory.ts';
import type { Algorithm, Binding, Candidate, Shortcut } from './plan/algorithm.ts';
import { choose } from './plan/choose.ts';
import { clipped } from './plan/clipped.ts';
import { igemm } from './plan/igemm/igemm.ts';
import { exponentsOf, FINITE, isWithin } from './exponents.ts';
import type { Machine } from './program/machine.ts';
import type { Program, Step } from './program/step.ts';
import { WasmBound, type RunLayout } from './wasm-bound.ts';

const BIND = 'backend wasm: bindRhs';

/** How wasm runs one problem. */
export class WasmPlan implements ConvPlan {
  readonly kernel: string;
  readonly errorBound: ErrorBound;
  readonly reasons: readonly string[];
  #machine: Machine;
  readonly #lowered: LoweredConv;
  readonly #candidate: Candidate;
  readonly #shortcut: Shortcut | undefined;
  readonly #lifetime: Lifetime;
  #shared: PlanMemory;

  /** `algorithms`: the rows of the decision table; tests leave some out. */
  constructor(machine: Machine, problem: ConvProblem, parent: Lifetime, algorithms?: readonly Algorithm[]) {
    this.#machine = machine;
    this.#lowered = lower(problem, false);
    const { candidate, shortcut, reasons } = choose(this.#lowered, machine.isa, algorithms);
    this.#candidate = candidate;
    this.#shortcut = shortcut;
    this.kernel = machine.isa === 'relaxed-simd' ? `${candidate.kernel}-relaxed` : candidate.kernel;
    this.errorBound = candidate.errorBound;
    this.reasons = reasons;
    this.#shared = new PlanMemory(machine.heap);
    this.#lifetime = new Lifetime('the plan', () => this.#shared.free(), parent);
  }

  /** Estimated microseconds of a run on one thread. */
  get cost(): number {
    return this.#candidate.cost;
  }

  /** Binds on another machine of the same build from now on; nothing may be bound yet. */
  moveTo(machine: Machine): void {
    this.#machine = machine;
    this.#shared = new PlanMemory(machine.heap);
  }

  async bindRhs(rhs: OperandTensor): Promise<BoundConv> {
    this.#lifetime.check(BIND);
    const { data } = hostOperand(BIND, 'rhs', rhs, this.#lowered.problem.rhs);
    const memory = new OwnedMemory(this.#machine.heap);
    const lifetime = new Lifetime('the bound convolution', () => memory.free(), this.#lifetime);
    try {
      const { program, layout } = this.#machine.withRoom(() => {
        memory.free();
        return this.#bind(data, memory);
      });
      await this.#machine.expect(program);
      this.#lifetime.check(BIND);
      return new WasmBound(this.#machine, this.#lowered.problem, program, layout, lifetime);
    } catch (error) {
      void lifetime.end();
      throw error;
    }
  }

  dispose(): void {
    void this.#lifetime.end();
  }

  #bind(rhs: ArrayBufferView, memory: OwnedMemory): { program: Program; layout: RunLayout } {
    const { problem, arithmetic, components } = this.#lowered;
    const { operandBytes, sumBytes } = ARITHMETICS[arithmetic];
    const steps: Step[] = [];
    let workspaceBytes = 0;
    const reserve = (bytes: number): number => {
      const address = workspaceBytes;
      workspaceBytes += aligned(bytes);
      // Before anything is allocated, and before an address is too large for its word.
      if (workspaceBytes > MOST_BYTES) throw outOfMemory(workspaceBytes);
      return address;
    };

    const lhsCount = sizeOf(problem.lhs.shape) * DTYPES[problem.lhs.dtype].components;
    const sumCount = sizeOf(problem.out.shape) * components;
    const layout = { lhs: reserve(byteLengthOf(problem.lhs)), out: reserve(byteLengthOf(problem.out)) };
    const toArithmetic = conversionTo(problem.lhs.dtype, arithmetic);
    const lhs = toArithmetic === null ? layout.lhs : reserve(lhsCount * operandBytes);
    if (toArithmetic !== null) steps.push(convertStep(memory, toArithmetic, lhsCount, layout.lhs, lhs));
    const fromArithmetic = conversionFrom(arithmetic, problem.out.dtype);
    // A complex result of real operands: sums are its real parts.
    const isReal = components < DTYPES[problem.out.dtype].components;
    const sums = fromArithmetic === null && !isReal ? layout.out : reserve(sumCount * sumBytes);

    const temporary = new OwnedMemory(memory.heap);
    try {
      const run = (now: readonly Step[]): void => this.#machine.run(now, 0, 0);
      const binding: Binding = { memory, shared: this.#shared, weights: this.#weights(rhs, temporary), lhs, sums, reserve, run };
      const candidate = this.#candidateFor(rhs);
      // Where padding is all that any output meets, no kernel has anything to read.
      const zeros = isEmpty(this.#lowered) ? { steps: [fillStep(memory, sums, sumCount * sumBytes)], scratchBytes: 0 } : undefined;
      const short = candidate === this.#candidate && zeros === undefined ? this.#shortcut?.bind(binding) : undefined;
      const { steps: kernelSteps, scratchBytes } = zeros ?? short ?? candidate.bind(binding);
      steps.push(...costed(kernelSteps, candidate.cost));
      if (fromArithmetic !== null) steps.push(convertStep(memory, fromArithmetic, sumCount, sums, layout.out));
      if (isReal) {
        steps.push(fillStep(memory, layout.out, byteLengthOf(problem.out)));
        steps.push(copyStep(memory, sumBytes, [plainAxis(sumCount, 1, 2)], sums, layout.out));
      }
      return { program: { steps, workspaceBytes, scratchBytes }, layout };
    } finally {
      temporary.free();
    }
  }

  /**
   * Weights may be beyond what the candidate is right for: then a direct kernel takes them. One that is not finite must not meet the zeros
   * of padding, 0·∞ is NaN: that kernel is cut at every border, or clipped.
   */
  #candidateFor(rhs: ArrayBufferView): Candidate {
    const { problem } = this.#lowered;
    const { errorBound, weights = errorBound.kind === 'pointwise' ? FINITE : undefined } = this.#candidate;
    if (weights === undefined) return this.#candidate;
    const found = exponentsOf(rhs, problem.rhs.dtype);
    if (isWithin(found, weights)) return this.#candidate;
    const { isa } = this.#machine;
    if (isWithin(found, FINITE)) return choose(this.#lowered, isa, [igemm, clipped]).candidate;
    const exact = lower(problem, true);
    return choose(exact, isa, isInside(exact) ? [igemm, clipped] : [clipped]).candidate;
  }

  /** The weights in the arithmetic's operand type, in memory that is gone after bind. */
  #weights(rhs: ArrayBufferView, temporary: OwnedMemory): number {
    const { problem, arithmetic, components } = this.#lowered;
    const { operandBytes } = ARITHMETICS[arithmetic];
    const count = sizeOf(problem.rhs.shape) * DTYPES[problem.rhs.dtype].components;
    let address = temporary.allocate(rhs.byteLength);
    temporary.heap.bytes.set(bytesOf(rhs), address);
    const conversion = conversionTo(problem.rhs.dtype, arithmetic);
    if (conversion !== null) address = this.#converted(conversion, count, address, count * operandBytes, temporary);
    if (components === 2) {
      address = this.#converted(`planes_${arithmetic}`, count / 2, address, (3 * count * operandBytes) / 2, temporary);
    }
    return address;
  }

  #converted(kernel: string, count: number, source: number, bytes: number, temporary: OwnedMemory): number {
    const target = temporary.allocate(bytes);
    this.#machine.run([convertStep(temporary, kernel, count, source, target)], 0, 0);
    return target;
  }
}

/** No output of it sums anything. */
function isEmpty({ phases, wild }: LoweredConv): boolean {
  return phases.length === 0 && wild === undefined;
}

/**
 * What the candidate costs, shared out among those steps that do not know their own cost: equally among the kernels, and for each of these
 * by its units. A phase at the border has few units, and the one inside has nearly all of them.
 */
function costed(steps: readonly Step[], total: number): Step[] {
  const known = steps.reduce((sum, { cost = 0, onlyIf }) => sum + (onlyIf === undefined ? cost : 0), 0);
  const units = new Map<string, number>();
  for (const step of steps) {
    if (step.cost === undefined) units.set(step.kernel, (units.get(step.kernel) ?? 0) + step.units);
  }
  const share = Math.max(0, total - known) / units.size;
  return steps.map((step) => (step.cost === undefined ? { ...step, cost: (share * step.units) / (units.get(step.kernel) ?? 1) } : step));
}

function byteLengthOf({ shape, dtype }: ConvProblem['lhs']): number {
  return sizeOf(shape) * DTYPES[dtype].itemsize;
}
