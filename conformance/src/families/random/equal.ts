/** Exact comparison of tensors, with a sentence that shows the first difference. */
import { DTYPES, type AnyTensor } from '@laxconv/api/backend';
import { decoderOf } from '../../arbitraries/elements.ts';
import { checkForm, positionOf } from '../../compare/check-form.ts';
import { ConformanceFailure } from '../../suite/test.ts';

/** Throws unless `got` has the dtype, shape and numbers of `expected`; 0 and −0 are equal, and so are NaNs. `rule` says why they should be. */
export function expectEqual(got: AnyTensor, expected: AnyTensor, rule: string): void {
  checkForm(got, expected, rule);
  const decode = decoderOf(expected.dtype);
  let differing = 0;
  let first = -1;
  for (let index = 0; index < expected.data.length; index++) {
    const a = decode(got.data[index]);
    const b = decode(expected.data[index]);
    if (a === b || (Number.isNaN(a) && Number.isNaN(b))) continue;
    if (differing++ === 0) first = index;
  }
  if (differing === 0) return;
  const { components } = DTYPES[expected.dtype];
  const at = positionOf(Math.floor(first / components), expected.shape);
  const part = components === 2 ? [' (re)', ' (im)'][first % 2] : '';
  throw new ConformanceFailure(
    `${rule}: element ${at}${part} is ${String(decode(got.data[first]))}, not ${String(decode(expected.data[first]))}` +
      ` (${differing} of ${expected.data.length} array elements differ)`,
  );
}
