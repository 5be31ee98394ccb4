/**
 * A stopwatch around the libraries' own calls, which shares nothing with the bench: no adapters, no runner, no result format. It is there
 * to doubt the bench with:
 *
 *     node bench/peers/stopwatch.mjs layer/3x3-56x56x64-64 tfjs-wasm-1t   # one time, as JSON
 *     node bench/peers/stopwatch.mjs --compare result.json                # all that a result of `pnpm bench --peers` has, beside its times
 *
 * Operands are not zero and the results are not looked at: that they are right is the bench's to say.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const SECONDS = 2;

/** Two layers [rows, channels in, channels out, taps], NHWC and SAME; two signals [samples, taps], the middle of the full result. */
const LAYERS = { 'layer/3x3-56x56x64-64': [56, 64, 64, 3], 'layer/pointwise-56x56x64-256': [56, 64, 256, 1] };
const SIGNALS = { 'signal/smoothing-500x10': [500, 10], 'signal/long-65536x1024': [65_536, 1024] };

const numbers = (count) => Float32Array.from({ length: count }, (_, index) => ((index * 37) % 101) / 50 - 1);

/** Peer → what makes one call of a layer ready; and of a signal. Those in Python are timed by stopwatch.py. */
const ON_LAYERS = {
  'tfjs-wasm-1t': (sizes) => tfjs('wasm', sizes),
  'tfjs-webgpu': (sizes) => tfjs('webgpu', sizes),
  'ort-web-1t': (sizes) => onnx('onnxruntime-web', sizes),
  'ort-node-1t': (sizes) => onnx('onnxruntime-node', sizes),
  'ort-webgpu': onnxOnGpu,
  'jax-js-1t': (sizes) => jaxJs('wasm', sizes),
  'jax-js-webgpu': (sizes) => jaxJs('webgpu', sizes),
  'jax-1t': null,
};
const ON_SIGNALS = {
  'ml-convolution-1t': mlConvolution,
  'fft-js-1t': fftJs,
  'jax-fft-1t': null,
  'scipy-oaconvolve-1t': null,
  'scipy-fftconvolve-1t': null,
  'scipy-convolve-1t': null,
  'numpy-convolve-1t': null,
};
const startsOf = (name) => (name in LAYERS ? ON_LAYERS : name in SIGNALS ? ON_SIGNALS : {});

async function tfjs(backend, [rows, from, to, taps]) {
  const gpu = backend === 'webgpu' ? await startGpu() : null;
  const tf = require('@tensorflow/tfjs-core');
  require(`@tensorflow/tfjs-backend-${backend}`);
  await tf.setBackend(backend);
  const x = tf.tensor(numbers(rows * rows * from), [1, rows, rows, from]);
  const w = tf.tensor(numbers(taps * taps * from * to), [taps, taps, from, to]);
  if (gpu === null) {
    // Not in tf.tidy: it would search the result's numbers for tensors, which takes longer than the convolution.
    return () => {
      const y = tf.conv2d(x, w, 1, 'same');
      const data = y.dataSync();
      y.dispose();
      return data;
    };
  }
  return () => {
    tf.conv2d(x, w, 1, 'same').dispose();
    tf.backend().endComputePassEncoder();
    tf.backend().submitQueue();
    return finished(tf.backend().device);
  };
}

async function onnx(library, [rows, from, to, taps]) {
  const ort = require(library);
  if (library === 'onnxruntime-web') ort.env.wasm.numThreads = 1;
  const executionProviders = [library === 'onnxruntime-web' ? 'wasm' : 'cpu'];
  const options = { executionProviders, intraOpNumThreads: 1, interOpNumThreads: 1 };
  const session = await ort.InferenceSession.create(convModel([rows, from, to, taps], false), options);
  const x = new ort.Tensor('float32', numbers(from * rows * rows), [1, from, rows, rows]);
  return async () => (await session.run({ x })).y.data;
}

async function onnxOnGpu([rows, from, to, taps]) {
  await startGpu();
  const ort = await import('onnxruntime-web/webgpu');
  ort.env.wasm.numThreads = 1;
  const options = { executionProviders: ['webgpu'], preferredOutputLocation: 'gpu-buffer' };
  const session = await ort.InferenceSession.create(convModel([rows, from, to, taps], true), options);
  const device = await ort.env.webgpu.device;
  const values = numbers(from * rows * rows);
  const buffer = device.createBuffer({ size: values.byteLength, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST });
  device.queue.writeBuffer(buffer, 0, values);
  const x = ort.Tensor.fromGpuBuffer(buffer, { dataType: 'float32', dims: [1, rows, rows, from] });
  return async () => {
    (await session.run({ x })).y.dispose();
    await finished(device);
  };
}

async function jaxJs(backend, [rows, from, to, taps]) {
  if (backend === 'webgpu') await startGpu();
  const jax = await import('@jax-js/jax');
  await jax.init(backend);
  jax.defaultDevice(backend);
  const x = jax.numpy.array(numbers(from * rows * rows), { shape: [1, from, rows, rows] });
  const w = jax.numpy.array(numbers(to * from * taps * taps), { shape: [to, from, taps, taps] });
  const conv = (lhs, rhs) => jax.lax.convGeneralDilated(lhs, rhs, [1, 1], 'SAME');
  if (backend === 'wasm') return () => conv(x.ref, w.ref).dataSync();
  const compiled = jax.jit(conv);
  return async () => {
    await compiled(x.ref, w.ref).gpuBuffer();
    await finished(jax.getWebGPUDevice());
  };
}

async function mlConvolution([samples, taps]) {
  const { default: library } = await import('ml-convolution');
  // It takes kernels of odd length.
  const kernel = [...numbers(taps), 0];
  const convolution = new (taps <= 32 ? library.DirectConvolution : library.FFTConvolution)(samples, kernel);
  const signal = numbers(samples);
  return () => convolution.convolve(signal);
}

async function fftJs([samples, taps]) {
  const { default: FFT } = await import('fft.js');
  const length = 2 ** Math.ceil(Math.log2(samples + taps - 1));
  const fft = new FFT(length);
  const [kernel, spectrum, inverse] = [fft.createComplexArray(), fft.createComplexArray(), fft.createComplexArray()];
  const padded = new Float64Array(length);
  padded.set(numbers(taps));
  fft.realTransform(kernel, padded);
  padded.fill(0).set(numbers(samples));
  return () => {
    fft.realTransform(spectrum, padded);
    for (let at = 0; at <= length; at += 2) {
      const [re, im] = [spectrum[at], spectrum[at + 1]];
      spectrum[at] = re * kernel[at] - im * kernel[at + 1];
      spectrum[at + 1] = re * kernel[at + 1] + im * kernel[at];
    }
    fft.completeSpectrum(spectrum);
    fft.inverseTransform(inverse, spectrum);
    const result = new Float64Array(samples);
    for (let at = 0; at < samples; at++) result[at] = inverse[2 * (at + taps / 2)];
    return result;
  };
}

async function startGpu() {
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  const gpu = create([]);
  Object.defineProperty(navigator, 'gpu', { configurable: true, value: gpu });
  return gpu;
}

/** Dawn polls while a promise is pending: a nap between two turns leaves the cores to an adapter that is the CPU. */
async function finished(device) {
  const work = { isDone: false };
  const nap = new Int32Array(new SharedArrayBuffer(4));
  device.queue.onSubmittedWorkDone().then(() => (work.isDone = true));
  while (!work.isDone) {
    Atomics.wait(nap, 0, 0, 0.3);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** An ONNX model of one Conv, SAME; with the channels last at its ends two transpositions stand around it. */
function convModel([rows, from, to, taps], channelsLast) {
  const shape = (channels) => (channelsLast ? [1, rows, rows, channels] : [1, channels, rows, rows]);
  const [inner, outer] = channelsLast ? ['x1', 'y1'] : ['x', 'y'];
  const text = (field, value) => bytes(field, Buffer.from(value));
  const ints = (name, values) => bytes(5, Buffer.concat([text(1, name), ...values.map((value) => int(8, value)), int(20, 7)]));
  const pads = Array.from({ length: 4 }, () => (taps - 1) / 2);
  const conv = [text(1, inner), text(1, 'w'), text(2, outer), text(4, 'Conv'), ints('kernel_shape', [taps, taps]), ints('pads', pads)];
  const transpose = (source, target, axes) => [text(1, source), text(2, target), text(4, 'Transpose'), ints('perm', axes)];
  const nodes = channelsLast ? [transpose('x', inner, [0, 3, 1, 2]), conv, transpose(outer, 'y', [0, 2, 3, 1])] : [conv];
  const weights = Buffer.from(numbers(to * from * taps * taps).buffer);
  const initializer = [...[to, from, taps, taps].map((size) => int(1, size)), int(2, 1), text(8, 'w'), bytes(9, weights)];
  const value = (name, sizes) => {
    const dimensions = Buffer.concat(sizes.map((size) => bytes(1, int(1, size))));
    return Buffer.concat([text(1, name), bytes(2, bytes(1, Buffer.concat([int(1, 1), bytes(2, dimensions)])))]);
  };
  const graph = [
    ...nodes.map((node) => bytes(1, Buffer.concat(node))),
    text(2, 'conv'),
    bytes(5, Buffer.concat(initializer)),
    bytes(11, value('x', shape(from))),
    bytes(12, value('y', shape(to))),
  ];
  return Buffer.concat([int(1, 8), bytes(7, Buffer.concat(graph)), bytes(8, int(2, 17))]);
}

/** protobuf: a number and a run of bytes. */
function int(field, value) {
  return Buffer.from([...varint(field * 8), ...varint(value)]);
}
function bytes(field, value) {
  return Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(value.length)]), value]);
}
function varint(value) {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

/** The ms of single calls, sorted. The first ones warm up. */
async function time(call) {
  for (let warm = 0; warm < 5; warm++) await call();
  const times = [];
  for (const end = performance.now() + 1000 * SECONDS; performance.now() < end || times.length < 5;) {
    const started = performance.now();
    const result = call();
    if (result instanceof Promise) await result;
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b);
}

const say = (line) => process.stdout.write(`${line}\n`);
const summary = (sorted) => ({ fastest: sorted[0], median: sorted[Math.floor(sorted.length / 2)] });

function compare(file) {
  const { cases, environment } = JSON.parse(readFileSync(file, 'utf8'));
  say(`${environment.cpu}, load ${environment.loadBefore} before the run; ms of one call, the bench's beside the stopwatch's`);
  say(['case', 'peer', 'fastest', 'stopwatch', 'ratio', 'median', 'stopwatch', 'ratio'].join(' | '));
  for (const { name, results } of cases) {
    for (const { implementation, status, rounds } of results) {
      if (status !== 'measured' || !(implementation in startsOf(name))) continue;
      const bench = summary(rounds.flat().sort((a, b) => a - b));
      const watch = inFreshProcess(name, implementation);
      const columns = (key) => [bench[key].toFixed(3), watch[key].toFixed(3), (bench[key] / watch[key]).toFixed(2)];
      say([name, implementation, ...columns('fastest'), ...columns('median')].join(' | '));
    }
  }
}

function inFreshProcess(name, peer) {
  const python = process.env.LAXCONV_PYTHON ?? fileURLToPath(new URL('../../.venv/bin/python', import.meta.url));
  const [program, script] = startsOf(name)[peer] === null ? [python, 'stopwatch.py'] : [process.execPath, 'stopwatch.mjs'];
  const sizes = JSON.stringify(LAYERS[name] ?? SIGNALS[name]);
  const args = [fileURLToPath(new URL(script, import.meta.url)), name, peer, sizes];
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${peer} on ${name}: ${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

const [name, peer] = process.argv.slice(2);
if (name === '--compare') {
  compare(peer);
} else {
  const call = await startsOf(name)[peer](LAYERS[name] ?? SIGNALS[name]);
  say(JSON.stringify(summary(await time(call))));
}
process.exit();
