/** Who is started cold: our backends by module, and the peers that run in a browser. */
import type { ConvProblem } from '@laxconv/api/backend';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { encodeConvModel } from '../peers/onnx/conv-model.ts';
import { peerFile } from '../peers/load-peer.ts';
import { variantOf } from '../runner/backends.ts';
import { OURS } from '../runner/our-backends.ts';
import { EXTENSION } from './extension.ts';
import { CHANNELS, ones, SIZE, SMALL, TAPS } from './first-conv.ts';
import type { Program } from './bundle.ts';
import type { BackendStart } from './starts/backend.ts';
import { sumOfOnes } from './sum-of-ones.ts';

export interface Contestant {
  readonly name: string;
  readonly isPeer: boolean;
  /** A module in `starts/`, without its extension. */
  readonly start: string;
  readonly argument: string;
  /** Of its result. */
  readonly rightSum: number;
  /** What a page would contain. */
  readonly program: Program;
}

/** A backend by its module: a package's name, or a path. */
export function ourContestant(name: string, problem = SMALL): Contestant {
  const { row, options } = variantOf(name);
  const specifier = /[./\\]/.test(row) && !row.startsWith('@') ? pathToFileURL(path.resolve(row)).href : packageOf(row);
  return {
    name,
    isPeer: false,
    start: 'backend',
    argument: argumentOf({ module: specifier, options, problem }),
    rightSum: sumOfOnes(problem),
    program: {
      folder: BENCH,
      code: [
        `import { createBackend } from ${JSON.stringify(fileURLToPath(import.meta.resolve(specifier)))};`,
        `const backend = await createBackend(${JSON.stringify(options)});`,
        'globalThis.convolve = async (problem, lhs, rhs) => {',
        '  const plan = await backend.prepare(problem);',
        '  return (await plan.bindRhs(rhs)).run(lhs);',
        '};',
      ].join('\n'),
      oneOf: /^(relaxed-simd|simd128)-/,
    },
  };
}

/** bench/, where our packages are found. */
const BENCH = fileURLToPath(new URL('../../', import.meta.url));

/** 'naive' is @laxconv/naive. */
function packageOf(name: string): string {
  return name.startsWith('@') ? name : `@laxconv/${name}`;
}

const inPeers = (file: string): string => fileURLToPath(peerFile(file));

/** A program that imports a peer, in the folder where the peers are. */
function peerProgram(lines: readonly string[], more: Pick<Program, 'oneOf' | 'copies'> = {}): Program {
  return { folder: inPeers(''), code: lines.join('\n'), ...more };
}

/**
 * The libraries that a page can load, on what `ours` compute on.
 * @throws Error where those on the CPU, whose modules know the small problem, are to do another
 */
export function peerContestants(ours: readonly string[], problem = SMALL): readonly Contestant[] {
  const onGpu = ours
    .map((name) => variantOf(name).row.replace(/^@laxconv\//, ''))
    .filter((name) => Object.hasOwn(OURS, name) && OURS[name].onGpu === true);
  const hasCpu = onGpu.length < ours.length;
  if (hasCpu && problem !== SMALL) throw new Error('the peers on the CPU start with the small convolution: --case goes without them');
  return [...(hasCpu ? onCpu() : []), ...(onGpu.length > 0 ? onGpuOfNode(problem) : [])];
}

function argumentOf(start: BackendStart): string {
  return JSON.stringify(start);
}

/**
 * On the GPU of Node through the benchmark's adapters, which are backends: what they add to a library is little beside compiling shaders,
 * and without them each would need its own way to Dawn.
 */
function onGpuOfNode(problem: ConvProblem): readonly Contestant[] {
  return [
    gpuPeer('tfjs-webgpu', problem, tfjsLines('webgpu')),
    gpuPeer('ort-webgpu', problem, [
      "import { InferenceSession, Tensor } from 'onnxruntime-web/webgpu';",
      'globalThis.convolve = async (model, x, shape) => {',
      "  const session = await InferenceSession.create(model, { executionProviders: ['webgpu'] });",
      "  return (await session.run({ x: new Tensor('float32', x, shape) })).y.data;",
      '};',
    ]),
    gpuPeer('jax-js-webgpu', problem, jaxJsLines('webgpu')),
  ];
}

function tfjsLines(backend: 'wasm' | 'webgpu'): readonly string[] {
  return [
    "import * as tf from '@tensorflow/tfjs-core';",
    `import '@tensorflow/tfjs-backend-${backend}';`,
    `await tf.setBackend('${backend}');`,
    "globalThis.convolve = (x, w) => tf.conv2d(tf.tensor(x), tf.tensor(w), 1, 'same').data();",
  ];
}

function jaxJsLines(device: 'wasm' | 'webgpu'): readonly string[] {
  return [
    "import { init, lax, numpy } from '@jax-js/jax';",
    `await init('${device}');`,
    "globalThis.convolve = (x, w) => lax.conv(numpy.array(x), numpy.array(w), [1, 1], 'SAME').data();",
  ];
}

/** `program`: what a page would have, which needs no adapter. */
function gpuPeer(name: string, problem: ConvProblem, program: readonly string[]): Contestant {
  const module = new URL(`../peers/${name}${EXTENSION}`, import.meta.url).href;
  return {
    name,
    isPeer: true,
    start: 'backend',
    argument: argumentOf({ module, problem }),
    rightSum: sumOfOnes(problem),
    program: peerProgram(program),
  };
}

function onCpu(): readonly Contestant[] {
  return [
    {
      name: 'tfjs-wasm',
      isPeer: true,
      start: 'tfjs-wasm',
      argument: '',
      rightSum: sumOfOnes(SMALL),
      program: peerProgram(tfjsLines('wasm'), {
        oneOf: /\.wasm$/,
        copies: ['', '-simd', '-threaded-simd'].map((build) =>
          inPeers(`node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm${build}.wasm`),
        ),
      }),
    },
    {
      name: 'ort-web',
      isPeer: true,
      start: 'ort-web',
      argument: Buffer.from(model()).toString('base64'),
      rightSum: sumOfOnes(SMALL),
      program: peerProgram([
        "import { InferenceSession, Tensor } from 'onnxruntime-web/wasm';",
        'globalThis.convolve = async (model, x, shape) => {',
        '  const session = await InferenceSession.create(model);',
        "  return (await session.run({ x: new Tensor('float32', x, shape) })).y.data;",
        '};',
      ]),
    },
    {
      name: 'jax-js',
      isPeer: true,
      start: 'jax-js',
      argument: '',
      rightSum: sumOfOnes(SMALL),
      program: peerProgram(jaxJsLines('wasm')),
    },
  ];
}

function model(): Uint8Array {
  const shape = [1, CHANNELS, SIZE, SIZE];
  const attributes = { kernel_shape: [TAPS, TAPS], pads: [1, 1, 1, 1] };
  const weightsShape = [CHANNELS, CHANNELS, TAPS, TAPS];
  return encodeConvModel(
    { operator: 'Conv', inputShape: shape, outputShape: shape, weightsShape, group: 1, attributes },
    ones(...weightsShape),
  );
}
