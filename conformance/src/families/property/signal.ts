/** convolve and correlate of numpy and scipy.signal: the definition of the full sum, and which part of it each mode shows. */
import { allocate, DTYPES, sizeOf, type DType, type Tensor } from '@laxconv/api/backend';
import { encoderOf } from '../../arbitraries/elements.ts';
import { inputsOf, SIGNAL_FUNCTIONS, signalCallArbitrary, type SignalCall, type SignalFunction } from '../../arbitraries/signal-call.ts';
import type { ConformanceTest } from '../../suite/test.ts';
import { conjugate } from '../random/arithmetic.ts';
import type { Lab } from '../random/lab.ts';
import { encodeInteger, gaussian } from '../random/materialise.ts';
import { eachPosition, indexOf } from '../random/positions.ts';
import { randomTest } from '../random/random-test.ts';
import { flip, slice } from '../random/reindex.ts';

/** 8- to 32-bit integers and bool become float32, 64-bit integers float64. */
function inexact(dtype: DType): DType {
  const { kind, itemsize } = DTYPES[dtype];
  if (kind === 'float' || kind === 'complex') return dtype;
  return itemsize === 8 ? 'float64' : 'float32';
}

/** Σ_m a[m]·v[n − m] for every n, exactly, as the inexact dtype. */
function fullConvolution(a: Tensor, v: Tensor): Tensor {
  const dtype = inexact(a.dtype);
  const { components } = DTYPES[dtype];
  const shape = a.shape.map((size, axis) => size + v.shape[axis] - 1);
  const data = allocate(dtype, sizeOf(shape));
  const target: { [index: number]: number | bigint } = data;
  const encode = encoderOf(dtype);
  const [as, vs] = [gaussian(a), gaussian(v)];
  const sums = Array.from({ length: sizeOf(shape) }, () => [0n, 0n] as [bigint, bigint]);
  eachPosition(a.shape, (m, from) => {
    eachPosition(v.shape, (k, by) => {
      const sum =
        sums[
          indexOf(
            shape,
            m.map((index, axis) => index + k[axis]),
          )
        ];
      sum[0] += as[from][0] * vs[by][0] - as[from][1] * vs[by][1];
      sum[1] += as[from][0] * vs[by][1] + as[from][1] * vs[by][0];
    });
  });
  sums.forEach((sum, index) => {
    for (let part = 0; part < components; part++) target[index * components + part] = encodeInteger(dtype, encode, sum[part]);
  });
  return { dtype, shape, data: data };
}

function flipAll(tensor: Tensor): Tensor {
  return tensor.shape.reduce((flipped, _, axis) => flip(flipped, axis), tensor);
}

/** Where 'same' begins in the full result, and how long it is, for inputs of n and m elements along an axis. */
const SAME: Readonly<Record<SignalFunction, (n: number, m: number) => readonly [start: number, size: number]>> = {
  'numpy.convolve': (n, m) => [Math.ceil(Math.min(n, m) / 2) - 1, Math.max(n, m)],
  // A shorter first input slides instead, and the result is reversed.
  'numpy.correlate': (n, m) => [n < m ? Math.floor(n / 2) : Math.ceil(m / 2) - 1, Math.max(n, m)],
  'scipy.signal.convolve': (n, m) => [Math.floor((m - 1) / 2), n],
  'scipy.signal.correlate': (n, m) => [Math.floor((m - 1) / 2), n],
  'scipy.signal.convolve2d': (n, m) => [Math.floor((m - 1) / 2), n],
  'scipy.signal.correlate2d': (n, m) => [Math.floor(m / 2), n],
};

function expectedOf(fn: SignalFunction, { mode }: SignalCall, in1: Tensor, in2: Tensor): Tensor {
  const correlates = fn.includes('correlate');
  // SciPy's correlate2d conjugates the smaller input where only 'valid' positions count.
  const isContained = in1.shape.every((size, axis) => size <= in2.shape[axis]) && sizeOf(in1.shape) < sizeOf(in2.shape);
  const conjugatesFirst = fn === 'scipy.signal.correlate2d' && mode === 'valid' && isContained;
  const first = correlates && conjugatesFirst ? conjugate(in1) : in1;
  const second = correlates ? flipAll(conjugatesFirst ? in2 : conjugate(in2)) : in2;
  const full = fullConvolution(first, second);
  if (mode === 'full') return full;
  return in1.shape.reduce((part, n, axis) => {
    const m = in2.shape[axis];
    const [start, size] = mode === 'same' ? SAME[fn](n, m) : [Math.min(n, m) - 1, Math.abs(n - m) + 1];
    return slice(part, axis, start, size);
  }, full);
}

async function definitionHolds(lab: Lab, fn: SignalFunction, call: SignalCall): Promise<void> {
  const [in1, in2] = inputsOf(call);
  const got = await lab.call(fn, [in1, in2], argumentsOf(fn, call, call.mode));
  lab.same(got, expectedOf(fn, call, in1, in2), `${fn} in mode '${call.mode}' is not what its definition gives`);
}

/** convolve(a, v) = convolve(v, a); correlate(a, v) is convolve(a, v*) with v* reversed and conjugated, and correlate(v, a) the other way round. */
async function identitiesHold(lab: Lab, module: 'numpy' | 'scipy.signal', call: SignalCall): Promise<void> {
  const [a, v] = inputsOf(call);
  const run = (name: 'convolve' | 'correlate', ...operands: [Tensor, Tensor]): Promise<Tensor> =>
    lab.call(`${module}.${name}`, operands, argumentsOf(`${module}.${name}`, call, 'full'));
  lab.same(await run('convolve', a, v), await run('convolve', v, a), `${module}.convolve does not commute`);
  const correlation = await run('correlate', a, v);
  const flipped = flipAll(conjugate(v));
  lab.same(correlation, await run('convolve', a, flipped), `${module}.correlate is not convolve with the flipped conjugate`);
  const exchanged = flipAll(conjugate(await run('correlate', v, a)));
  lab.same(correlation, exchanged, `${module}.correlate of exchanged inputs is not the flipped conjugate`);
}

/** The arguments after the inputs: each function has its own in front of the options. */
function argumentsOf(fn: SignalFunction, { precision }: SignalCall, mode: SignalCall['mode']): unknown[] {
  if (fn.startsWith('numpy')) return [mode, { precision }];
  return fn.endsWith('2d') ? [mode, 'fill', 0, { precision }] : [mode, precision === 'highest' ? 'direct' : 'auto', { precision }];
}

/** The tests of numpy and scipy.signal. */
export function signal(dtype: DType): ConformanceTest[] {
  const ranksOf = (fn: SignalFunction): number[] => (fn.startsWith('numpy') ? [1] : fn.endsWith('2d') ? [2] : [1, 2, 3]);
  const definitions = SIGNAL_FUNCTIONS.map((fn) =>
    randomTest({
      family: 'property',
      address: `definition/${fn}:dtype=${dtype}`,
      about: `${fn} is the sum of its definition, in every mode.`,
      arbitrary: signalCallArbitrary(dtype, ranksOf(fn)),
      holds: (lab, call) => definitionHolds(lab, fn, call),
      share: 0.5,
    }),
  );
  const identities = (['numpy', 'scipy.signal'] as const).map((module) =>
    randomTest({
      family: 'property',
      address: `convolve-and-correlate/${module}:dtype=${dtype}`,
      about: `${module}: full convolution commutes, and correlation is convolution with the flipped conjugate.`,
      arbitrary: signalCallArbitrary(dtype, ranksOf(`${module}.convolve`)),
      holds: (lab, call) => identitiesHold(lab, module, call),
      share: 0.5,
    }),
  );
  return [...definitions, ...identities];
}
