/** Runs a Vjp function on the backend under test: its result, and gradients pulled back one at a time, each with the run that made it. */
import { laxconvOn, type Instance } from '@laxconv/api';
import { DTYPES, type AnyTensor, type Tensor } from '@laxconv/api/backend';
import { checkForm } from '../../compare/check-form.ts';
import { checkResult } from '../../compare/check-result.ts';
import { ConformanceFailure } from '../../suite/test.ts';
import { record, type RecordedRun, type Recording } from '../recording.ts';
import type { Lab } from '../random/lab.ts';
import type { Differentiable, GradientCall } from './gradient-call.ts';

/** A result with the run of the backend that made it. */
export interface Made {
  readonly tensor: Tensor;
  readonly run: RecordedRun;
}

/** Untyped on purpose: tests call it with what its type forbids, too. */
export type AnyPullback = (outCotangent: unknown, wanted?: unknown) => Promise<[Tensor | null, Tensor | null]>;

type CallFunction = (...values: unknown[]) => Promise<Tensor>;
type VjpFunction = (...values: unknown[]) => Promise<[Tensor, AnyPullback]>;

/** The functions of an instance by name. */
export function functionsOf(instance: Instance, fn: Differentiable): { call: CallFunction; vjp: VjpFunction } {
  const name = fn === 'lax.convTranspose' ? 'convTranspose' : 'convGeneralDilated';
  const lax = instance.lax as unknown as Readonly<Record<typeof name, CallFunction> & Record<`${typeof name}Vjp`, VjpFunction>>;
  return { call: (...values) => lax[name](...values), vjp: (...values) => lax[`${name}Vjp`](...values) };
}

/** Calls made for one value of a property. */
export class GradientLab {
  readonly #lab: Lab;
  readonly #recording: Recording;
  /** How many of the recorded runs belong to what was returned before. */
  #passed = 0;
  readonly instance: Instance;

  constructor(lab: Lab) {
    this.#lab = lab;
    this.#recording = record(lab.context.backend);
    this.instance = laxconvOn(this.#recording.backend);
  }

  /** The plain function's result. */
  async forward({ fn, args, problem }: GradientCall, lhs: AnyTensor, rhs: AnyTensor): Promise<Made> {
    this.#lab.runs.push({ fn, operands: [lhs, rhs], args });
    const tensor = await functionsOf(this.instance, fn).call(lhs, rhs, ...args);
    checkForm(tensor, problem.out, fn);
    return { tensor, run: this.#taken(fn) };
  }

  /** The gradient of one operand. */
  async gradient(call: GradientCall, side: 'lhs' | 'rhs', lhs: AnyTensor, rhs: AnyTensor, cotangent: AnyTensor): Promise<Made> {
    const pullback = await this.pullback(call, lhs, rhs, cotangent);
    const gradients = await pullback(cotangent, { lhs: side === 'lhs', rhs: side === 'rhs' });
    const [tensor, other] = side === 'lhs' ? gradients : [gradients[1], gradients[0]];
    if (other !== null) throw new ConformanceFailure(`the pullback returned a gradient that was not wanted beside that of ${side}`);
    if (tensor === null) throw new ConformanceFailure(`the gradient of ${side} is null`);
    checkForm(tensor, call.problem[side], `the gradient of ${side}`);
    return { tensor, run: this.#taken(`the gradient of ${side}`) };
  }

  /** The pullback of a call; `cotangent` is what the failure's snippet shows it with. */
  async pullback({ fn, args, problem }: GradientCall, lhs: AnyTensor, rhs: AnyTensor, cotangent: AnyTensor): Promise<AnyPullback> {
    this.#lab.runs.push({ fn: `${fn}Vjp`, operands: [lhs, rhs], args, cotangent });
    const [out, pullback] = await functionsOf(this.instance, fn).vjp(lhs, rhs, ...args);
    checkForm(out, problem.out, `the result of ${fn}Vjp`);
    this.#taken(`${fn}Vjp`);
    return pullback;
  }

  async dispose(): Promise<void> {
    await this.instance.dispose();
  }

  /** The run that made what was just returned. A kernel that rounds what others add exactly is held to the oracle here. */
  #taken(what: string): RecordedRun {
    const runs = this.#recording.runs.slice(this.#passed);
    this.#passed += runs.length;
    if (runs.length !== 1) throw new ConformanceFailure(`${what} takes ${runs.length} convolutions, not one`);
    const [run] = runs;
    if (!isPlain(run)) {
      const { nonFinite } = this.#lab.context.backend.info;
      const { errorOverBound } = checkResult({ ...run, nonFinite });
      this.#lab.context.observe({ kernel: run.kernel, errorOverBound });
    }
    return run;
  }
}

/** Whether the kernel adds products one by one, so that sums of small integers are exact. */
export function isPlain({ errorBound }: RecordedRun): boolean {
  return errorBound.kind === 'exact' || errorBound.kind === 'pointwise';
}

/** Runs `body` with a lab that is disposed of afterwards. */
export async function withGradientLab(lab: Lab, body: (gradients: GradientLab) => Promise<void>): Promise<void> {
  const gradients = new GradientLab(lab);
  try {
    await body(gradients);
  } finally {
    await gradients.dispose();
  }
}

/** Whether a dtype has gradients; integers and bools have none. */
export function isDifferentiable(dtype: AnyTensor['dtype']): boolean {
  return DTYPES[dtype].kind === 'float' || DTYPES[dtype].kind === 'complex';
}
