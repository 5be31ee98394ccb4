import { describe, expect, test } from 'vitest';
import { ruleOf } from '../rule-of.test.fixture.ts';
import { tensor } from '../tensor/create.ts';
import type { AnyTensor, DeviceTensor } from '../tensor/tensor.ts';
import { checkOperand, checkOut } from './check-operand.ts';

const spec = { shape: [1, 2, 3], dtype: 'float32' } as const;
const fits = tensor(new Float32Array(6), [6]);

describe('checkOperand', () => {
  const check = (operand: AnyTensor | DeviceTensor) => ruleOf(() => checkOperand('run', 'lhs', operand, spec));

  test('the label is free', () => {
    expect(check(fits)).toBeUndefined();
    expect(check(tensor(new Float32Array(new SharedArrayBuffer(28), 4), [3, 2]))).toBeUndefined();
    expect(check({ dtype: 'float32', shape: [6], device: { owner: {}, read: () => Promise.resolve(fits), free() {} } })).toBeUndefined();
  });

  test('dtype, count, class and length are not', () => {
    const gone = new Float32Array(6);
    gone.buffer.transfer();
    expect(check(tensor(new Int32Array(6)))).toBe('operand/dtype');
    expect(check(tensor(new Float32Array(5)))).toBe('operand/shape');
    expect(check({ ...spec, data: new Float32Array(5) })).toBe('tensor/length');
    expect(check({ ...spec, data: new Float64Array(6) as unknown as Float32Array<ArrayBuffer> })).toBe('tensor/data-class');
    expect(check({ ...spec, data: gone })).toBe('tensor/detached');
  });
});

describe('checkOut', () => {
  const bytes = new ArrayBuffer(64);
  const check = (out: AnyTensor, operands = {}) => ruleOf(() => checkOut('run', out, spec, operands));

  test('needs the result’s dtype and size', () => {
    expect(check(fits)).toBeUndefined();
    expect(check(tensor(new Float64Array(6)))).toBe('tensor/out');
    expect(check(tensor(new Float32Array(7)))).toBe('tensor/out');
    expect(check({ ...spec, data: new Float32Array(3) })).toBe('tensor/length');
  });

  test('lies in host memory', () => {
    const device = { owner: {}, read: () => Promise.resolve(fits), free() {} };
    expect(check({ dtype: 'float32', shape: [1, 2, 3], device } as unknown as AnyTensor)).toBe('tensor/foreign');
  });

  test('may share a buffer with an operand, but no byte', () => {
    const out = tensor(new Float32Array(bytes, 0, 6));
    const at = (offset: number) => ({ lhs: fits, rhs: tensor(new Uint8Array(bytes, offset, 8)) });
    expect(check(out, at(24))).toBeUndefined();
    expect(check(out, at(23))).toBe('tensor/out-overlap');
    expect(check(out, { lhs: out })).toBe('tensor/out-overlap');
  });
});
