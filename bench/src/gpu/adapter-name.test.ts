import { expect, it } from 'vitest';
import { adapterName } from './adapter-name.ts';

it('names what the adapter tells', () => {
  const nothing = { vendor: '', architecture: '', device: '', description: '' };
  expect(adapterName({ ...nothing, vendor: 'nvidia', architecture: 'hopper', description: 'H100' })).toBe('nvidia hopper, H100');
  expect(adapterName({ ...nothing, vendor: 'mesa', isFallbackAdapter: true })).toBe('mesa (a CPU)');
  expect(adapterName(nothing)).toBe('an adapter without a name');
});
