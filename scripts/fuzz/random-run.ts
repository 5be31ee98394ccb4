/** A random convolution by its seed: shapes, layouts, padding, dilations and groups at random, of at most some million products. */
import { resolve } from '@laxconv/api';
import { allocate, DTYPE_NAMES, DTYPES, isLaxconvError, sizeOf, toBfloat16Bits, toFloat16Bits } from '@laxconv/api/backend';
import type { ConvProblem, DType, Tensor } from '@laxconv/api/backend';

/** A problem with its operands. */
export interface RandomRun {
  readonly problem: ConvProblem;
  readonly lhs: Tensor;
  readonly rhs: Tensor;
}

const MOST_PRODUCTS = 1e6;
const PRECISIONS = ['default', 'high', 'highest'];
/** Of so many problems one is a layer of a network and one a long signal or a large window: where tiles and transforms pay. */
const LAYERS = 4;
const SIGNALS = 6;
/** The dtypes of those, mostly. */
const COMMON: readonly DType[] = ['float32', 'float32', 'float64', 'float16', 'bfloat16', 'complex64'];

/** Whole numbers from 0 to below a limit. */
type Random = (limit: number) => number;

/** The run of this seed, always the same. */
export function randomRun(seed: number): RandomRun {
  const random = mulberry(seed);
  for (;;) {
    const problem = randomProblem(random);
    if (problem !== undefined) {
      return { problem, lhs: randomTensor(problem.lhs, random), rhs: randomTensor(problem.rhs, random) };
    }
  }
}

/** Mulberry32. */
function mulberry(seed: number): Random {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

/** Undefined where the dice fall on what is not allowed, empty or too large. */
function randomProblem(random: Random): ConvProblem | undefined {
  const rank = random(8) === 0 ? random(2) * 3 : 1 + random(2);
  const each = (make: () => number): number[] => Array.from({ length: rank }, make);
  const isLayer = random(LAYERS) === 0;
  const isSignal = !isLayer && rank > 0 && random(SIGNALS) === 0;
  const groups = random(isLayer || isSignal ? 9 : 3) === 0 ? 1 + random(40) : 1;
  const [batchGroups, featureGroups] = random(4) === 0 ? [groups, 1] : [1, groups];
  const most = Math.max(1, Math.floor((isSignal ? 3 : 40) / groups));
  const [features, columns] = isLayer && groups === 1 ? [8 + random(17), 8 + random(17)] : [1 + random(most), 1 + random(most)];
  const batch = batchGroups * (1 + random(3));
  const [longest, widest] = rank === 1 ? [3000, 400] : [70, 30];
  const size = (): number => {
    if (isSignal) return Math.floor(longest / 3) + random(longest);
    if (isLayer) return 4 + random(rank === 1 ? 100 : 16);
    return 1 + random(random(2) === 0 ? 70 : 12);
  };
  const sizes = each(size);
  const kernel = each(() =>
    isSignal ? Math.floor(widest / 4) + random(widest) : random(2) === 0 || isLayer ? 3 : 1 + random(random(4) === 0 ? 20 : 7),
  );
  const rarely = (): number => (random(isLayer || isSignal ? 8 : 3) === 0 ? 1 + random(3) : 1);
  const dimensionNumbers = [layout(random, 'N', 'C', rank), layout(random, 'O', 'I', rank), layout(random, 'N', 'C', rank)];
  const place = (spec: string, first: number, second: number, spatial: readonly number[]): number[] =>
    [...spec].map((letter) => ('NO'.includes(letter) ? first : 'CI'.includes(letter) ? second : spatial[Number(letter)]));
  const dtype = (isLayer || isSignal) && random(4) > 0 ? COMMON[random(COMMON.length)] : DTYPE_NAMES[random(DTYPE_NAMES.length)];
  const operands = [
    { dtype, shape: place(dimensionNumbers[0], batch, features * featureGroups, sizes) },
    { dtype, shape: place(dimensionNumbers[1], columns * groups, features, kernel) },
  ];
  const padding = random(3) === 0 ? ['SAME', 'VALID'][random(2)] : each(() => 0).map(() => [random(9) - 2, random(9) - 2]);
  const preferredElementType = random(3) === 0 ? DTYPE_NAMES[random(DTYPE_NAMES.length)] : undefined;
  const options = {
    lhsDilation: typeof padding === 'string' ? undefined : each(rarely),
    rhsDilation: each(rarely),
    dimensionNumbers,
    featureGroupCount: featureGroups,
    batchGroupCount: batchGroups,
    precision: PRECISIONS[random(PRECISIONS.length)],
    preferredElementType,
  };
  const windowReversal = each(() => random(4)).map((die) => die === 0);
  try {
    const [problem] = resolve({ fn: 'lax.convGeneralDilated', operands, args: [each(rarely), padding, options] });
    if (problem === undefined) return undefined;
    const products = sizeOf(problem.out.shape) * features * sizeOf(kernel);
    return products > (isSignal ? 4 : 1) * MOST_PRODUCTS ? undefined : { ...problem, windowReversal };
  } catch (error) {
    if (isLaxconvError(error)) return undefined;
    throw error;
  }
}

/** The letters of a layout in any order; spatial dimensions are digits. */
function layout(random: Random, first: string, second: string, rank: number): string {
  const letters = [first, second, ...Array.from({ length: rank }, (_, d) => `${d}`)];
  for (let index = letters.length - 1; index > 0; index--) {
    const other = random(index + 1);
    [letters[index], letters[other]] = [letters[other], letters[index]];
  }
  return letters.join('');
}

function randomTensor({ dtype, shape }: { readonly dtype: DType; readonly shape: readonly number[] }, random: Random): Tensor {
  const data = allocate(dtype, sizeOf(shape));
  const elements = data as unknown as { [index: number]: number | bigint };
  for (let index = 0; index < data.length; index++) elements[index] = element(dtype, random);
  return { dtype, shape, data };
}

function element(dtype: DType, random: Random): number | bigint {
  const { kind } = DTYPES[dtype];
  if (kind === 'bool') return random(2);
  if (dtype === 'int64' || dtype === 'uint64') return (BigInt(random(2 ** 32)) << 32n) | BigInt(random(2 ** 32));
  // A typed array cuts integers to its width.
  if (kind === 'int' || kind === 'uint') return random(2 ** 32);
  const value = (random(2 ** 24) / 2 ** 23 - 1) * (random(50) === 0 ? 100 : 1);
  if (dtype === 'float16') return toFloat16Bits(value);
  return dtype === 'bfloat16' ? toBfloat16Bits(value) : value;
}
