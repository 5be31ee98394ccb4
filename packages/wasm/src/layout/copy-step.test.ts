/** Strided copies against a plain loop: any axes, any padding, every width, on both builds. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ISAS, TestMachine } from '../machine.test.fixture.ts';
import { joinedAxes, plainAxis, type CopyAxis } from './axis.ts';
import { copyStep, fillStep } from './copy-step.ts';

interface CopyCase {
  /** From the innermost axis of the target outwards. */
  readonly axes: readonly { readonly size: number; readonly low: number; readonly high: number }[];
  /** The order of the axes in the source. */
  readonly order: readonly number[];
  readonly gap: number;
}

const cases: fc.Arbitrary<CopyCase> = fc.integer({ min: 1, max: 5 }).chain((rank) =>
  fc.record({
    axes: fc.array(
      fc.record({
        size: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 6, max: 21 })),
        low: fc.constantFrom(0, 0, 0, 1, 3, 20),
        high: fc.constantFrom(0, 0, 2),
      }),
      { minLength: rank, maxLength: rank },
    ),
    order: fc.shuffledSubarray([0, 1, 2, 3, 4].slice(0, rank), { minLength: rank }),
    gap: fc.constantFrom(0, 0, 1, 2),
  }),
);

function axesOf({ axes, order, gap }: CopyCase): { axes: CopyAxis[]; source: number; target: number } {
  let target = 1;
  const targets = axes.map(({ size, low, high }) => {
    const stride = target;
    target *= size + low + high;
    return stride;
  });
  let source = 1 + gap;
  const sources: number[] = [];
  for (const index of order) {
    sources[index] = source;
    source *= axes[index].size;
  }
  return {
    axes: axes.map(({ size, low, high }, index) => ({
      count: size + low + high,
      low,
      size,
      source: sources[index],
      target: targets[index],
    })),
    source,
    target,
  };
}

/** From place to place: the source's element that each element of the target gets; −1 for zeros. */
function copied(axes: readonly CopyAxis[], size: number): number[] {
  const from = new Array<number>(size).fill(-2);
  const visit = (index: number, at: number, source: number): void => {
    if (index === axes.length) {
      from[at] = source;
      return;
    }
    const axis = axes[index];
    for (let place = 0; place < axis.count; place++) {
      const isInside = place >= axis.low && place < axis.low + axis.size && source >= 0;
      visit(index + 1, at + place * axis.target, isInside ? source + (place - axis.low) * axis.source : -1);
    }
  };
  visit(0, 0, 0);
  return from;
}

const small = ({ axes }: CopyCase): boolean => axes.reduce((product, { size, low, high }) => product * (size + low + high), 1) < 20_000;

test('joined axes copy the same', () => {
  fc.assert(
    fc.property(cases.filter(small), (each) => {
      const { axes, target } = axesOf(each);
      expect(copied(joinedAxes(axes), target)).toEqual(copied(axes, target));
    }),
    { numRuns: 300 },
  );
});

test('what lies in one run is one axis', () => {
  expect(joinedAxes([plainAxis(4, 15, 15), plainAxis(3, 5, 5), plainAxis(5, 1, 1)])).toEqual([plainAxis(60, 1, 1)]);
  const padded = { count: 6, low: 1, size: 4, source: 5, target: 5 };
  expect(joinedAxes([padded, plainAxis(5, 1, 1)])).toEqual([{ count: 30, low: 5, size: 20, source: 1, target: 1 }]);
});

describe.each(ISAS)('%s', (isa) => {
  test.each([2, 4, 8])('copies elements of %s bytes', async (bytes) => {
    const tester = await TestMachine.of(isa);
    fc.assert(
      fc.property(cases.filter(small), (each) => {
        const { axes, source, target } = axesOf(each);
        // Every element is its own number, plus 1, in each of its 16-bit parts.
        const parts = bytes / 2;
        const from = Uint16Array.from({ length: source * parts }, (_, index) => Math.floor(index / parts) + 1);
        const sourceAt = tester.place(from);
        const targetAt = tester.memory.allocate(target * bytes);
        tester.machine.heap.bytes.fill(0xee, targetAt, targetAt + target * bytes);
        tester.run(copyStep(tester.memory, bytes, axes, sourceAt, targetAt));
        const got = tester.read(Uint16Array, targetAt, target * parts);
        const want = copied(axes, target).flatMap((element) => new Array<number>(parts).fill((element + 1) & 0xffff));
        expect(Array.from(got)).toEqual(want);
        tester.memory.free();
      }),
      { numRuns: 200 },
    );
  });

  test('moves pairs as one wider element', async () => {
    const tester = await TestMachine.of(isa);
    const pairs = [plainAxis(3, 2, 10), plainAxis(5, 6, 2), plainAxis(2, 1, 1)];
    const source = tester.place(Float64Array.from({ length: 30 }, (_, index) => index));
    const target = tester.memory.allocate(30 * 8);
    const step = copyStep(tester.memory, 8, pairs, source, target);
    tester.run(step);
    expect(step.kernel).toBe('copy128');
    expect(Array.from(tester.read(Float64Array, target, 30))).toEqual(copied(pairs, 30));
  });

  test('fills with zeros', async () => {
    const tester = await TestMachine.of(isa);
    const at = tester.place(new Uint8Array(40).fill(7));
    tester.run(fillStep(tester.memory, at + 3, 30));
    expect(Array.from(tester.read(Uint8Array, at, 40))).toEqual([7, 7, 7, ...new Array<number>(30).fill(0), 7, 7, 7, 7, 7, 7, 7]);
  });
});
