import { expect, it } from 'vitest';
import { choosePeers, PEERS } from './table.ts';

const names = (list?: string): string[] => choosePeers(list).map(({ name }) => name);

it('has a name for every peer, with its threads', () => {
  expect(names()).toEqual(PEERS.map(({ name }) => name));
  expect(new Set(names()).size).toBe(PEERS.length);
});

it('chooses by name, or by what names begin with, in the order of the table', () => {
  expect(names('ort-web')).toEqual(['ort-web-1t', 'ort-web-2t']);
  expect(names('ort-node-2t, tfjs-wasm,ort-node-2t')).toEqual(['tfjs-wasm-1t', 'ort-node-2t']);
});

it('says which peers there are when one is unknown', () => {
  expect(() => choosePeers('ort')).not.toThrow();
  expect(() => choosePeers('torch')).toThrow("there is no peer 'torch'; there are tfjs-wasm-1t");
});
