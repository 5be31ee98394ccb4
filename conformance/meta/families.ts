/** The families' tests on the goldens of this repository, by dtype: what a broken backend is held to. */
import type { DType } from '@laxconv/api/backend';
import { contractTests } from '../src/families/contract/index.ts';
import { differentialTests } from '../src/families/differential/index.ts';
import { goldenTests } from '../src/families/golden.ts';
import { propertyTests } from '../src/families/property/index.ts';
import type { GoldenCase } from '../src/goldens/golden-case.ts';
import { openGoldens, type Goldens } from '../src/goldens/goldens.ts';
import { goldensReader } from '../src/suite/goldens-folder.ts';
import type { ConformanceTest, FamilyName } from '../src/suite/test.ts';

/** The goldens, opened once. */
export const GOLDENS: Goldens = await openGoldens(await goldensReader(undefined));

/** Larger operands belong to the notebook's pictures; small cases find every mistake sooner. */
const LARGEST_OPERAND = 10_000;

const CASES = new Map(GOLDENS.cases.map((golden) => [golden.id, golden]));

function operandsAre(golden: GoldenCase | undefined, test: (dtype: DType, size: number) => boolean): boolean {
  return (golden?.call.operands ?? []).every(
    (operand) =>
      'json' in operand ||
      test(
        operand.dtype,
        operand.shape.reduce((product, size) => product * size, 1),
      ),
  );
}

const TESTS: Readonly<Record<'golden' | 'property' | 'differential' | 'contract', readonly ConformanceTest[]>> = {
  golden: goldenTests(GOLDENS).filter(({ id }) => operandsAre(CASES.get(id), (_, size) => size <= LARGEST_OPERAND)),
  property: propertyTests(),
  differential: differentialTests(),
  contract: contractTests(),
};

/** The tests of a family whose operands have one of these dtypes; all of them where none is given. */
export function testsOf(family: FamilyName, dtypes?: readonly DType[]): readonly ConformanceTest[] {
  if (family === 'validation' || family === 'gradient') return [];
  const tests = TESTS[family];
  if (dtypes === undefined) return tests;
  if (family === 'golden') return tests.filter(({ id }) => operandsAre(CASES.get(id), (dtype) => dtypes.includes(dtype)));
  return tests.filter(({ id }) => dtypes.some((dtype) => new RegExp(`dtype=${dtype}(,|$)`).test(id)));
}
