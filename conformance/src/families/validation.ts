/** The validation family: a call that JAX refuses is refused, with the class of the rule it breaks, before any backend sees it. */
import { isLaxconvError, isUnsupportedProblem, RULES, type LaxconvError } from '@laxconv/api';
import type { GoldenCase } from '../goldens/golden-case.ts';
import type { Goldens } from '../goldens/goldens.ts';
import { ConformanceFailure, type ConformanceTest, type TestContext } from '../suite/test.ts';
import { explainGolden } from './golden.ts';
import { callFunction } from './public-function.ts';
import { record } from './recording.ts';

type Refusal = Extract<GoldenCase['outcome'], { kind: 'error' }>;

/** The tests of all recorded refusals. */
export function validationTests(goldens: Goldens): ConformanceTest[] {
  return goldens.cases.flatMap((golden) => {
    const { outcome } = golden;
    if (outcome.kind !== 'error') return [];
    return {
      id: golden.id,
      family: 'validation' as const,
      about: golden.about,
      explain: () => explainGolden(golden),
      run: (context: TestContext) => run(goldens, golden, outcome, context),
    };
  });
}

async function run(goldens: Goldens, golden: GoldenCase, outcome: Refusal, context: TestContext): Promise<void> {
  const { fn, args } = golden.call;
  const operands = await goldens.operands(golden);
  const { backend, prepared } = record(context.backend);
  const isPullback = fn.endsWith('Vjp');
  // The third operand of a pullback's golden is the cotangent.
  const error = await refusalOf(() =>
    isPullback
      ? callFunction(backend, fn, [...operands.slice(0, 2), ...args], (result) => (result as [unknown, Pullback])[1](operands[2]))
      : callFunction(backend, fn, [...operands, ...args]),
  );
  // A backend that does not run the function itself never comes to see the cotangent.
  if (isPullback && isUnsupportedProblem(error)) throw error;
  const { jaxError } = RULES[outcome.rule];
  if (jaxError !== outcome.jaxError && outcome.difference === undefined) {
    throw new ConformanceFailure(
      `rule ${outcome.rule} raises ${jaxError}, JAX raised ${outcome.jaxError}, and no difference is documented`,
    );
  }
  const says = `${error.jaxError} of rule ${error.rule} (${error.message})`;
  if (error.rule !== outcome.rule)
    throw new ConformanceFailure(`refused with ${says}, JAX breaks it off at ${outcome.rule} (${outcome.jaxMessage})`);
  if (error.jaxError !== jaxError) throw new ConformanceFailure(`refused with ${says}, expected ${jaxError}`);
  if (error.argument === '' || error.op === '') throw new ConformanceFailure(`refused with ${says}, which names no argument`);
  const unsaid = Object.entries(error.values).find(([, value]) => !isSaid(value, error.message));
  if (unsaid !== undefined)
    throw new ConformanceFailure(`refused with ${says}, which does not say that ${unsaid[0]} is ${String(unsaid[1])}`);
  // A cotangent is seen only after the function itself has run.
  if (prepared() > 0 && !isPullback) throw new ConformanceFailure(`refused with ${says}, but only after a backend was asked`);
}

type Pullback = (cotangent: unknown) => Promise<unknown>;

async function refusalOf(call: () => Promise<unknown>): Promise<LaxconvError> {
  try {
    await call();
  } catch (error) {
    if (isLaxconvError(error)) return error;
    throw new ConformanceFailure(`refused with an error that is no LaxconvError: ${String(error)}`, { cause: error });
  }
  throw new ConformanceFailure('accepted, but JAX refuses it');
}

/** Whether a sentence has a value in it; of lists, every number. What is neither number, string nor list has no fixed form. */
function isSaid(value: unknown, message: string, depth = 0): boolean {
  if (typeof value === 'number' || typeof value === 'bigint') return message.includes(String(value));
  if (typeof value === 'string') return value.length > 60 || message.includes(value);
  // Long and deep lists are abbreviated.
  return !Array.isArray(value) || value.length > 8 || depth > 1 || value.every((item) => isSaid(item, message, depth + 1));
}
