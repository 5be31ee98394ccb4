/**
 * The shaders as they are generated, one or a few of each family in wgsl-snapshots/, small ones: who reviews a change of a generator sees
 * what becomes of its text. That the text is right is for the tests that run it.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { complexWeightsWgsl } from './complex-weights.wgsl.ts';
import { copyWgsl } from './copy.wgsl.ts';
import { directWgsl } from './direct.wgsl.ts';
import { FILL_WGSL } from './fill.wgsl.ts';
import { laneGemmWgsl } from './lane-gemm.wgsl.ts';
import { linesWgsl } from './lines.wgsl.ts';
import { packPanelsWgsl } from './pack-panels.wgsl.ts';
import { planesWgsl } from './planes.wgsl.ts';
import { stripsWgsl } from './strips.wgsl.ts';
import { sumSplitsWgsl } from './sum-splits.wgsl.ts';
import { tiledGemmWgsl } from './tiled-gemm.wgsl.ts';
import { winogradInputWgsl, winogradOutputWgsl, winogradWeightsWgsl } from './winograd.wgsl.ts';

const FOLDER = fileURLToPath(new URL('../wgsl-snapshots/', import.meta.url));

/** Every loop is one. */
const isOne = (): boolean => false;
const elements = { computed: 'f32', lhs: 'float32', out: 'float32' } as const;
const gemm = { rank: 2, elements, isFused: false, isVector: true, isPadded: true } as const;
const line = { rank: 1, outputs: 4, features: 2, step: 1, tapStep: 1, lanes: 0, featuresFirst: true, elements, isOne } as const;
const strip = {
  rank: 1,
  outputs: 4,
  rows: 3,
  taps: 3,
  storesQuads: false,
  step: 1,
  tapStep: 1,
  rowStep: 1,
  rowTapStep: 1,
  elements,
  isOne,
} as const;
const tiles = { outputs: 2, tiled: 2, slices: 1, isOne } as const;

/** By file name. */
const SHADERS: Readonly<Record<string, string>> = {
  'complex-weights': complexWeightsWgsl(2, 'matrix'),
  'complex-weights-window': complexWeightsWgsl(2, 'window'),
  'copy-float16-to-float32': copyWgsl({ from: 'float16', to: 'float32', conjugate: false, isWhole: true }),
  'copy-float32-to-bfloat16': copyWgsl({ from: 'float32', to: 'bfloat16', conjugate: false, isWhole: true }),
  'copy-strided': copyWgsl({ from: 'int8', to: 'int32', conjugate: false, isWhole: false }),
  'direct-complex': directWgsl({
    arithmetic: 'c64',
    axes: ['batch', 'group', 'feature', 0, 1],
    stored: { lhs: 'complex64', out: 'complex64' },
    isDilated: true,
    isSingle: false,
    isQuad: false,
  }),
  'direct-f32': directWgsl({
    arithmetic: 'f32',
    axes: ['batch', 0, 1, 'group', 'feature'],
    stored: elements,
    isDilated: false,
    isSingle: false,
    isQuad: false,
  }),
  'direct-quads-features': directWgsl({
    arithmetic: 'f32',
    axes: ['batch', 0, 1, 'group', 'feature'],
    stored: elements,
    isDilated: false,
    isSingle: false,
    isQuad: true,
  }),
  'direct-quads-groups': directWgsl({
    arithmetic: 'i32',
    axes: ['batch', 0, 'feature', 'group'],
    stored: { lhs: 'int8', out: 'int32' },
    isDilated: false,
    isSingle: false,
    isQuad: true,
  }),
  'direct-quads-row': directWgsl({
    arithmetic: 'f32',
    axes: ['batch', 'group', 'feature', 0, 1],
    stored: elements,
    isDilated: false,
    isSingle: false,
    isQuad: true,
  }),
  'direct-single': directWgsl({
    arithmetic: 'f32',
    axes: ['batch', 'group', 'feature', 0, 1],
    stored: elements,
    isDilated: false,
    isSingle: true,
    isQuad: false,
  }),
  fill: FILL_WGSL,
  'lane-gemm-registers-fused-i32': laneGemmWgsl({
    ...gemm,
    lanes: 1,
    pixelSets: 4,
    columnSets: 4,
    elements: { computed: 'i32', lhs: 'int8', out: 'int32' },
    isFused: true,
    isVector: false,
  }),
  'lane-gemm-broadcast': laneGemmWgsl({ ...gemm, lanes: 4, pixelSets: 2, columnSets: 1 }),
  'lane-gemm-unpadded': laneGemmWgsl({ ...gemm, rank: 1, lanes: 4, pixelSets: 1, columnSets: 1, isPadded: false }),
  'lines-chunks': linesWgsl({ ...line, taps: 8, isWhole: false }),
  'lines-quads': linesWgsl({ ...line, features: 1, taps: 8, isWhole: false, featuresFirst: false, lanes: 4, shift: 3 }),
  'lines-bfloat16': linesWgsl({ ...line, taps: 3, isWhole: true, elements: { ...elements, lhs: 'bfloat16' } }),
  'lines-half': linesWgsl({ ...line, taps: 3, isWhole: true, elements: { computed: 'f32', lhs: 'float16', out: 'float16' } }),
  'lines-whole': linesWgsl({ ...line, taps: 3, isWhole: true }),
  'pack-panels': packPanelsWgsl({ rank: 2, columns: 16, vectorSize: 4, element: 'f32' }),
  'strips-features': stripsWgsl({ ...strip, featuresFirst: true, lanes: 0 }),
  planes: planesWgsl({ rank: 1, features: 2, elements, isOne }),
  'strips-rows-skipped': stripsWgsl({ ...strip, rowStep: 2, step: 2, featuresFirst: true, lanes: 0 }),
  'strips-broadcast': stripsWgsl({ ...strip, featuresFirst: false, lanes: 4 }),
  'strips-quads': stripsWgsl({ ...strip, featuresFirst: false, lanes: 4, shift: 3, storesQuads: true }),
  'sum-splits': sumSplitsWgsl(elements),
  'tiled-gemm': tiledGemmWgsl({ ...gemm, quads: 1 }),
  'winograd-input': winogradInputWgsl(tiles, 'float32'),
  'winograd-output': winogradOutputWgsl(tiles, 'float32'),
  'winograd-weights': winogradWeightsWgsl(tiles, { rank: 1, columns: 16, vectorSize: 4 }),
};

describe('generated shaders', () => {
  test.each(Object.entries(SHADERS))('%s', async (name, code) => {
    await expect(code).toMatchFileSnapshot(`${FOLDER}${name}.wgsl`);
  });

  test('no file is left of a shader that is gone', () => {
    const names = Object.keys(SHADERS).map((name) => `${name}.wgsl`);
    expect(readdirSync(FOLDER).filter((file) => !names.includes(file))).toEqual([]);
  });
});
