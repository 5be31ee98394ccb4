/** The families' tests on the goldens of this repository, by dtype: what a broken backend is held to. */
import { DTYPE_NAMES, sizeOf, type DType } from '@laxconv/api/backend';
import { contractTests } from '../src/families/contract/index.ts';
import { differentialTests } from '../src/families/differential/index.ts';
import { goldenTests } from '../src/families/golden.ts';
import { propertyTests } from '../src/families/property/index.ts';
import type { GoldenCase } from '../src/goldens/golden-case.ts';
import { openGoldens, type Goldens } from '../src/goldens/goldens.ts';
import { goldensReader } from '../src/suite/goldens-folder.ts';
import type { ConformanceTest } from '../src/suite/test.ts';

/** The goldens, opened once. */
let opened: Promise<Goldens> | undefined;

export function goldens(): Promise<Goldens> {
  opened ??= goldensReader(undefined).then(openGoldens);
  return opened;
}

/** Larger operands belong to the notebook's pictures; small cases find every mistake sooner. */
const LARGEST_OPERAND = 10_000;

function operandsAre(golden: GoldenCase, test: (dtype: DType, size: number) => boolean): boolean {
  return golden.call.operands.every((operand) => 'json' in operand || test(operand.dtype, sizeOf(operand.shape)));
}

let tests: Promise<readonly ConformanceTest[]> | undefined;

async function smallGoldenTests(dtypes: readonly DType[]): Promise<readonly ConformanceTest[]> {
  const all = await goldens();
  tests ??= Promise.resolve(goldenTests(all));
  const fits = (dtype: DType, size: number): boolean => dtypes.includes(dtype) && size <= LARGEST_OPERAND;
  const ids = new Set(all.cases.filter((golden) => operandsAre(golden, fits)).map(({ id }) => id));
  return (await tests).filter(({ id }) => ids.has(id));
}

const TESTS = { property: propertyTests(), differential: differentialTests(), contract: contractTests() };

/** The tests of a family on operands of these dtypes; by default of all. */
export async function testsOf(
  family: keyof typeof TESTS | 'golden',
  dtypes: readonly DType[] = DTYPE_NAMES,
): Promise<readonly ConformanceTest[]> {
  if (family === 'golden') return smallGoldenTests(dtypes);
  return TESTS[family].filter(({ id }) => dtypes.some((dtype) => new RegExp(`dtype=${dtype}(,|$)`).test(id)));
}
