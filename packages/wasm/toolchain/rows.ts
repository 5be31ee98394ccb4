/**
 * The row kernels, written out: direct convolutions with the vectors along a row of the output, for where features are too few to fill them.
 *
 *   y[feature, position] = Σ_taps x[tap + position] · weights[tap, feature]      a tap: a place in the window and an input feature
 *
 * x lies with neighbouring positions side by side, so a tap is an offset, one unaligned load for each vector, and one splat for each
 * feature. A unit is a stretch of a row; its end overlaps what comes before it rather than run as scalars.
 */
import type { Arithmetic } from '../src/lower/arithmetic.ts';
import { ROWS_TILES } from '../src/plan/rows-tiles.ts';

interface Family {
  readonly name: Arithmetic;
  readonly operand: number;
  readonly sum: number;
  readonly load: (address: string, offset: number) => string;
  readonly splat: (address: string, offset: number) => string;
  readonly multiplyAdd: (acc: string, x: string, w: string) => string;
}

const whole = (address: string, offset: number): string => `v128.load(${address}, ${offset})`;
const splat =
  (lane: string) =>
  (address: string, offset: number): string =>
    `v128.load_splat<${lane}>(${address}, ${offset})`;
const integer = (vector: string) => (acc: string, x: string, w: string) => `${vector}.add(${acc}, ${vector}.mul(${x}, ${w}))`;

const FAMILIES: readonly Family[] = [
  { name: 'f32', operand: 4, sum: 4, load: whole, splat: splat('f32'), multiplyAdd: (acc, x, w) => `maddF32(${acc}, ${x}, ${w})` },
  { name: 'f64', operand: 8, sum: 8, load: whole, splat: splat('f64'), multiplyAdd: (acc, x, w) => `maddF64(${acc}, ${x}, ${w})` },
  { name: 'i32', operand: 4, sum: 4, load: whole, splat: splat('i32'), multiplyAdd: integer('i32x4') },
  { name: 'i64', operand: 8, sum: 8, load: whole, splat: splat('i64'), multiplyAdd: integer('i64x2') },
  {
    name: 'i16',
    operand: 2,
    sum: 4,
    load: (address, offset) => `v128.load_ext<i16>(${address}, ${offset})`,
    splat: (address, offset) => `i32x4.splat(load<i16>(${address}, ${offset}))`,
    multiplyAdd: integer('i32x4'),
  },
];

const each = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join('\n');

/** The sources, by file name in assembly/generated/. */
export function rowsSources(): Record<string, string> {
  return Object.fromEntries(FAMILIES.map((family) => [`${family.name}-rows.ts`, source(family)]));
}

function source(family: Family): string {
  const { name } = family;
  const tiles = ROWS_TILES.flatMap(({ features, vectors }) => vectors.map((count) => tile(family, features, count)));
  return `// Written by toolchain/rows.ts.
import { RowsParameters } from './parameters';
${name.startsWith('f') ? `import { madd${name.toUpperCase()} } from '../arithmetic';\n` : ''}
${tiles.join('\n')}
${ROWS_TILES.map(({ features, vectors }) => stretch(family, features, vectors)).join('\n')}
${entry(family)}`;
}

/** Some features by some vectors. */
function tile({ name, operand, sum, load, splat: splatted, multiplyAdd }: Family, features: number, vectors: number): string {
  const lanes = 16 / sum;
  const everywhere = (write: (f: number, v: number) => string): string => each(features, (f) => each(vectors, (v) => write(f, v)));
  return `function ${name}_rows_${features}x${vectors}(x: usize, y: usize, w: usize, taps: usize, tapsEnd: usize, yFeature: usize): void {
${everywhere((f, v) => `  let c${f}_${v} = i32x4.splat(0);`)}
  for (let tap = taps; tap != tapsEnd; tap += 4) {
    const p = x + load<usize>(tap);
${each(features, (f) => `    const w${f} = ${splatted('w', f * operand)};`)}
${each(vectors, (v) => `    const x${v} = ${load('p', v * lanes * operand)};\n${each(features, (f) => `    c${f}_${v} = ${multiplyAdd(`c${f}_${v}`, `x${v}`, `w${f}`)};`)}`)}
    w += ${features * operand};
  }
${each(features, (f) => `${each(vectors, (v) => `  v128.store(y, c${f}_${v}, ${16 * v});`)}\n  y += yFeature;`)}
}
`;
}

/** A stretch of a row: the widest tiles that fit, the last one moved back to where the stretch ends. */
function stretch({ name, operand, sum }: Family, features: number, vectors: readonly number[]): string {
  const lanes = 16 / sum;
  const wider = vectors.slice(0, -1);
  return `function ${name}_stretch_${features}(x: usize, y: usize, w: usize, taps: usize, tapsEnd: usize, yFeature: usize, width: i32): void {
  let at = 0;
  while (at < width) {
    const left = width - at;
${wider
  .map((count, index) => {
    // More than the next narrower tile does at once, and the stretch is as wide as the tile.
    const least = vectors[index + 1] * lanes;
    return `    if (left > ${least} && width >= ${count * lanes}) {
      at = min(at, width - ${count * lanes});
      ${name}_rows_${features}x${count}(x + at * ${operand}, y + at * ${sum}, w, taps, tapsEnd, yFeature);
      at += ${count * lanes};
      continue;
    }`;
  })
  .join('\n')}
    at = min(at, width - ${lanes});
    ${name}_rows_${features}x1(x + at * ${operand}, y + at * ${sum}, w, taps, tapsEnd, yFeature);
    at += ${lanes};
  }
}
`;
}

function entry({ name, operand, sum }: Family): string {
  const calls = ROWS_TILES.map(({ features }) => {
    const loop = features === 4 ? 'while' : 'if';
    return `    ${loop} (left >= ${features}) {
      ${name}_stretch_${features}(x, y, w, taps, tapsEnd, p.yFeature, width);
      y += ${features} * p.yFeature;
      w += p.tapCount * ${features * operand};
      left -= ${features};
    }`;
  });
  return `export function ${name}_rows(parameters: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  const p = changetype<RowsParameters>(parameters);
  const taps = <usize>p.taps, tapsEnd = taps + 4 * p.tapCount;
  for (let unit = from; unit < to; unit++) {
    const start = unit % p.stretches * p.stretch, rest = unit / p.stretches;
    // The last stretch is no narrower than a vector: it begins earlier.
    const width = min(p.stretch, p.width - start);
    const group = rest % p.groups;
    const line = <usize>(p.lines + 8 * (rest / p.groups));
    const x = workspace + p.x + load<usize>(line) + group * p.xGroup + start * ${operand};
    let y = workspace + p.y + load<usize>(line, 4) + group * p.yGroup + start * ${sum};
    let w = <usize>(p.weights + group * p.groupWeights);
    let left = p.features;
${calls.join('\n')}
  }
}
`;
}
