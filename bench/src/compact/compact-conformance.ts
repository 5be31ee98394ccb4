/** A run of the suite in its compact form: columns instead of rows, and ids by their place among those that the page knows anyway. */
import type { RunResult, Status, TestResult } from '@laxconv/conformance';
import { rounded } from './digits.ts';

/** One entry for each test in every column, in the tests' order. */
export interface CompactConformance {
  readonly compact: 'conformance';
  readonly result: Omit<RunResult, 'tests'>;
  /** A test's id: so many places behind that of the test before; or the id itself where the page does not know it. */
  readonly ids: readonly (number | string)[];
  /** A letter each: see LETTERS; upper case where it is not as it should be. */
  readonly endings: string;
  readonly ms: readonly number[];
  readonly kernelNames: readonly string[];
  /** For each kernel that ran its place among `kernelNames`. */
  readonly kernels: readonly (readonly number[])[];
  /** And its largest error, all tests' one after the other. */
  readonly errors: readonly number[];
  /** What few tests have, by the place of the test. */
  readonly others: readonly (readonly [number, Others])[];
}

type Others = Partial<Pick<TestResult, 'message' | 'snippet' | 'replay'>> & {
  /** The place of the expectation among those of the result, or itself. */
  readonly expected?: number | TestResult['expected'];
};

const LETTERS: Readonly<Record<Status, string>> = { pass: 'p', fail: 'f', unsupported: 'u', timeout: 't', crash: 'c' };
const STATUSES: Readonly<Record<string, Status>> = Object.fromEntries(
  Object.entries(LETTERS).map(([status, letter]) => [letter, status as Status]),
);

/** Compacts a run. */
export function compactConformance({ tests, ...result }: RunResult, known: readonly string[]): CompactConformance {
  const places = new Map(known.map((id, place) => [id, place]));
  const kernelNames = [...new Set(tests.flatMap(({ kernels }) => kernels.map(({ kernel }) => kernel)))];
  const expectations = new Map(result.expectations.map((_, place) => [JSON.stringify(expectationAt(result, place)), place]));
  let last = 0;
  return {
    compact: 'conformance',
    result,
    ids: tests.map(({ id }) => {
      const place = places.get(id);
      if (place === undefined) return id;
      const step = place - last;
      last = place;
      return step;
    }),
    endings: tests.map(({ status, ok }) => (ok ? LETTERS[status] : LETTERS[status].toUpperCase())).join(''),
    ms: tests.map(({ ms }) => rounded(ms)),
    kernelNames,
    kernels: tests.map(({ kernels }) => kernels.map(({ kernel }) => kernelNames.indexOf(kernel))),
    errors: tests.flatMap(({ kernels }) => kernels.map(({ errorOverBound }) => rounded(errorOverBound))),
    others: tests.flatMap(({ message, snippet, replay, expected }, index) => {
      const others = {
        message,
        snippet,
        replay,
        expected: expected === undefined ? undefined : (expectations.get(JSON.stringify(expected)) ?? expected),
      };
      return Object.values(others).some((value) => value !== undefined) ? [[index, others] as const] : [];
    }),
  };
}

/** The run again. */
export function expandConformance(compact: CompactConformance, known: readonly string[]): unknown {
  const { result, ids, endings, ms, kernelNames, kernels, errors, others } = compact;
  const rest = new Map(others);
  let [last, error] = [0, 0];
  const tests = ids.map((step, index) => {
    const id = typeof step === 'string' ? step : known[(last += step)];
    const letter = endings[index];
    const { expected, ...texts } = rest.get(index) ?? {};
    return {
      id,
      status: STATUSES[letter.toLowerCase()],
      ok: letter === letter.toLowerCase(),
      ms: ms[index],
      ...texts,
      ...(expected === undefined ? {} : { expected: typeof expected === 'number' ? expectationAt(result, expected) : expected }),
      kernels: kernels[index].map((place) => ({ kernel: kernelNames[place], errorOverBound: errors[error++] })),
    };
  });
  return { ...result, tests };
}

function expectationAt({ expectations }: Pick<RunResult, 'expectations'>, place: number): TestResult['expected'] {
  const { matches: _, ...expectation } = expectations[place];
  return expectation;
}
