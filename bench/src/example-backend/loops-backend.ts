/** A complete backend in one file: float32 convolutions of any rank by plain loops. `docs/adding-a-backend.md` walks through it. */
import {
  checkOperand,
  checkOut,
  convGeometry,
  isDeviceTensor,
  refuse,
  UnsupportedProblemError,
  zeros,
  type Backend,
  type BoundConv,
  type ConvGeometry,
  type ConvPlan,
  type ConvProblem,
  type OperandTensor,
  type Tensor,
  type TensorSpec,
} from '@laxconv/api/backend';

const NAME = 'loops';
const OP = `backend ${NAME}`;

export async function createBackend(): Promise<Backend> {
  const life = lifetime();
  return {
    name: NAME,
    info: { nonFinite: 'ieee' },
    prepare: async (problem) => {
      life.check();
      if (problem.lhs.dtype !== 'float32' || problem.out.dtype !== 'float32') {
        throw new UnsupportedProblemError(NAME, `it computes float32 only, not ${problem.lhs.dtype} to ${problem.out.dtype}`, problem);
      }
      return plan(problem, lifetime(life));
    },
    dispose: async () => life.end(),
  };
}

function plan(problem: ConvProblem, life: Lifetime): ConvPlan {
  return {
    kernel: 'float32-direct-loops',
    errorBound: { kind: 'pointwise', c: 1 },
    bindRhs: async (rhs) => {
      life.check();
      // A copy: the weights' owner may change the original.
      return bind(problem, hostData(rhs, 'rhs', problem.rhs).slice(), lifetime(life));
    },
    dispose: () => life.end(),
  };
}

function bind(problem: ConvProblem, w: Float32Array, life: Lifetime): BoundConv {
  const geometry = convGeometry(problem);
  return {
    run: async (lhs, { out } = {}) => {
      life.check();
      const x = hostData(lhs, 'lhs', problem.lhs);
      if (out !== undefined) checkOut(OP, out, problem.out, { lhs });
      const y = out ?? zeros(problem.out.shape, 'float32');
      convolve(geometry, x, w, y.data as Float32Array);
      return y;
    },
    dispose: () => life.end(),
  };
}

interface Lifetime {
  check(): void;
  end(): void;
}

/** Ends with its own end, or its parent's. */
function lifetime(parent?: Lifetime): Lifetime {
  let ended = false;
  return {
    check: () => {
      parent?.check();
      if (ended) throw refuse('instance/disposed', 'it was disposed of', { op: OP, argument: 'this' });
    },
    end: () => {
      ended = true;
    },
  };
}

/** The operand's data; what is checked at each run is dtype, element count and live data, never the shape's label. */
function hostData(operand: OperandTensor, argument: string, spec: TensorSpec): Float32Array {
  checkOperand(OP, argument, operand, spec);
  if (isDeviceTensor(operand)) throw refuse('tensor/foreign', `${argument} is on a device`, { op: OP, argument });
  return (operand as Tensor<'float32'>).data;
}

function convolve(
  { groups, batch, inFeatures, outFeatures, spatial, lhs, rhs, out }: ConvGeometry,
  x: Float32Array,
  w: Float32Array,
  y: Float32Array,
): void {
  for (const { at, taps } of windows(spatial, lhs.spatial, rhs.spatial, out.spatial)) {
    for (let g = 0; g < groups; g++) {
      for (let n = 0; n < batch; n++) {
        for (let o = 0; o < outFeatures; o++) {
          let sum = 0;
          for (let i = 0; i < inFeatures; i++) {
            const xAt = lhs.offset + g * lhs.group + n * lhs.outer + i * lhs.inner;
            const wAt = rhs.offset + g * rhs.group + o * rhs.outer + i * rhs.inner;
            for (const tap of taps) sum += x[xAt + tap.x] * w[wAt + tap.w];
          }
          y[out.offset + g * out.group + n * out.outer + o * out.inner + at] = sum;
        }
      }
    }
  }
}

interface Tap {
  readonly x: number;
  readonly w: number;
}

/** For every output position: where it lies, and the pairs of input and weight that it sums over. */
function windows(
  spatial: ConvGeometry['spatial'],
  x: readonly number[],
  w: readonly number[],
  y: readonly number[],
): { readonly at: number; readonly taps: readonly Tap[] }[] {
  let found: { at: number; taps: Tap[] }[] = [{ at: 0, taps: [{ x: 0, w: 0 }] }];
  spatial.forEach(({ input, kernel, output, stride, padLow, lhsDilation, rhsDilation }, d) => {
    found = found.flatMap(({ at, taps }) =>
      range(output).map((p) => {
        const here = range(kernel).flatMap((k) => {
          const position = p * stride + k * rhsDilation - padLow;
          const element = position / lhsDilation;
          return Number.isInteger(element) && element >= 0 && element < input ? [{ x: element * x[d], w: k * w[d] }] : [];
        });
        return { at: at + p * y[d], taps: taps.flatMap((tap) => here.map((own) => ({ x: tap.x + own.x, w: tap.w + own.w }))) };
      }),
    );
  });
  return found;
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
