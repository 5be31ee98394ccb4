/** For the tests: backends that compute real numbers by the geometry's loop nest and write down what they were asked. */
import { refuse, UnsupportedProblemError } from '../errors.ts';
import type { Backend, BoundConv, ConvPlan, OperandTensor, RunOptions } from '../problem/backend.ts';
import { checkOperand, checkOut } from '../problem/check-operand.ts';
import { convGeometry, type ConvGeometry } from '../problem/geometry.ts';
import type { ConvProblem } from '../problem/problem.ts';
import type { Elements } from '../tensor/elements.ts';
import { isDeviceTensor, zeros, type AnyTensor, type DeviceTensor, type Tensor } from '../tensor/tensor.ts';
import { rearrange, type View } from '../tensor/view.ts';

export interface FakeOptions {
  readonly name?: string;
  /** Why a problem is refused; undefined accepts it. */
  readonly refuses?: (problem: ConvProblem) => string | undefined;
  /** Called at each step, by its name in the log: a promise holds it up, an error fails it. */
  readonly at?: (step: string) => Promise<void> | void;
}

/** A backend in host memory. */
export class FakeBackend implements Backend {
  readonly name: string;
  readonly info = { nonFinite: 'ieee' } as const;
  /** The steps, in order: prepare, bindRhs, run, unbind, drop, dispose, toDevice, rearrange. */
  readonly log: string[] = [];
  readonly #options: FakeOptions;

  constructor(options: FakeOptions = {}) {
    this.name = options.name ?? 'fake';
    this.#options = options;
  }

  /** How often a step was taken. */
  count(step: string): number {
    return this.log.filter((taken) => taken === step).length;
  }

  async step(name: string): Promise<void> {
    this.log.push(name);
    await this.#options.at?.(name);
  }

  async prepare(problem: ConvProblem): Promise<ConvPlan> {
    await this.step('prepare');
    const reason = this.#options.refuses?.(problem);
    if (reason !== undefined) throw new UnsupportedProblemError(this.name, reason, problem);
    return {
      kernel: `${problem.lhs.dtype}-fake`,
      errorBound: { kind: 'pointwise', c: 1 },
      reasons: [`${this.name} takes everything`],
      bindRhs: (rhs) => this.#bind(problem, rhs),
      dispose: () => this.step('drop'),
    };
  }

  async #bind(problem: ConvProblem, rhs: OperandTensor): Promise<BoundConv> {
    await this.step('bindRhs');
    checkOperand('bindRhs', 'rhs', rhs, problem.rhs);
    const weights = this.read(rhs);
    const packed = { ...weights, data: weights.data.slice() } as AnyTensor;
    return {
      run: async (lhs, options = {}) => {
        checkOperand('run', 'lhs', lhs, problem.lhs);
        await this.step('run');
        return this.give(lhs, compute(problem, this.read(lhs), packed, options));
      },
      dispose: () => this.step('unbind'),
    };
  }

  dispose(): Promise<void> {
    return this.step('dispose');
  }

  /** The host's view of an operand. */
  protected read(tensor: OperandTensor): AnyTensor {
    return tensor as AnyTensor;
  }

  /** A result where its operand is. */
  protected give(_operand: OperandTensor, result: Tensor): Tensor | DeviceTensor {
    return result;
  }
}

/** A backend with memory of its own, which counts what lives there. */
export class FakeDevice extends FakeBackend {
  readonly #memory = new Map<object, Tensor>();

  /** Tensors made and not freed. */
  get live(): number {
    return this.#memory.size;
  }

  async toDevice(tensor: AnyTensor): Promise<DeviceTensor> {
    await this.step('toDevice');
    return this.#store(tensor as Tensor);
  }

  async rearrange(tensor: DeviceTensor, view: View): Promise<DeviceTensor> {
    await this.step('rearrange');
    return this.#store(rearrange(this.read(tensor), view));
  }

  #store(tensor: Tensor): DeviceTensor {
    const device = {
      owner: this,
      read: () => Promise.resolve(this.#memory.get(device) as Tensor),
      free: () => void this.#memory.delete(device),
    };
    this.#memory.set(device, tensor);
    return { dtype: tensor.dtype, shape: tensor.shape, device };
  }

  protected override read(tensor: OperandTensor): AnyTensor {
    if (!isDeviceTensor(tensor)) return tensor;
    const stored = this.#memory.get(tensor.device);
    if (stored !== undefined) return stored;
    throw refuse('tensor/disposed', 'the tensor was freed', { op: this.name, argument: 'tensor' });
  }

  protected override give(operand: OperandTensor, result: Tensor): Tensor | DeviceTensor {
    return isDeviceTensor(operand) ? this.#store(result) : result;
  }
}

/** Every position below `sizes`, in row-major order. */
function positions(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>((all, size) => all.flatMap((head) => Array.from({ length: size }, (_, i) => [...head, i])), [[]]);
}

/** Real dtypes whose elements stand for themselves. */
function compute(problem: ConvProblem, lhs: AnyTensor, rhs: AnyTensor, { out }: RunOptions): Tensor {
  if (out !== undefined) checkOut('run', out, problem.out, { lhs, rhs });
  const geometry = convGeometry(problem);
  const result = out ?? zeros(problem.out.shape, problem.out.dtype);
  const { groups, batch, outFeatures, spatial } = geometry;
  const [x, w, y]: Elements[] = [lhs.data, rhs.data, result.data];
  for (const [g, b, o, ...p] of positions([groups, batch, outFeatures, ...spatial.map(({ output }) => output)])) {
    const at = geometry.out.offset + g * geometry.out.group + b * geometry.out.outer + o * geometry.out.inner;
    y[geometry.out.spatial.reduce((sum, stride, d) => sum + stride * p[d], at)] = sumAt(geometry, x, w, [g, b, o], p);
  }
  return result;
}

function sumAt({ lhs, rhs, inFeatures, spatial }: ConvGeometry, x: Elements, w: Elements, [g, b, o]: number[], p: number[]): number {
  let sum = 0;
  for (const [i, ...tap] of positions([inFeatures, ...spatial.map(({ kernel }) => kernel)])) {
    let at = lhs.offset + g * lhs.group + b * lhs.outer + i * lhs.inner;
    let weight = rhs.offset + g * rhs.group + o * rhs.outer + i * rhs.inner;
    let isInside = true;
    for (const [d, dimension] of spatial.entries()) {
      const dilated = p[d] * dimension.stride + tap[d] * dimension.rhsDilation - dimension.padLow;
      const position = dilated / dimension.lhsDilation;
      isInside &&= Number.isInteger(position) && position >= 0 && position < dimension.input;
      at += position * lhs.spatial[d];
      weight += tap[d] * rhs.spatial[d];
    }
    if (isInside) sum += Number(x[at]) * Number(w[weight]);
  }
  return sum;
}
