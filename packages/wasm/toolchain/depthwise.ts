/**
 * The depthwise kernels, written out: every feature has weights of its own, so features fill the vectors and nothing is summed over them.
 *
 *   y[position, c] = Σ_taps x[position + tap, c] · weights[tap, c]
 *
 * A tile is four positions by two vectors of features: a tap costs two loads of weights and eight of x for eight products, which is as
 * many loads as the processor does beside the products. A unit is a line of positions.
 *
 * Groups of two or four features on both sides (complex depthwise, for one) are mixed within the vector: x turned by r places inside its
 * groups meets weights of its own, for each r.
 */
import { each } from './each.ts';
import type { Arithmetic } from '../src/lower/arithmetic.ts';
import { DEPTHWISE_ROWS, GROUP_SIZES } from '../src/plan/side-by-side/depthwise-tile.ts';

/** What one arithmetic loads, multiplies and adds. */
interface Family {
  readonly name: Arithmetic;
  /** Bytes of an operand and of a sum. */
  readonly operand: number;
  readonly sum: number;
  readonly load: (address: string, offset: number) => string;
  readonly multiplyAdd: (acc: string, x: string, w: string) => string;
}

const whole = (address: string, offset: number): string => `v128.load(${address}, ${offset})`;
const integer = (vector: string) => (acc: string, x: string, w: string) => `${vector}.add(${acc}, ${vector}.mul(${x}, ${w}))`;

const FAMILIES: readonly Family[] = [
  { name: 'f32', operand: 4, sum: 4, load: whole, multiplyAdd: (acc, x, w) => `maddF32(${acc}, ${x}, ${w})` },
  { name: 'f64', operand: 8, sum: 8, load: whole, multiplyAdd: (acc, x, w) => `maddF64(${acc}, ${x}, ${w})` },
  { name: 'i32', operand: 4, sum: 4, load: whole, multiplyAdd: integer('i32x4') },
  { name: 'i64', operand: 8, sum: 8, load: whole, multiplyAdd: integer('i64x2') },
  {
    name: 'i16',
    operand: 2,
    sum: 4,
    load: (address, offset) => `v128.load_ext<i16>(${address}, ${offset})`,
    multiplyAdd: integer('i32x4'),
  },
];

/** The sources, by file name in assembly/generated/. */
export function depthwiseSources(): Record<string, string> {
  return Object.fromEntries(FAMILIES.map((family) => [`${family.name}-depthwise.ts`, source(family)]));
}

function source(family: Family): string {
  const { name } = family;
  const isFloat = name.startsWith('f');
  const sizes = [1, ...GROUP_SIZES[name]];
  return `// Written by toolchain/depthwise.ts.
import { DepthwiseParameters } from './parameters';
${isFloat ? `import { madd${name.toUpperCase()} } from '../arithmetic';\n` : ''}
${sizes.map((size) => `${each(DEPTHWISE_ROWS, (r) => positions(family, r + 1, size))}\n${entry(family, size)}`).join('\n')}`;
}

/** \`rows\` neighbouring positions, all features. */
function positions(family: Family, rows: number, size: number): string {
  const { name, operand, sum } = family;
  const lanes = 16 / sum;
  return `function ${name}_positions_${rows}_of_${size}(x: usize, xStep: usize, y: usize, yStep: usize, weights: usize, taps: usize, tapsEnd: usize, features: i32): void {
  const tapWeights = features * ${operand * size}, turn = features * ${operand};
  let feature = 0;
  for (; feature + ${2 * lanes} <= features; feature += ${2 * lanes}) {
${body(family, rows, 2, size)}
  }
  for (; feature < features; feature += ${lanes}) {
    // The last vector overlaps the one before it.
    feature = min(feature, features - ${lanes});
${body(family, rows, 1, size)}
  }
}
`;
}

function body({ operand, sum, load, multiplyAdd }: Family, rows: number, vectors: number, size: number): string {
  const lanes = 16 / sum;
  const everywhere = (write: (r: number, v: number) => string): string => each(rows, (r) => each(vectors, (v) => write(r, v)));
  // A vector of x turned by so many places inside its groups.
  const turned = (x: string, turn: number): string => {
    const order = Array.from({ length: lanes }, (_, lane) => lane - (lane % size) + ((lane + turn) % size));
    return turn === 0 ? x : `v128.shuffle<${sum === 4 ? 'i32' : 'i64'}>(${x}, ${x}, ${order.join(', ')})`;
  };
  const tap =
    size === 1
      ? `${each(vectors, (v) => `      const w${v} = ${load('w', v * lanes * operand)};`)}
${each(
  rows,
  (r) => `${each(vectors, (v) => `      c${r}_${v} = ${multiplyAdd(`c${r}_${v}`, load('p', v * lanes * operand), `w${v}`)};`)}
${r + 1 < rows ? '      p += xStep;' : ''}`,
)}`
      : each(
          vectors,
          (v) => `${each(size, (turn) => `      const w${v}_${turn} = v128.load(w + ${turn} * turn, ${16 * v});`)}
${each(rows, (r) => `      const x${v}_${r} = v128.load(p + ${r} * xStep, ${16 * v});\n${each(size, (turn) => `      c${r}_${v} = ${multiplyAdd(`c${r}_${v}`, turned(`x${v}_${r}`, turn), `w${v}_${turn}`)};`)}`)}`,
        );
  return `    const xFeature = x + feature * ${operand}, yFeature = y + feature * ${sum};
    let w = weights + feature * ${operand};
${everywhere((r, v) => `    let c${r}_${v} = i32x4.splat(0);`)}
    for (let tap = taps; tap != tapsEnd; tap += 4) {
      let p = xFeature + load<usize>(tap);
${tap}
      w += tapWeights;
    }
${everywhere((r, v) => `    v128.store(yFeature + ${r} * yStep, c${r}_${v}, ${16 * v});`)}`;
}

function entry({ name, operand }: Family, size: number): string {
  return `export function ${name}_${size === 1 ? 'depthwise' : `groups_of_${size}`}(parameters: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  const p = changetype<DepthwiseParameters>(parameters);
  const taps = <usize>p.taps, tapsEnd = taps + 4 * p.tapCount;
  const perMultiple = p.features * p.tapCount * ${operand * size};
  for (let unit = from; unit < to; unit++) {
    const multiple = unit % p.multiplier;
    const line = <usize>(p.lines + 8 * (unit / p.multiplier));
    let x = workspace + p.x + load<usize>(line);
    let y = workspace + p.y + load<usize>(line, 4) + multiple * p.yMultiple;
    const weights = <usize>(p.weights + multiple * perMultiple);
    let left = p.width;
    for (; left >= ${DEPTHWISE_ROWS}; left -= ${DEPTHWISE_ROWS}) {
      ${name}_positions_${DEPTHWISE_ROWS}_of_${size}(x, p.xStep, y, p.yStep, weights, taps, tapsEnd, p.features);
      x += ${DEPTHWISE_ROWS} * p.xStep;
      y += ${DEPTHWISE_ROWS} * p.yStep;
    }
    switch (left) {
${each(DEPTHWISE_ROWS - 1, (r) => `      case ${r + 1}: ${name}_positions_${r + 1}_of_${size}(x, p.xStep, y, p.yStep, weights, taps, tapsEnd, p.features); break;`)}
      default:
    }
  }
}
`;
}
