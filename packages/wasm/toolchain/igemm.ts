/**
 * The implicit GEMM kernels, written out: one family for each arithmetic, tiles that differ only in size.
 *
 *   y[row, column] = Σ_segments Σ_l x[row + segment + l·kStep] · weights[segment, l, column]
 *
 * A row is an output position, reached through its line (all loops but the innermost) and its place on the line; a segment is a run of
 * the reduction that lies at a constant stride in x. Nothing is gathered: each row's elements are splat from where they are, and meet a
 * panel of weights that was packed `columns` wide. A unit of work is a block of rows by one panel, so that a panel stays in L1 or L2
 * while the rows pass. A long reduction with few outputs is cut into slices, whose sums are added up afterwards (split-K).
 */
import { IGEMM_TILES, type IgemmTile } from '../src/plan/igemm/igemm-tiles.ts';
import { each } from './each.ts';
import { FAMILIES, type Family } from './families.ts';

type IgemmFamily = Family & IgemmTile;

/** The sources, by file name in assembly/generated/. */
export function igemmSources(): Record<string, string> {
  return Object.fromEntries(FAMILIES.map((family) => [`${family.name}-igemm.ts`, source({ ...IGEMM_TILES[family.name], ...family })]));
}

function source(family: IgemmFamily): string {
  const { rows, width, lanes } = family;
  const vectors = width / lanes;
  const tiles = Array.from({ length: rows['relaxed-simd'] * vectors }, (_, index) =>
    tile(family, Math.floor(index / vectors) + 1, (index % vectors) + 1),
  );
  return `// Written by toolchain/igemm.ts.
import { IgemmParameters } from './parameters';
${family.lane.startsWith('f') ? `import { madd${family.lane.toUpperCase()} } from '../arithmetic';\n` : ''}
/** Rows of the largest tile. */
const ROWS: i32 = ASC_FEATURE_RELAXED_SIMD ? ${rows['relaxed-simd']} : ${rows.simd128};

${tiles.join('\n')}
${each(vectors, (v) => block(family, v + 1))}
${entry(family)}
`;
}

/** One tile: its rows' addresses in x and y stand at `at`, 8 bytes a row. */
function tile({ name, lanes, lane, vector, multiplyAdd }: IgemmFamily, rows: number, vectors: number): string {
  const bytes = 16 / lanes;
  const acc = (r: number, v: number): string => `c${r}_${v}`;
  const everywhere = (write: (r: number, v: number) => string): string => each(rows, (r) => each(vectors, (v) => write(r, v)));
  return `function ${name}_tile_${rows}x${vectors}(at: usize, w: usize, segment: usize, segmentEnd: usize, length: i32, kStep: usize, columns: i32, accumulate: bool): void {
${each(rows, (r) => `  const x${r} = load<usize>(at, ${8 * r});`)}
${everywhere((r, v) => `  let ${acc(r, v)} = i32x4.splat(0);`)}
  do {
    const offset = load<usize>(segment);
${each(rows, (r) => `    let p${r} = x${r} + offset;`)}
    let left = length;
    do {
${each(vectors, (v) => `      const w${v} = v128.load(w, ${16 * v});`)}
${each(rows, (r) => `      const s${r} = v128.load_splat<${lane}>(p${r});\n      p${r} += kStep;\n${each(vectors, (v) => `      ${acc(r, v)} = ${multiplyAdd(acc(r, v), `s${r}`, `w${v}`)};`)}`)}
      w += ${16 * vectors};
    } while (--left);
    segment += 4;
  } while (segment != segmentEnd);
${each(rows, (r) => `  const y${r} = load<usize>(at, ${8 * r + 4});`)}
  if (columns == ${lanes * vectors}) {
    if (accumulate) {
${everywhere((r, v) => `      ${acc(r, v)} = ${vector}.add(${acc(r, v)}, v128.load(y${r}, ${16 * v}));`)}
    }
${everywhere((r, v) => `    v128.store(y${r}, ${acc(r, v)}, ${16 * v});`)}
    return;
  }
${everywhere((r, v) =>
  each(lanes, (l) => {
    const element = `${vector}.extract_lane(${acc(r, v)}, ${l})`;
    const offset = 16 * v + l * bytes;
    return `  if (columns > ${v * lanes + l}) store<${lane}>(y${r}, accumulate ? load<${lane}>(y${r}, ${offset}) + ${element} : ${element}, ${offset});`;
  }),
)}
}
`;
}

/** All rows of a unit against one panel. */
function block({ name, rows }: IgemmFamily, vectors: number): string {
  return `function ${name}_block_${vectors}(p: IgemmParameters, x: usize, y: usize, w: usize, at: usize, first: i32, last: i32, columns: i32, slice: i32): void {
  const width = p.width, lines = <usize>p.lines, xStep = p.xStep, yStep = p.yStep;
  const segmentsStart = <usize>(p.segments + 4 * slice * p.segmentsPerSlice);
  const segmentsEnd = min(segmentsStart + 4 * p.segmentsPerSlice, <usize>(p.segments + 4 * p.segmentCount));
  const perPass = 4 * p.segmentsPerPass;
  for (let segment = segmentsStart; segment < segmentsEnd; segment += perPass) {
    const end = min(segment + perPass, segmentsEnd);
    const accumulate = segment != segmentsStart;
    let line = first / width, place = first % width;
    let xLine = x + load<usize>(lines + 8 * line), yLine = y + load<usize>(lines + 8 * line + 4);
    for (let row = first; row < last; row += ROWS) {
      const count = min(last - row, ROWS);
      for (let r = 0; r < count; r++) {
        if (place == width) {
          place = 0;
          line++;
          xLine = x + load<usize>(lines + 8 * line);
          yLine = y + load<usize>(lines + 8 * line + 4);
        }
        store<usize>(at + 8 * r, xLine + place * xStep);
        store<usize>(at + 8 * r + 4, yLine + place * yStep);
        place++;
      }
      switch (count) {
${each(rows['relaxed-simd'], (r) => `        case ${r + 1}: ${r < rows.simd128 ? '' : 'if (ASC_FEATURE_RELAXED_SIMD) '}${name}_tile_${r + 1}x${vectors}(at, w, segment, end, p.segmentLength, p.kStep, columns, accumulate); break;`)}
      }
    }
    w += (end - segment) / 4 * p.segmentLength * ${16 * vectors};
  }
}
`;
}

function entry({ name, lanes, width }: IgemmFamily): string {
  const vectors = width / lanes;
  return `export function ${name}_igemm(parameters: usize, workspace: usize, scratch: usize, from: i32, to: i32): void {
  const p = changetype<IgemmParameters>(parameters);
  for (let unit = from; unit < to; unit++) {
    const slice = unit % p.slices, block = unit / p.slices;
    const panel = block % p.columnBlocks, rest = block / p.columnBlocks;
    const group = rest % p.groups, rowBlock = rest / p.groups;
    const first = rowBlock * p.blockRows, last = min(first + p.blockRows, p.rows);
    const column = panel * ${width}, columns = min(${width}, p.columns - column);
    const x = workspace + p.x + group * p.xGroup;
    const y = workspace + p.y + slice * p.ySlice + group * p.yGroup + column * ${16 / lanes};
    const panels = <usize>(p.weights + group * p.groupWeights + panel * p.panelBytes);
    const before = slice * p.segmentsPerSlice * p.segmentLength;
${each(vectors, (v) => `    ${v < vectors - 1 ? `if (columns <= ${(v + 1) * lanes}) ` : ''}${name}_block_${v + 1}(p, x, y, panels + before * ${16 * (v + 1)}, scratch, first, last, columns, slice);${v < vectors - 1 ? '\n    else' : ''}`)}
  }
}
`;
}
