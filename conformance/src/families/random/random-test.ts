/**
 * Runs a property through fast-check as a conformance test: its seed comes from the run's and the test's id, a failure is shrunk and
 * shown with what is needed to see it again.
 */
import fc from 'fast-check';
import { seedOf } from '../../arbitraries/random.ts';
import { ConformanceFailure, type ConformanceTest, type FamilyName, type TestContext } from '../../suite/test.ts';
import { Lab } from './lab.ts';
import { snippetOf } from './snippet.ts';
import { messageOf } from '../../suite/message-of.ts';

/** A property of convolutions, for random values of one arbitrary. */
export interface RandomTest<T> {
  readonly family: FamilyName;
  /** What stands after the family in the id: `linearity/lhs:dtype=float32`. */
  readonly address: string;
  readonly about: string;
  readonly arbitrary: fc.Arbitrary<T>;
  /** Throws where it does not hold. */
  holds(lab: Lab, value: T): Promise<void>;
  /** The share of the run's random runs that this test makes; default 1. */
  readonly share?: number;
}

/** The conformance test that checks the property. */
export function randomTest<T>(property: RandomTest<T>): ConformanceTest {
  const id = `${property.family}:${property.address}`;
  return {
    id,
    family: property.family,
    about: property.about,
    explain: () => ({ property: property.about, examples: fc.sample(property.arbitrary, { numRuns: 3, seed: seedOf(0, id) }) }),
    run: (context) => run(id, property, context),
  };
}

async function run<T>(id: string, property: RandomTest<T>, context: TestContext): Promise<void> {
  const lab = new Lab(context);
  const seed = seedOf(context.seed, id);
  const numRuns = Math.max(1, Math.ceil(context.runs * (property.share ?? 1)));
  const holds = (value: T): Promise<void> => lab.allowRefusals(() => property.holds(lab, value));
  const details = await fc.check(fc.asyncProperty(property.arbitrary, holds), { seed, numRuns });
  if (details.failed) throw await failure(id, property, context, details);
  // All refused is a refusal; some refused is what a test of many problems is made for.
  if (lab.completed === 0 && lab.firstRefusal !== undefined) throw lab.firstRefusal;
}

async function failure<T>(id: string, property: RandomTest<T>, context: TestContext, details: fc.RunDetails<[T]>): Promise<Error> {
  const { seed, counterexamplePath, counterexample, numRuns, numShrinks, errorInstance } = details;
  if (counterexample === null || counterexamplePath === null) {
    return new ConformanceFailure(`${id}: fast-check stopped after ${numRuns} runs without a counterexample`, { cause: errorInstance });
  }
  const lab = new Lab(context);
  const again = await property.holds(lab, counterexample[0]).then(
    () => 'It held when the counterexample was run again: the result depends on what ran before.',
    (error: unknown) => messageOf(error),
  );
  const lines = [
    property.about,
    `does not hold: ${messageOf(errorInstance)}`,
    ...(again === messageOf(errorInstance) ? [] : [again]),
    `Found in run ${numRuns}, shrunk ${numShrinks} times; --seed ${context.seed} (of this test: ${seed}, path ${counterexamplePath}).`,
    `Counterexample: ${fc.stringify(counterexample[0])}`,
  ];
  return new ConformanceFailure(lines.join('\n'), {
    snippet: snippetOf(context.backend.name, lab.runs),
    replay: { seed, path: counterexamplePath },
    cause: errorInstance,
  });
}
