/** Parameter blocks, and the division that shaders share, on a real adapter. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestGpu } from '../plan/test-gpu.test.fixture.ts';
import { DIVISION_WGSL, isOneIn, parameterBlock, parametersWgsl, pickWgsl, splitWgsl } from './parameters.wgsl.ts';

describe('parameter blocks', () => {
  test('are in the order of the struct', () => {
    expect(parametersWgsl(['a', 'b'], 2)).toContain('a: i32,\n  b: i32,\n}\n@group(0) @binding(2)');
    expect([...parameterBlock(['a', 'b'], { b: -2, a: 1, c: 3 })]).toEqual([1, -2]);
  });

  test.each([{}, { a: 0.5 }, { a: 2 ** 31 }, { a: Number.NaN }])('refuse %j', (values) => {
    expect(() => parameterBlock(['a'], values)).toThrow(RangeError);
  });
});

test('a value is picked by its index', () => {
  expect(pickWgsl('i', ['a', 'b', 'c'])).toBe('select(select(a, b, i == 1), c, i == 2)');
});

test('an index is taken apart into positions of the loops that are some, the outermost of which needs no division', () => {
  const parts = [['a', 'as'], ['b', 'bs'], ['c', 'cs'], ['d', 'ds']] as const; // prettier-ignore
  const divided = (name: string): string =>
    `let ${name}_split = split(rest, params.${name}s); let ${name} = ${name}_split.y; rest = ${name}_split.x;`;
  const text = (values: Record<string, number>): string[] => splitWgsl('rest', parts, '', isOneIn(values)).split('\n');
  expect(text({ as: 2, bs: 3, cs: 4, ds: 5 })).toEqual([divided('a'), divided('b'), divided('c'), 'let d = rest;']);
  expect(text({ as: 2, bs: 1, cs: 4, ds: 1 })).toEqual([divided('a'), 'let b = 0;', 'let c = rest;', 'let d = 0;']);
  expect(splitWgsl('rest', [['a', 'as'], ['b']], '')).toBe(`${divided('a')}\nlet b = rest;`);
  expect(text({ as: 1, bs: 1, cs: 1, ds: 1 })).toEqual(['let a = 0;', 'let b = 0;', 'let c = 0;', 'let d = 0;']);
});

describe('division', () => {
  let gpu: TestGpu;
  beforeAll(async () => {
    gpu = await TestGpu.open();
  });
  afterAll(() => gpu.close());

  test('is exact for all that a position can be', async () => {
    const interesting = [
      1,
      2,
      3,
      5,
      7,
      10,
      31,
      255,
      256,
      257,
      4095,
      65_535,
      65_537,
      1_000_003,
      2 ** 24 - 1,
      2 ** 24 + 1,
      2 ** 30 + 1,
      2 ** 31 - 1,
    ];
    const dividends = [0, ...interesting.flatMap((value) => [value, value - 1, ...interesting.map((other) => Math.trunc((2 ** 31 - 1) / other / value) * value)])]; // prettier-ignore
    const pairs = dividends.flatMap((a) => interesting.flatMap((b) => [a, b]));
    const code = `@group(0) @binding(0) var<storage, read> pairs: array<vec2i>;
@group(0) @binding(1) var<storage, read_write> result: array<vec2i>;
${DIVISION_WGSL}
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < ${pairs.length / 2}) { result[id.x] = split(pairs[id.x].x, pairs[id.x].y); }
}`;
    const candidate = {
      kernel: 'division',
      errorBound: { kind: 'exact' },
      cost: 0,
      compiling: 0,
      reason: 'a test',
      bind: ({ lhs, out }) => [
        { shader: { name: 'division', code }, buffers: [lhs, out], workgroups: [Math.ceil(pairs.length / 128), 1, 1] },
      ],
    } as const satisfies Parameters<TestGpu['run']>[0];
    const input = Int32Array.from(pairs);
    const got = await gpu.run(candidate, input, input, new Int32Array(pairs.length));
    const wrong = dividends.length * interesting.length;
    expect(wrong * 2).toBe(got.length);
    for (let at = 0; at < pairs.length; at += 2) {
      const [a, b] = [pairs[at], pairs[at + 1]];
      expect([a, b, got[at], got[at + 1]]).toEqual([a, b, Math.floor(a / b), a % b]);
    }
  });
});
