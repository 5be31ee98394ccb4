/** What people and backends import: a change here is a change of the contract. */
import { expect, test } from 'vitest';
import * as backend from './backend.ts';
import * as api from './index.ts';
import { FakeBackend } from './instance/fake-backend.test.fixture.ts';

test('@laxconv/api', () => {
  expect(Object.keys(api).toSorted()).toMatchInlineSnapshot(`
    [
      "LaxconvAssertionError",
      "LaxconvError",
      "LaxconvIndexError",
      "LaxconvNotImplementedError",
      "LaxconvRuntimeError",
      "LaxconvTypeError",
      "LaxconvValueError",
      "RULES",
      "UnsupportedProblemError",
      "convert",
      "disposeTensor",
      "isLaxconvError",
      "isUnsupportedProblem",
      "laxconvOn",
      "resolve",
      "tensor",
      "toHost",
      "toNested",
      "toNumbers",
    ]
  `);
});

test('@laxconv/api/backend', () => {
  expect(Object.keys(backend).toSorted()).toMatchInlineSnapshot(`
    [
      "DTYPES",
      "DTYPE_NAMES",
      "LaxconvError",
      "Lifetime",
      "UnsupportedProblemError",
      "accumulatorOf",
      "allocate",
      "checkOperand",
      "checkOptions",
      "checkOut",
      "classesOf",
      "convGeometry",
      "cutAt",
      "cutAtPadding",
      "edgesOf",
      "elementConverter",
      "elementReader",
      "freezeProblem",
      "fromBfloat16Bits",
      "fromFloat16Bits",
      "gcd",
      "hostOperand",
      "inverseModulo",
      "isBackend",
      "isDType",
      "isDeviceTensor",
      "isLaxconvError",
      "isUnsupportedProblem",
      "outOf",
      "piecesOf",
      "readSpec",
      "rearrange",
      "refuse",
      "rowMajorStrides",
      "sizeOf",
      "toBfloat16Bits",
      "toFloat16Bits",
      "winogradConstant",
      "winogradTransforms",
      "wrongOption",
      "zeros",
    ]
  `);
});

test('an instance', () => {
  const { lax, numpy, scipy, backend: handle, ...rest } = api.laxconvOn(new FakeBackend());
  expect({
    lax: Object.keys(lax),
    numpy: Object.keys(numpy),
    signal: Object.keys(scipy.signal),
    backend: Object.keys(handle),
    rest: Object.keys(rest),
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
      "rest": [
        "dispose",
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
});
