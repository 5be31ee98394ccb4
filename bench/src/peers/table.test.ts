import { expect, it } from 'vitest';
import { choosePeers, PEERS } from './table.ts';

const CPU = new Set(['cpu'] as const);
const names = (list?: string, ours: Parameters<typeof choosePeers>[1] = CPU): string[] => choosePeers(list, ours).map(({ name }) => name);

it('has a name for every peer', () => {
  expect(new Set(PEERS.map(({ name }) => name)).size).toBe(PEERS.length);
});

it('takes those that compute on what ours do', () => {
  expect(names(undefined, new Set(['cpu', 'gpu']))).toEqual(PEERS.map(({ name }) => name));
  expect(names(undefined, new Set(['gpu']))).toEqual(['tfjs-webgpu', 'ort-webgpu', 'jax-js-webgpu', 'jax-gpu']);
  expect(names(undefined, new Set())).toEqual(PEERS.map(({ name }) => name));
  expect(names()).toContain('tfjs-wasm-1t');
  expect(names()).not.toContain('tfjs-webgpu');
});

it('chooses by name, or by what names begin with, in the order of the table', () => {
  expect(names('ort-web')).toEqual(['ort-web-1t', 'ort-web-2t']);
  expect(names('ort-node-2t, tfjs-wasm,ort-node-2t')).toEqual(['tfjs-wasm-1t', 'ort-node-2t']);
  expect(names('ort-webgpu')).toEqual(['ort-webgpu']);
});

it('says which peers there are when one is unknown', () => {
  expect(() => choosePeers('ort', CPU)).not.toThrow();
  expect(() => choosePeers('torch', CPU)).toThrow("there is no peer 'torch'; there are tfjs-wasm-1t");
});
