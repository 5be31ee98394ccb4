/**
 * Every argument of every public function, and every part of it, of every wrong kind: a typed error or an answer, never another error, and
 * never silence where something was meant.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { laxconvOn, resolve, type Instance } from '@laxconv/api';
import { createBackend as createNaive } from '@laxconv/naive';
import { createBackend as createWasm } from '@laxconv/wasm';
import { convert, disposeTensor, isLaxconvError, isUnsupportedProblem, laxconv, tensor, toHost, toNested, toNumbers } from './index.ts';

const KINDS: readonly unknown[] = [undefined, null, 0, 'x', {}, [], () => 1, Symbol('any'), 1n, NaN, true];

type Call = readonly [name: string, call: (...args: never[]) => unknown, args: readonly unknown[]];

const x = tensor([[[1, 2, 3]]]);
const w = tensor([[[1, 10]]]);
const [a, v, m] = [tensor([1, 2, 3]), tensor([1, 10]), tensor([[1, 2]])];
const SAME = [1, 1] as const;
const element = { precision: 'high', preferredElementType: 'float32' };
const spatial = { lhsDilation: [1], rhsDilation: [1], dimensionNumbers: ['NCW', 'OIW', 'NCW'] };
const general = { ...spatial, ...element, featureGroupCount: 1, batchGroupCount: 1 };
const transposed = {
  rhsDilation: [1],
  dimensionNumbers: ['NCW', 'IOW', 'NCW'],
  transposeKernel: false,
  useConsistentPadding: false,
  ...element,
};

/** A right call of each function; what is left out and what is there shows by the errors. */
function callsOf({ lax, numpy, scipy, backend }: Instance): Call[] {
  const { signal } = scipy;
  const calls: readonly (readonly [string, unknown, readonly unknown[]])[] = [
    ['lax.conv', lax.conv, [x, w, [1], [SAME], element]],
    ['lax.convWithGeneralPadding', lax.convWithGeneralPadding, [x, w, [1], [SAME], [1], [1], element]],
    ['lax.convGeneralDilated', lax.convGeneralDilated, [x, w, [1], [SAME], general]],
    ['lax.convTranspose', lax.convTranspose, [x, w, [1], [SAME], transposed]],
    ['lax.convGeneralDilatedPatches', lax.convGeneralDilatedPatches, [x, [2], [1], [SAME], { ...spatial, ...element }]],
    [
      'lax.convGeneralDilatedLocal',
      lax.convGeneralDilatedLocal,
      [x, tensor([[[1]]]), [1], [[-1, -1]], [1], { ...spatial, precision: 'high' }],
    ],
    ['lax.convGeneralDilatedVjp', lax.convGeneralDilatedVjp, [x, w, [1], [SAME], general]],
    ['lax.convTransposeVjp', lax.convTransposeVjp, [x, w, [1], [SAME], transposed]],
    ['lax.prepareConvTranspose', lax.prepareConvTranspose, [x, w, [1], [SAME], transposed]],
    ['lax.prepareConvGeneralDilated', lax.prepareConvGeneralDilated, [x, w, [1], [SAME], general]],
    [
      'lax.convDimensionNumbers',
      lax.convDimensionNumbers,
      [
        [1, 1, 3],
        [1, 1, 2],
        ['NCW', 'OIW', 'NCW'],
      ],
    ],
    ['numpy.convolve', numpy.convolve, [a, v, 'full', element]],
    ['numpy.correlate', numpy.correlate, [a, v, 'full', element]],
    ['scipy.signal.convolve', signal.convolve, [a, v, 'full', 'direct', { precision: 'high' }]],
    ['scipy.signal.correlate', signal.correlate, [a, v, 'full', 'direct', { precision: 'high' }]],
    ['scipy.signal.convolve2d', signal.convolve2d, [m, m, 'full', 'fill', 0, { precision: 'high' }]],
    ['scipy.signal.correlate2d', signal.correlate2d, [m, m, 'full', 'fill', 0, { precision: 'high' }]],
    ['scipy.signal.fftconvolve', signal.fftconvolve, [a, v, 'full', { axes: [0] }]],
    ['backend.explain', backend.explain, ['lax.conv', x, w, [1], [SAME], element]],
    ['backend.toDevice', backend.toDevice, [x]],
    ['laxconv', laxconv, [{ backend: 'naive', wasm: { threads: 1 }, webgpu: {} }]],
    ['laxconvOn', laxconvOn, [naive, { rejected: [], owned: [] }]],
    ['resolve', resolve, [{ fn: 'lax.conv', operands: [x, w], args: [[1], [SAME], element] }]],
    ['tensor', tensor, [[[1, 2]], [1, 2], 'int8']],
    ['tensor of an array', tensor, [new Int8Array(2), [1, 2], 'int8']],
    ['convert', convert, [x, 'int8']],
    ['toNumbers', toNumbers, [x]],
    ['toNested', toNested, [x]],
    ['toHost', toHost, [x]],
    ['disposeTensor', disposeTensor, [x]],
  ];
  return calls as unknown as Call[];
}

/** The calls of what is made by a call. */
async function laterCallsOf({ lax }: Instance): Promise<Call[]> {
  const prepared = await lax.prepareConvGeneralDilated(x, w, [1], [SAME]);
  const out = tensor(new Float32Array(4), [1, 1, 4]);
  const [y, pullback] = await lax.convGeneralDilatedVjp(x, w, [1], [SAME]);
  return [
    ['PreparedConv.run', prepared.run, [x, { out }]],
    ['PreparedConv.runSync', prepared.runSync, [x, { out }]],
    ['pullback', pullback, [y, { lhs: true, rhs: false }]],
  ] as unknown as Call[];
}

/** The calls of a backend that is asked directly. */
async function callsOfBackend(create: typeof createNaive): Promise<Call[]> {
  const backend = await create();
  const [problem] = resolve({ fn: 'lax.conv', operands: [x, w], args: [[1], [SAME]] });
  const plan = await backend.prepare(problem);
  const bound = await plan.bindRhs(w);
  const out = tensor(new Float32Array(4), [1, 1, 4]);
  return [
    [`${backend.name}: bindRhs`, (...args: [typeof w]) => plan.bindRhs(...args), [w]],
    [`${backend.name}: run`, (...args: [typeof x]) => bound.run(...args), [x, { out }]],
    [`${backend.name}: runSync`, (...args: [typeof x]) => bound.runSync?.(...args), [x, { out }]],
  ] as unknown as Call[];
}

const naive = await createNaive();
const instance = await laxconv({ backend: ['wasm', 'naive'], wasm: { threads: 1 } });
afterAll(() => instance.dispose());
const CALLS: readonly Call[] = [
  ...callsOf(instance),
  ...(await laterCallsOf(instance)),
  ...(await callsOfBackend(createNaive)),
  ...(await callsOfBackend(() => createWasm({ threads: 1 }))),
];

/** Where the parts of the arguments are: arguments by position, and what plain objects and lists hold. */
function placesIn(value: unknown, place: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  const isPlain =
    typeof value === 'object' && value !== null && [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value) as object);
  const within = isPlain ? Object.entries(value).flatMap(([name, part]) => placesIn(part, [...place, name])) : [];
  return place.length === 0 ? within : [place, ...within];
}

/** `value` with `part` at `place`. */
function withPart(value: unknown, [first, ...rest]: readonly (string | number)[], part: unknown): unknown {
  if (first === undefined) return part;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[first] = withPart(copy[first], rest, part);
  return copy;
}

async function outcomeOf(call: () => unknown): Promise<{ error: unknown } | { result: unknown }> {
  try {
    return { result: await call() };
  } catch (error) {
    return { error };
  }
}

describe.each(CALLS)('%s', (name, call, args) => {
  const given = call as (...args: unknown[]) => unknown;

  test('is right as it stands', async () => {
    const outcome = await outcomeOf(() => given(...args));
    if (name === 'backend.toDevice') expect(outcome).toMatchObject({ error: { rule: 'backend/no-device' } });
    else expect(outcome).not.toHaveProperty('error');
  });

  test('refuses wrong kinds of each argument and each part of it, or takes them', async () => {
    const wrong: string[] = [];
    for (const place of placesIn(args)) {
      for (const kind of KINDS) {
        const outcome = await outcomeOf(() => given(...(withPart(args, place, kind) as unknown[])));
        if (!('error' in outcome)) continue;
        const { error } = outcome;
        // Nothing here has getters: what cannot be read, our own code stumbled over.
        if (isLaxconvError(error) && error.rule !== 'call/unreadable' && error.rule !== 'backend/failed') continue;
        wrong.push(`${place.join('.')} = ${String(kind)}: ${String(error)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  // A call as in Python has no more arguments than there are; what is no such call is JavaScript's, which passes them over.
  if (!/^(?:lax\.|numpy|scipy)/.test(name)) return;
  test('refuses one argument more', async () => {
    for (const kind of KINDS.slice(1))
      await expect(outcomeOf(() => given(...args, {}, kind))).resolves.toMatchObject({ error: { rule: 'call/arity' } });
  });
});

test.each([isLaxconvError, isUnsupportedProblem])('%o is false for any of them', (is) => {
  expect(KINDS.map((kind) => is(kind))).toEqual(KINDS.map(() => false));
});
