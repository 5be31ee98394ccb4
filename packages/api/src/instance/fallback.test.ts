/** Lists of backends: tried in order for each problem; refusals go on, nothing else does. */
import { describe, expect, test } from 'vitest';
import { ruleOf, ruleOfPromise } from '../rule-of.test.fixture.ts';
import { refuse } from '../errors.ts';
import { tensor } from '../tensor/create.ts';
import { FakeBackend } from './fake-backend.test.fixture.ts';
import { laxconvOn } from './instance.ts';

const x = tensor([[[1, 2, 3]]]);
const w = tensor([[[1, 1]]]);
const refusing = (name: string) => new FakeBackend({ name, refuses: () => `${name} cannot` });

describe('a list of backends', () => {
  test('the first that takes the problem runs it', async () => {
    const [first, second, third] = [refusing('a'), new FakeBackend({ name: 'b' }), new FakeBackend({ name: 'c' })];
    const { lax, backend } = laxconvOn([first, second, third]);
    expect((await lax.conv(x, w, [1], 'VALID')).data).toEqual(new Float32Array([3, 5]));
    expect([first.log, second.log, third.log]).toEqual([['prepare'], ['prepare', 'bindRhs', 'run', 'unbind'], []]);
    expect(backend.name).toBe('a+b+c');
    expect(backend.info).toBe(first.info);
  });

  test('each problem finds its own', async () => {
    const half = new FakeBackend({ name: 'half', refuses: ({ out }) => (out.shape.length === 2 ? 'no 2-D' : undefined) });
    const rest = new FakeBackend({ name: 'rest' });
    const explained = await laxconvOn([half, rest]).backend.explain(
      'lax.convGeneralDilatedLocal',
      { shape: [1, 1, 3], dtype: 'float32' },
      { shape: [1, 2, 2], dtype: 'float32' },
      [1],
      'VALID',
      [2],
    );
    expect(explained.map(({ backend }) => backend)).toEqual(['half', 'rest']);
  });

  test('when all refuse, the last refusal carries the others', async () => {
    const fail = (...names: string[]) => laxconvOn(names.map(refusing)).lax.conv(x, w, [1], 'VALID');
    await expect(fail('a')).rejects.toMatchObject({ backend: 'a', reason: 'a cannot' });
    await expect(fail('a', 'b')).rejects.toMatchObject({ backend: 'b', rule: 'backend/unsupported', cause: { backend: 'a' } });
    await expect(fail('a', 'b', 'c')).rejects.toMatchObject({ backend: 'c', cause: { errors: [{ backend: 'a' }, { backend: 'b' }] } });
  });

  test('a wrong call reaches no backend', async () => {
    const backends = [new FakeBackend(), new FakeBackend()];
    const { lax, backend } = laxconvOn(backends);
    await expect(ruleOfPromise(lax.conv(x, w, [0], 'VALID'))).resolves.toBe('window-strides/positive');
    await expect(ruleOfPromise(backend.explain('lax.conv', x, w, [1], 'FULL'))).resolves.toBe('padding/string');
    expect(backends.map(({ log }) => log)).toEqual([[], []]);
  });

  test('a device that is lost is like a refusal, at any step', async () => {
    for (const lostAt of ['prepare', 'bindRhs', 'run']) {
      const lost = new FakeBackend({
        at: (step) => {
          if (step === lostAt) throw refuse('backend/lost', 'the device was lost', { op: step, argument: 'this' });
        },
      });
      const y = await laxconvOn([lost, new FakeBackend()]).lax.conv(x, w, [1], 'VALID');
      expect(y.data).toEqual(new Float32Array([3, 5]));
      await expect(ruleOfPromise(laxconvOn(lost).lax.conv(x, w, [1], 'VALID'))).resolves.toBe('backend/lost');
    }
  });

  test('a failure is no refusal', async () => {
    const broken = new FakeBackend({
      at: (step) => {
        if (step === 'run') throw new Error('lost');
      },
    });
    const other = new FakeBackend();
    await expect(laxconvOn([broken, other]).lax.conv(x, w, [1], 'VALID')).rejects.toThrow('lost');
    expect(other.log).toEqual([]);
    expect(broken.count('unbind')).toBe(1);
  });

  test('must hold backends', () => {
    for (const value of [[], null, undefined, 'naive', {}, [new FakeBackend(), 'naive']]) {
      expect(ruleOf(() => laxconvOn(value as FakeBackend[]))).toBe('backend/unknown');
    }
  });
});

describe('explain', () => {
  const { backend } = laxconvOn([refusing('a'), new FakeBackend({ name: 'b' })]);
  const spec = { shape: [1, 1, 3], dtype: 'int8' } as const;

  test('says per problem who runs it, how and why, without data', async () => {
    const [{ problem, ...explanation }, ...more] = await backend.explain('lax.conv', spec, spec, [1], 'VALID');
    expect(explanation).toEqual({ backend: 'b', kernel: 'int8-fake', reasons: ['backend a: a cannot', 'b takes everything'] });
    expect(problem?.out).toEqual({ shape: [1, 1, 1], dtype: 'int8' });
    expect(more).toEqual([]);
  });

  test('of nothing to compute', async () => {
    await expect(backend.explain('lax.conv', { shape: [0, 1, 3], dtype: 'int8' }, spec, [1], 'VALID')).resolves.toEqual([
      { backend: 'api', kernel: 'empty', problem: null, reasons: ['the result is empty or all zeros'] },
    ]);
  });

  test('of a gradient: the call and both cotangents', async () => {
    const float = { ...spec, dtype: 'float32' } as const;
    expect(await backend.explain('lax.convGeneralDilatedVjp', float, float, [1], 'SAME')).toHaveLength(3);
    expect(await backend.explain('lax.convGeneralDilatedVjp', spec, spec, [1], 'SAME')).toHaveLength(1);
  });

  test('rejects where all refuse, and unknown functions', async () => {
    await expect(laxconvOn(refusing('a')).backend.explain('lax.conv', spec, spec, [1], 'VALID')).rejects.toMatchObject({ backend: 'a' });
    for (const fn of ['conv', 'toString', null]) {
      await expect(ruleOfPromise(backend.explain(fn as 'lax.conv', spec, spec))).resolves.toBe('call/function');
    }
  });
});
