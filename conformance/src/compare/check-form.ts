/** What of a result is looked at before its numbers: dtype, shape, and the data that belongs to them. */
import { DTYPES, sizeOf, type AnyTensor } from '@laxconv/api/backend';
import { ConformanceFailure } from '../suite/test.ts';

/** Throws unless `got` is a host tensor of this dtype and shape, with the data of it; `rule` says in front of the sentence why it should. */
export function checkForm(got: AnyTensor, expected: { readonly dtype: string; readonly shape: readonly number[] }, rule?: string): void {
  const fail = (message: string): never => {
    throw new ConformanceFailure(`${rule === undefined ? '' : `${rule}: `}the result's ${message}`);
  };
  if (got.dtype !== expected.dtype) fail(`dtype is ${got.dtype}, expected ${expected.dtype}`);
  if (got.shape.length !== expected.shape.length || got.shape.some((size, axis) => size !== expected.shape[axis])) {
    fail(`shape is [${got.shape.join(', ')}], expected [${expected.shape.join(', ')}]`);
  }
  const { components, array } = DTYPES[got.dtype];
  const length = sizeOf(got.shape) * components;
  // By its tag: the data of a wrong result may be anything, and come from another realm.
  const tag = Object.prototype.toString.call(got.data).slice(8, -1);
  if (tag !== array.name || got.data.length !== length) {
    fail(`data is a ${tag} of ${got.data.length}, expected a ${array.name} of ${length}`);
  }
}

/** Where element `index` of a row-major tensor of this shape lies, as a sentence shows it. */
export function positionOf(index: number, shape: readonly number[]): string {
  const position = shape.map((size, axis) => Math.floor(index / sizeOf(shape.slice(axis + 1))) % size);
  return `[${position.join(', ')}]`;
}
