/** How much there is to run. */
import { openSuite, quickSubset, type ReadGolden } from '@laxconv/conformance';

/** How many tests the suite has, and how many of them the quick subset. */
export async function countTests(read: ReadGolden): Promise<{ readonly all: number; readonly quick: number }> {
  const { tests } = await openSuite(read);
  return { all: tests.length, quick: quickSubset(tests).length };
}
