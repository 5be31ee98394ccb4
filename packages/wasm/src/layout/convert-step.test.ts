/** Conversions on both builds against the api's own, over every dtype that a problem may have. */
import { DTYPE_NAMES, DTYPES, elementConverter, elementReader, toBfloat16Bits, toFloat16Bits, type DType } from '@laxconv/api/backend';
import { describe, expect, test } from 'vitest';
import { conversionFrom, conversionTo, type Arithmetic } from '../lower/arithmetic.ts';
import { ISAS, TestMachine } from '../machine.test.fixture.ts';
import { convertStep } from './copy-step.ts';

const OPERAND: Readonly<Record<Arithmetic, DType>> = { f32: 'float32', f64: 'float64', i16: 'int16', i32: 'int32', i64: 'int64' };
const TO: readonly (readonly [DType, Arithmetic])[] = DTYPE_NAMES.flatMap((dtype) => {
  const { kind, itemsize } = DTYPES[dtype];
  if (kind === 'complex') return [];
  if (kind === 'float') return [[dtype, 'f32'] as const, [dtype, 'f64'] as const].filter(([, to]) => to === 'f64' || itemsize <= 4);
  const integers: readonly Arithmetic[] =
    itemsize < 2 || dtype === 'int16' ? ['i16', 'i32', 'i64'] : itemsize < 8 ? ['i32', 'i64'] : ['i64'];
  return [...integers, 'f32' as const, 'f64' as const].filter((to) => !(itemsize === 8 && to === 'f32')).map((to) => [dtype, to] as const);
});

type Elements = { [index: number]: number | bigint; readonly length: number };

/** Every pattern of 16 bits, over and over, in elements of `dtype`: more than one unit of work, and a rest that fills no vector. */
function patterns(dtype: DType): Elements & ArrayBufferView {
  const { array } = DTYPES[dtype];
  const words = new Uint16Array(Math.ceil((65_536 + 7) / 8) * 8);
  words.forEach((_, index) => (words[index] = (index * 40_503) & 0xffff));
  const length = Math.min(9001, Math.floor(words.byteLength / array.BYTES_PER_ELEMENT) - 1);
  const elements = new array(words.buffer, 0, dtype.includes('float16') ? 65_536 : length) as unknown as Elements & ArrayBufferView;
  if (dtype === 'bool') for (let index = 0; index < elements.length; index++) elements[index] = index % 3 === 0 ? 0 : 1;
  return elements;
}

describe.each(ISAS)('%s', (isa) => {
  test.each(TO)('%s to the arithmetic %s', async (dtype, arithmetic) => {
    const kernel = conversionTo(dtype, arithmetic);
    const tester = await TestMachine.of(isa);
    const source = patterns(dtype);
    const info = DTYPES[OPERAND[arithmetic]];
    const convert = elementConverter(dtype, OPERAND[arithmetic]);
    const read = elementReader(dtype);
    const want = new info.array(source.length) as unknown as Elements;
    for (let index = 0; index < source.length; index++) want[index] = convert(read(source, index));
    if (kernel === null) {
      // The bits are the same already.
      expect(info.itemsize).toBe(DTYPES[dtype].itemsize);
      return;
    }
    const target = tester.memory.allocate(source.length * info.itemsize);
    tester.run(convertStep(tester.memory, kernel, source.length, tester.place(source), target));
    expect(tester.read(info.array as never, target, source.length)).toEqual(want);
  });

  test.each(['int8', 'uint8', 'int16', 'uint16', 'bool'] as const)('sums in 32 bits to %s', async (dtype) => {
    const tester = await TestMachine.of(isa);
    const sums = Int32Array.from({ length: 9001 }, (_, index) => (index % 5 === 0 ? 0 : Math.imul(index, 0x9e3779b1)));
    const { array } = DTYPES[dtype];
    const target = tester.memory.allocate(sums.length * array.BYTES_PER_ELEMENT);
    tester.run(convertStep(tester.memory, conversionFrom('i32', dtype) ?? '', sums.length, tester.place(sums), target));
    const want = dtype === 'bool' ? Uint8Array.from(sums, (sum) => (sum === 0 ? 0 : 1)) : new array(sums as never);
    expect(tester.read(array as never, target, sums.length)).toEqual(want);
  });

  test.each([
    ['float16', toFloat16Bits],
    ['bfloat16', toBfloat16Bits],
  ] as const)('sums in float32 to %s, rounded once to nearest even', async (dtype, toBits) => {
    const tester = await TestMachine.of(isa);
    const bits = new Int32Array(200_003);
    // Patterns of all kinds, and the neighbourhoods of what 16 bits can hold and of the halves between.
    bits.forEach((_, index) => {
      const pattern = Math.imul(index, 0x9e3779b1);
      bits[index] = index % 2 === 0 ? pattern : (pattern & ~0xfff) + [-1, 0, 1][index % 3];
    });
    const values = new Float32Array(bits.buffer);
    const target = tester.memory.allocate(2 * values.length);
    tester.run(convertStep(tester.memory, conversionFrom('f32', dtype) ?? '', values.length, tester.place(values), target));
    const isNaN16 = (word: number): boolean => (dtype === 'float16' ? (word & 0x7fff) > 0x7c00 : (word & 0x7fff) > 0x7f80);
    const got = tester.read(Uint16Array, target, values.length);
    const wrong = [...got.keys()].filter((index) => {
      return Number.isNaN(values[index]) ? !isNaN16(got[index]) : got[index] !== toBits(values[index]);
    });
    expect(wrong.slice(0, 5).map((index) => [values[index], got[index], toBits(values[index])])).toEqual([]);
  });
});
