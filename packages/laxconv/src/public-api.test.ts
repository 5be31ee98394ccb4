/** What people import from `laxconv`, and what an instance has: a change here is a change of the contract. */
import { expect, test } from 'vitest';
import * as everything from './index.ts';

test('the package exports', () => {
  expect(Object.keys(everything).toSorted()).toMatchInlineSnapshot(`
    [
      "LaxconvAssertionError",
      "LaxconvError",
      "LaxconvIndexError",
      "LaxconvNotImplementedError",
      "LaxconvRuntimeError",
      "LaxconvTypeError",
      "LaxconvValueError",
      "UnsupportedProblemError",
      "convert",
      "disposeTensor",
      "isLaxconvError",
      "isUnsupportedProblem",
      "laxconv",
      "tensor",
      "toHost",
      "toNested",
      "toNumbers",
    ]
  `);
});

test('an instance has', async () => {
  const { dispose, backend, lax, numpy, scipy, ...rest } = await everything.laxconv({ backend: 'naive' });
  expect({
    lax: Object.keys(lax),
    numpy: Object.keys(numpy),
    signal: Object.keys(scipy.signal),
    backend: Object.keys(backend),
  }).toMatchInlineSnapshot(`
    {
      "backend": [
        "name",
        "info",
        "rejected",
        "explain",
        "toDevice",
      ],
      "lax": [
        "conv",
        "convWithGeneralPadding",
        "convGeneralDilated",
        "convTranspose",
        "convGeneralDilatedPatches",
        "convGeneralDilatedLocal",
        "convGeneralDilatedVjp",
        "convTransposeVjp",
        "prepareConvGeneralDilated",
        "prepareConvTranspose",
        "convDimensionNumbers",
      ],
      "numpy": [
        "convolve",
        "correlate",
      ],
      "signal": [
        "convolve",
        "correlate",
        "convolve2d",
        "correlate2d",
        "fftconvolve",
      ],
    }
  `);
  expect(Reflect.ownKeys(rest)).toEqual([Symbol.asyncDispose]);
  await dispose();
});
