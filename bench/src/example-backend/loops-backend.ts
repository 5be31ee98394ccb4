/** A complete backend in one file: float32 convolutions of any rank by plain loops. `docs/adding-a-backend.md` walks through it. */
import {
  checkOut,
  convGeometry,
  hostOperand,
  Lifetime,
  outOf,
  UnsupportedProblemError,
  zeros,
  type Backend,
  type BoundConv,
  type ConvGeometry,
  type ConvPlan,
  type ConvProblem,
} from '@laxconv/api/backend';

const NAME = 'loops';
const OP = `backend ${NAME}`;

export async function createBackend(): Promise<Backend> {
  const life = new Lifetime('the loops backend', () => undefined);
  return {
    name: NAME,
    info: { nonFinite: 'ieee' },
    prepare: async (problem) => {
      life.check(OP);
      if (problem.lhs.dtype !== 'float32' || problem.out.dtype !== 'float32') {
        throw new UnsupportedProblemError(NAME, `it computes float32 only, not ${problem.lhs.dtype} to ${problem.out.dtype}`, problem);
      }
      return plan(problem, new Lifetime('the plan', () => undefined, life));
    },
    dispose: () => life.end(),
  };
}

function plan(problem: ConvProblem, life: Lifetime): ConvPlan {
  return {
    kernel: 'float32-direct-loops',
    errorBound: { kind: 'pointwise', c: 1 },
    bindRhs: async (rhs) => {
      life.check(OP);
      const { data } = hostOperand(OP, 'rhs', rhs, problem.rhs);
      // A copy: the weights' owner may change the original.
      return bind(problem, (data as Float32Array).slice(), new Lifetime('the bound convolution', () => undefined, life));
    },
    dispose: () => life.end(),
  };
}

function bind(problem: ConvProblem, w: Float32Array, life: Lifetime): BoundConv {
  const geometry = convGeometry(problem);
  return {
    run: async (lhs, options) => {
      life.check(OP);
      const out = outOf(OP, options);
      const { data } = hostOperand(OP, 'lhs', lhs, problem.lhs);
      if (out !== undefined) checkOut(OP, out, problem.out, { lhs });
      const y = out ?? zeros(problem.out.shape, 'float32');
      convolve(geometry, data as Float32Array, w, y.data as Float32Array);
      return y;
    },
    dispose: () => life.end(),
  };
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
