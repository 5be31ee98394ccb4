/**
 * The passes of the Fourier transform, written out: one forward and one inverse pass for each radix.
 *
 * A point is a vector of real parts and a vector of imaginary parts, side by side; what the lanes hold is no concern of a pass. A forward
 * pass decimates in frequency: a block of r·leg bytes becomes r blocks that are transformed on their own, so that points end up in
 * digit-reversed order; an inverse pass undoes it, decimating in time. Nothing is ever reordered. Along a block `place` runs over the
 * points of one leg, `inner` bytes at a time that share their factors (the points of the inner dimensions).
 *
 * Element n = lanes·m + l of the innermost dimension is lane l of point m, and passes over points leave lanes apart. What is left is a
 * transform across lanes, for each frequency of the points: as many points as there are lanes are turned and transposed, so that it is
 * one more butterfly.
 *
 * A radix of 8 was tried and was 7 to 22 % slower than 4 at the same lengths, presumably for spills: a butterfly has 16 vectors
 * besides its factors, and x64 without AVX-512 has 16 registers.
 */

const RADICES = [2, 3, 4, 5] as const;
type Radix = (typeof RADICES)[number];

/** Bytes of a point, and where its imaginary parts are. */
const POINT = 32;
const IMAGINARY = 16;

/** Names of the variables that hold the parts of a complex number. */
interface Complex {
  readonly re: string;
  readonly im: string;
}

/** Straight-line code that grows. */
class Code {
  readonly lines: string[] = [];
  #count = 0;

  /** A new variable with this value. */
  real(expression: string): string {
    const name = `v${this.#count++}`;
    this.lines.push(`const ${name} = ${expression};`);
    return name;
  }

  complex(re: string, im: string): Complex {
    return { re: this.real(re), im: this.real(im) };
  }

  add(a: Complex, b: Complex): Complex {
    return this.complex(`v128.add<T>(${a.re}, ${b.re})`, `v128.add<T>(${a.im}, ${b.im})`);
  }

  subtract(a: Complex, b: Complex): Complex {
    return this.complex(`v128.sub<T>(${a.re}, ${b.re})`, `v128.sub<T>(${a.im}, ${b.im})`);
  }

  /** a + i·b, or a − i·b where `sign` is −1. */
  addTurned(a: Complex, b: Complex, sign: 1 | -1): Complex {
    const [re, im] = sign === 1 ? ['sub', 'add'] : ['add', 'sub'];
    return this.complex(`v128.${re}<T>(${a.re}, ${b.im})`, `v128.${im}<T>(${a.im}, ${b.re})`);
  }

  /** a · the real constant. */
  scale(a: Complex, factor: string): Complex {
    return this.complex(`v128.mul<T>(${a.re}, ${factor})`, `v128.mul<T>(${a.im}, ${factor})`);
  }

  /** sum + a · the real constant. */
  addScaled(sum: Complex, a: Complex, factor: string): Complex {
    return this.complex(`madd<T>(${sum.re}, ${a.re}, ${factor})`, `madd<T>(${sum.im}, ${a.im}, ${factor})`);
  }

  subtractScaled(sum: Complex, a: Complex, factor: string): Complex {
    return this.complex(`nmadd<T>(${sum.re}, ${a.re}, ${factor})`, `nmadd<T>(${sum.im}, ${a.im}, ${factor})`);
  }

  /** a·w, or a·conj(w) where `sign` is 1: tables hold the forward transform's factors. */
  turn(a: Complex, w: Complex, sign: 1 | -1): Complex {
    const [re, im] = sign === -1 ? ['nmadd', 'madd'] : ['madd', 'nmadd'];
    return this.complex(
      `${re}<T>(v128.mul<T>(${a.re}, ${w.re}), ${a.im}, ${w.im})`,
      `${im}<T>(v128.mul<T>(${a.im}, ${w.re}), ${a.re}, ${w.im})`,
    );
  }
}

/** The transform of r numbers: Σ x_a · exp(sign·2πi·a·c/r). */
function transform(code: Code, x: readonly Complex[], sign: 1 | -1): Complex[] {
  switch (x.length) {
    case 2:
      return [code.add(x[0], x[1]), code.subtract(x[0], x[1])];
    case 3: {
      const sum = code.add(x[1], x[2]);
      const difference = code.scale(code.subtract(x[1], x[2]), 'SIN_1_3');
      const middle = code.subtractScaled(x[0], sum, 'HALF');
      return [code.add(x[0], sum), code.addTurned(middle, difference, sign), code.addTurned(middle, difference, sign === 1 ? -1 : 1)];
    }
    case 4: {
      const [even, odd] = [code.add(x[0], x[2]), code.add(x[1], x[3])];
      const [evenRest, oddRest] = [code.subtract(x[0], x[2]), code.subtract(x[1], x[3])];
      return [
        code.add(even, odd),
        code.addTurned(evenRest, oddRest, sign),
        code.subtract(even, odd),
        code.addTurned(evenRest, oddRest, sign === 1 ? -1 : 1),
      ];
    }
    default: {
      const [outer, inner] = [code.add(x[1], x[4]), code.add(x[2], x[3])];
      const [outerRest, innerRest] = [code.subtract(x[1], x[4]), code.subtract(x[2], x[3])];
      const first = code.addScaled(code.addScaled(x[0], outer, 'COS_1_5'), inner, 'COS_2_5');
      const second = code.addScaled(code.addScaled(x[0], outer, 'COS_2_5'), inner, 'COS_1_5');
      const firstRest = code.addScaled(code.scale(outerRest, 'SIN_1_5'), innerRest, 'SIN_2_5');
      const secondRest = code.subtractScaled(code.scale(outerRest, 'SIN_2_5'), innerRest, 'SIN_1_5');
      const against = sign === 1 ? -1 : 1;
      return [
        code.add(code.add(x[0], outer), inner),
        code.addTurned(first, firstRest, sign),
        code.addTurned(second, secondRest, sign),
        code.addTurned(second, secondRest, against),
        code.addTurned(first, firstRest, against),
      ];
    }
  }
}

const CONSTANTS: Readonly<Record<Radix, readonly (readonly [string, string])[]>> = {
  2: [],
  3: [
    ['HALF', '0.5'],
    ['SIN_1_3', '0.86602540378443864676'],
  ],
  4: [],
  5: [
    ['COS_1_5', '0.30901699437494742410'],
    ['COS_2_5', '-0.80901699437494742410'],
    ['SIN_1_5', '0.95105651629515357212'],
    ['SIN_2_5', '0.58778525229247312917'],
  ],
};

const indices = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** One butterfly at `place`; `turned` multiplies all legs but the first by factors w1, w2 …. */
function butterfly(radix: Radix, sign: 1 | -1, turned: boolean): string {
  const code = new Code();
  const at = (leg: number): string => (leg === 0 ? 'place' : `place${leg}`);
  const factor = (leg: number): Complex => ({ re: `w${leg}re`, im: `w${leg}im` });
  let x = indices(radix).map((leg) => code.complex(`v128.load(${at(leg)})`, `v128.load(${at(leg)}, ${IMAGINARY})`));
  if (turned && sign === 1) x = x.map((value, leg) => (leg === 0 ? value : code.turn(value, factor(leg), sign)));
  let y = transform(code, x, sign);
  if (turned && sign === -1) y = y.map((value, leg) => (leg === 0 ? value : code.turn(value, factor(leg), sign)));
  return [
    ...indices(radix - 1).map((leg) => `const place${leg + 1} = ${at(leg)} + leg;`),
    ...code.lines,
    ...y.flatMap(({ re, im }, leg) => [`v128.store(${at(leg)}, ${re});`, `v128.store(${at(leg)}, ${im}, ${IMAGINARY});`]),
  ].join('\n');
}

function pass(radix: Radix, sign: 1 | -1): string {
  const factorBytes = `${2 * (radix - 1)} * sizeof<T>()`;
  return `
/** Blocks of ${radix} legs from \`base\` to before \`end\`. */
export function ${sign === -1 ? 'forward' : 'inverse'}${radix}<T>(base: usize, end: usize, leg: usize, inner: usize, factors: usize): void {
${CONSTANTS[radix].map(([name, value]) => `const ${name} = v128.splat<T>(<T>${value});`).join('\n')}
  if (leg == ${POINT}) {
    for (let place = base; place < end; place += ${radix * POINT}) {
${butterfly(radix, sign, false)}
    }
    return;
  }
  for (let block = base; block < end; block += ${radix} * leg) {
    const last = block + leg;
    let place = block, stop = block + inner;
    do {
${butterfly(radix, sign, false)}
      place += ${POINT};
    } while (place < stop);
    let w = factors;
    while (place < last) {
${indices(radix - 1)
  .map(
    (leg) =>
      `const w${leg + 1}re = v128.load_splat<T>(w + ${2 * leg} * sizeof<T>()), w${leg + 1}im = v128.load_splat<T>(w + ${2 * leg + 1} * sizeof<T>());`,
  )
  .join('\n')}
      w += ${factorBytes};
      stop += inner;
      do {
${butterfly(radix, sign, true)}
        place += ${POINT};
      } while (place < stop);
    }
  }
}
`;
}

function dispatch(name: string): string {
  const call = (radix: Radix): string => `${name}${radix}<T>(base, base + bytes, p.leg, p.inner, p.factors)`;
  return `
/** The pass \`p\` over the blocks of a region. */
// @ts-ignore: decorator
@inline
export function ${name}Pass<T>(p: FftPassParameters, base: usize, bytes: usize): void {
  switch (p.radix) {
${RADICES.filter((radix) => radix !== 4)
  .map((radix) => `    case ${radix}: ${call(radix)}; return;`)
  .join('\n')}
    default: ${call(4)};
  }
}
`;
}

/** Names of the vectors with rows and columns of `rows` exchanged: 4×4 of f32, 2×2 of f64. */
function transpose(code: Code, rows: readonly string[]): string[] {
  const shuffle = (type: string, a: string, b: string, lanes: string): string => code.real(`v128.shuffle<${type}>(${a}, ${b}, ${lanes})`);
  const [a, b, c, d] = rows;
  if (rows.length === 2) return [shuffle('i64', a, b, '0, 2'), shuffle('i64', a, b, '1, 3')];
  const [ab, abHigh] = [shuffle('i32', a, b, '0, 4, 1, 5'), shuffle('i32', a, b, '2, 6, 3, 7')];
  const [cd, cdHigh] = [shuffle('i32', c, d, '0, 4, 1, 5'), shuffle('i32', c, d, '2, 6, 3, 7')];
  return [
    shuffle('i64', ab, cd, '0, 2'),
    shuffle('i64', ab, cd, '1, 3'),
    shuffle('i64', abHigh, cdHigh, '0, 2'),
    shuffle('i64', abHigh, cdHigh, '1, 3'),
  ];
}

function transposed(code: Code, values: readonly Complex[]): Complex[] {
  const [re, im] = [
    transpose(
      code,
      values.map((value) => value.re),
    ),
    transpose(
      code,
      values.map((value) => value.im),
    ),
  ];
  return re.map((part, index) => ({ re: part, im: im[index] }));
}

/** What happens across the lanes of as many points: the last of the forward transform, the product with weights, the first of the inverse. */
const LANE_PARTS = {
  forwardLanes: ['forward'],
  inverseLanes: ['inverse'],
  convolveLanes: ['forward', 'product', 'inverse'],
} as const;

type LanePart = (typeof LANE_PARTS)[keyof typeof LANE_PARTS][number];

function lanesBlock(lanes: 2 | 4, parts: readonly LanePart[]): string {
  const code = new Code();
  const load = (address: string): Complex[] =>
    indices(lanes).map((index) =>
      code.complex(`v128.load(${address}, ${index * POINT})`, `v128.load(${address}, ${index * POINT + IMAGINARY})`),
    );
  let values = load('place');
  const turned = (by: string, sign: 1 | -1): Complex[] => load(by).map((factor, index) => code.turn(values[index], factor, sign));
  for (const part of parts) {
    if (part === 'forward') values = transform(code, transposed(code, turned('factor', -1)), -1);
    else if (part === 'product') values = turned('weight', -1);
    else {
      values = transposed(code, transform(code, values, 1));
      values = turned('factor', 1);
    }
  }
  const stores = values.flatMap(({ re, im }, index) => [
    `v128.store(place, ${re}, ${index * POINT});`,
    `v128.store(place, ${im}, ${index * POINT + IMAGINARY});`,
  ]);
  return [...code.lines, ...stores].join('\n');
}

function lanesPass(name: keyof typeof LANE_PARTS): string {
  const parts: readonly LanePart[] = LANE_PARTS[name];
  const hasWeights = parts.includes('product');
  const step = `${POINT} * (16 / sizeof<T>())`;
  return `
/** Across lanes: ${parts.join(', ')}. \`factors\`, up to \`end\`, repeat along the points. */
export function ${name}<T>(base: usize, bytes: usize, factors: usize, end: usize${hasWeights ? ', weights: usize' : ''}): void {
  const last = base + bytes;
  let factor = factors;
  ${hasWeights ? 'let weight = weights;' : ''}
  for (let place = base; place < last; place += ${step}) {
    if (sizeof<T>() == 4) {
${lanesBlock(4, parts)}
    } else {
${lanesBlock(2, parts)}
    }
    ${hasWeights ? `weight += ${step};` : ''}
    factor += ${step};
    if (factor == end) factor = factors;
  }
}
`;
}

/** The source of assembly/generated/fft-passes.ts. */
export function fftPasses(): string {
  const passes = RADICES.flatMap((radix) => [pass(radix, -1), pass(radix, 1)]);
  return `// Written by toolchain/fft-passes.ts.
import { madd, nmadd } from '../arithmetic';
import { FftPassParameters } from './parameters';
${passes.join('')}${dispatch('forward')}${dispatch('inverse')}${lanesPass('forwardLanes')}${lanesPass('inverseLanes')}${lanesPass('convolveLanes')}`;
}
