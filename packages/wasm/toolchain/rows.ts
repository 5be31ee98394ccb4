/**
 * The direct kernels that are vectorised along a line of outputs, written out: one family for each arithmetic, tiles that differ only in
 * size. What the implicit GEMM does along the features, they do along the width: for few output features, and for operands whose width
 * lies contiguous (NCHW, images, signals).
 *
 *   y[feature, place] = Σ_segments Σ_l x[place + segment + l·kStep] · weights[segment, l, feature]
 *
 * Neighbouring outputs of a line read neighbouring elements, so an element of the reduction is a vector of x, loaded from wherever it
 * starts, and a splat weight per feature. The last vector of a line ends where the line ends, and overlaps the one before it: a line is
 * at least one vector long. i16 meets two neighbours of the reduction at once (pairs), interleaved on the way.
 *
 * One feature alone would load a vector for each multiply-add, and loads are what limits it. Two neighbouring lines (`pairs`) share most
 * of what they read: row i of lhs meets tap i for the first line and tap i − 1 for the second, so it is loaded once for both.
 */
import { ROWS, type RowsTiles } from '../src/plan/rows/rows-tiles.ts';
import { each } from './each.ts';
import { FAMILIES, type Family } from './families.ts';

/** A family of line kernels. */
interface RowsFamily extends Family, RowsTiles {
  /** Bytes of an element of x. */
  readonly bytes: number;
  /** Two neighbours of the reduction at once. */
  readonly isPaired: boolean;
}

/** The sources, by file name in assembly/generated/. */
export function rowsSources(): Record<string, string> {
  return Object.fromEntries(
    FAMILIES.map((family) => {
      const tiles = ROWS[family.name];
      return [`${family.name}-rows.ts`, source({ ...family, ...tiles, bytes: 16 / tiles.outputs, isPaired: family.name === 'i16' })];
    }),
  );
}

/** The source of one family. */
function source(family: RowsFamily): string {
  const { name, lane, tiles, pairs } = family;
  const pairCall = `${name}_pair(x, y, w, p.segments, p.segments + 4 * p.segmentCount, p.length, p.kStep, p.yFeature, p.rowTaps, width)`;
  const largest = tiles.length;
  return `// Written by toolchain/rows.ts.
import { RowsParameters${pairs > 0 ? ', SeparableParameters' : ''} } from './parameters';
${lane.startsWith('f') ? `import { madd${lane.toUpperCase()} } from '../arithmetic';\n` : ''}
${tiles.map((vectors, m) => tilesOf(family, m + 1, vectors)).join('\n')}
${entry(family, 'rows', (args) => `${name}_features(${args})`)}
${pairs > 0 ? pairTiles(family) : ''}
${pairs > 0 ? entry(family, 'row_pairs', () => pairCall) : ''}
${pairs > 0 ? separable(family) : ''}
/** All features of a group on one piece of a line. */
function ${name}_features(p: RowsParameters, x: usize, y: usize, w: usize, width: i32): void {
  const segments = <usize>p.segments, end = segments + 4 * p.segmentCount;
  for (let left = p.features; left > 0; left -= ${largest}) {
    switch (min(left, ${largest})) {
${each(largest - 1, (m) => `      case ${m + 1}: ${name}_line_${m + 1}(x, y, w, segments, end, p.length, p.kStep, p.yFeature, width); break;`)}
      default: ${name}_line_${largest}(x, y, w, segments, end, p.length, p.kStep, p.yFeature, width);
    }
    w += p.blockWeights;
    y += ${largest} * p.yFeature;
  }
}
`;
}

/** The kernel: pieces of lines, one after the other. */
function entry({ name, outputs, bytes, lanes }: RowsFamily, label: string, call: (args: string) => string): string {
  return `export function ${name}_${label}(parameters: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  const p = changetype<RowsParameters>(parameters);
  const blocks = p.blocks, lineCount = p.lineCount;
  let block = from % blocks, rest = from / blocks;
  let line = rest % lineCount, group = rest / lineCount;
  for (let unit = from; unit < to; unit++) {
    // The last block may be too short for a vector: then it starts earlier.
    const first = max(0, min(block * p.blockWidth, p.width - ${outputs})), width = min(p.blockWidth, p.width - first);
    const entry = <usize>(p.lines + 8 * line);
    const x = workspace + p.x + group * p.xGroup + load<i32>(entry) + first * ${bytes};
    const y = workspace + p.y + group * p.yGroup + load<i32>(entry, 4) + first * ${16 / lanes};
    const w = <usize>(p.weights + group * p.groupWeights);
    ${call('p, x, y, w, width')};
    if (++block == blocks) {
      block = 0;
      if (++line == lineCount) {
        line = 0;
        group++;
      }
    }
  }
}
`;
}

/**
 * Two passes for weights that are an outer product: over all taps but those along the line, into a line of scratch memory with its padding
 * around, and from there along the line. A unit is a line, or a pair of lines.
 */
function separable({ name }: RowsFamily): string {
  return `export function ${name}_separable(parameters: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  const p = changetype<SeparableParameters>(parameters);
  const lineCount = p.lineCount, pitch = p.pitch;
  const segments = <usize>p.segments, segmentsEnd = segments + 4 * p.segmentCount;
  const along = <usize>p.alongSegments, alongEnd = along + 4;
  memory.fill(scratch, 0, 2 * pitch);
  for (let unit = from; unit < to; unit++) {
    const entry = <usize>(p.lines + 8 * (unit % lineCount)), group = unit / lineCount;
    const x = workspace + p.x + group * p.xGroup + load<i32>(entry);
    const y = workspace + p.y + group * p.yGroup + load<i32>(entry, 4);
    const across = <usize>(p.weights + group * p.groupWeights), w = <usize>(p.alongWeights + group * p.alongGroupWeights);
    const inside = scratch + p.before;
    if (p.rowTaps) {
      ${name}_pair(x, inside, across, segments, segmentsEnd, p.length, p.kStep, pitch, p.rowTaps, p.inner);
      ${name}_line_1(scratch + pitch, y + p.yLine, w, along, alongEnd, p.alongLength, p.alongStep, 0, p.width);
    } else ${name}_line_1(x, inside, across, segments, segmentsEnd, p.length, p.kStep, 0, p.inner);
    ${name}_line_1(scratch, y, w, along, alongEnd, p.alongLength, p.alongStep, 0, p.width);
  }
}
`;
}

/** The tiles of `features` features, and the line that they make up. */
function tilesOf(family: RowsFamily, features: number, vectors: number): string {
  return line(family, `line_${features}`, vectors, '', (v, isLast) => ({
    name: `${features}x${v}`,
    source: tile(family, features, v, isLast),
  }));
}

/** The tiles of two lines. */
function pairTiles(family: RowsFamily): string {
  return line(family, 'pair', family.pairs, 'rowTaps', (v, isLast) => ({ name: `pair_${v}`, source: pairTile(family, v, isLast) }));
}

/** A piece of a line: whole tiles of `vectors` vectors, then one as long as the rest. */
function line(
  { name, outputs, lanes, bytes }: RowsFamily,
  label: string,
  vectors: number,
  more: string,
  write: (vectors: number, isLast: boolean) => { readonly name: string; readonly source: string },
): string {
  const extra = more === '' ? '' : `, ${more}`;
  const call = (v: number, isLast: boolean): string =>
    `${name}_rows_${write(v, isLast).name}${isLast ? '_last' : ''}(x, y, w, segments, end, length, kStep, yFeature${extra}${isLast ? ', last' : ''})`;
  return `${write(vectors, false).source}
${each(vectors - 1, (v) => write(v + 2, true).source)}
${vectors > 1 ? write(1, false).source : ''}
${outputs > lanes ? write(0, false).source : ''}
function ${name}_${label}(x: usize, y: usize, w: usize, segments: usize, end: usize, length: i32, kStep: usize, yFeature: i32${more === '' ? '' : `, ${more}: i32`}, width: i32): void {
${
  outputs > lanes
    ? `  if (width < ${outputs}) {
    ${call(0, false)};
    if (width > ${lanes}) {
      x += (width - ${lanes}) * ${bytes};
      y += (width - ${lanes}) * ${16 / lanes};
      ${call(0, false)};
    }
    return;
  }`
    : ''
}
  for (; width >= ${outputs * vectors}; width -= ${outputs * vectors}) {
    ${call(vectors, false)};
    x += ${outputs * vectors * bytes};
    y += ${(outputs * vectors * 16) / lanes};
  }
  if (width == 0) return;
  // The outputs before the last vector.
  const last = width - ${outputs};
  switch ((width + ${outputs - 1}) / ${outputs}) {
${each(vectors - 1, (v) => `    case ${v + 2}: ${call(v + 2, true)}; break;`)}
    default:
      x += last * ${bytes};
      y += last * ${16 / lanes};
      ${call(1, false)};
  }
}
`;
}

/** One tile of two lines: the first row of lhs is met by the first line alone, the last one by the second, those between by both. */
function pairTile({ name, lanes, multiplyAdd, lane }: RowsFamily, vectors: number, isLast: boolean): string {
  const bytes = 16 / lanes;
  const at = (v: number): string => (isLast && v === vectors - 1 ? 'p + lastX' : `p, ${16 * v}`);
  const row = (lines: readonly number[]): string => `    {
      let p = x + load<usize>(segment);
      let left = length;
      do {
${lines.map((m) => `        const s${m} = v128.load_splat<${lane}>(${m === 0 ? 'w' : 'w - row'});`).join('\n')}
${each(vectors, (v) => `        const x${v} = v128.load(${at(v)});\n${lines.map((m) => `        c${m}_${v} = ${multiplyAdd(`c${m}_${v}`, `x${v}`, `s${m}`)};`).join('\n')}`)}
        p += kStep;
        w += ${bytes};
      } while (--left);
      segment += 4;
    }`;
  return `function ${name}_rows_pair_${vectors}${isLast ? '_last' : ''}(x: usize, y: usize, w: usize, segment: usize, end: usize, length: i32, kStep: usize, yFeature: i32, rowTaps: i32${isLast ? ', last: i32' : ''}): void {
${isLast ? `  const lastX = last * ${bytes}, lastY = last * ${bytes};` : ''}
${each(2, (m) => each(vectors, (v) => `  let c${m}_${v} = i32x4.splat(0);`))}
  const row = <usize>length * ${bytes};
  do {
${row([0])}
    for (let both = rowTaps - 1; both > 0; both--) ${row([0, 1]).trimStart()}
${row([1])}
    w -= row;
  } while (segment != end);
${each(2, (m) => {
  const stores = each(
    vectors,
    (v) => `  v128.store(${isLast && v === vectors - 1 ? 'y + lastY, ' : 'y, '}c${m}_${v}, ${isLast && v === vectors - 1 ? 0 : 16 * v});`,
  );
  return m === 0 ? `${stores}\n  y += yFeature;` : stores;
})}
}
`;
}

/** One tile; of size 0, half a vector. With `isLast`, its last vector lies `last` outputs from its first. */
function tile(family: RowsFamily, features: number, size: number, isLast: boolean): string {
  const { name, lanes, outputs, bytes, isPaired, multiplyAdd, lane } = family;
  const isHalf = size === 0;
  const vectors = isHalf ? 1 : size;
  const sums = isHalf ? 1 : outputs / lanes;
  const load = isHalf ? 'v128.load64_zero' : 'v128.load';
  const acc = (m: number, v: number): string => `c${m}_${v}`;
  const everywhere = (write: (m: number, v: number) => string): string => each(features, (m) => each(vectors * sums, (v) => write(m, v)));
  const at = (v: number): string => (isLast && v === vectors - 1 ? 'p + lastX' : `p, ${16 * v}`);
  const weights = features * (16 / lanes);
  // One element of the reduction. Each vector is used where it is loaded, so that the sums keep their registers.
  const element = (
    vector: (v: number) => string,
  ): string => `${each(features, (m) => `      const s${m} = v128.load_splat<${lane}>(w, ${m * (16 / lanes)});`)}
${each(vectors, (v) => `${vector(v)}\n${each(features, (m) => each(sums, (half) => `      ${acc(m, v * sums + half)} = ${multiplyAdd(acc(m, v * sums + half), `x${v}_${half}`, `s${m}`)};`))}`)}
      w += ${weights};`;
  const plainLoop = `    let left = length;
    do {
${element((v) => `      const x${v}_0 = ${load}(${at(v)});`)}
      p += kStep;
    } while (--left);`;
  const interleaved = (v: number, next: string): string => `      const a${v} = ${load}(${at(v)}), b${v} = ${next};
      const x${v}_0 = v128.shuffle<i16>(a${v}, b${v}, 0, 8, 1, 9, 2, 10, 3, 11), x${v}_1 = v128.shuffle<i16>(a${v}, b${v}, 4, 12, 5, 13, 6, 14, 7, 15);`;
  const pairedLoop = `    let left = length;
    for (; left >= 2; left -= 2) {
${element((v) => interleaved(v, `${load}(kStep + ${at(v)})`))}
      p += 2 * kStep;
    }
    if (left) {
${element((v) => interleaved(v, 'i32x4.splat(0)'))}
    }`;
  return `function ${name}_rows_${features}x${size}${isLast ? '_last' : ''}(x: usize, y: usize, w: usize, segment: usize, end: usize, length: i32, kStep: usize, yFeature: i32${isLast ? ', last: i32' : ''}): void {
${isLast ? `  const lastX = last * ${bytes}, lastY = last * ${16 / lanes};` : ''}
${everywhere((m, v) => `  let ${acc(m, v)} = i32x4.splat(0);`)}
  do {
    let p = x + load<usize>(segment);
${isPaired ? pairedLoop : plainLoop}
    segment += 4;
  } while (segment != end);
${each(features, (m) => {
  const stores = each(vectors * sums, (v) => {
    const isAtEnd = isLast && v >= (vectors - 1) * sums;
    const target = isAtEnd ? `y + lastY` : 'y';
    return `  v128.store(${target}, ${acc(m, v)}, ${16 * (isAtEnd ? v - (vectors - 1) * sums : v)});`;
  });
  return m < features - 1 ? `${stores}\n  y += yFeature;` : stores;
})}
}
`;
}
