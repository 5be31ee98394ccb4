import { describe, expect, it } from 'vitest';
import { HashRoute } from './hash-route.ts';

/** As much of a window as a route needs. */
class FakeWindow extends EventTarget {
  readonly location: { hash: string };
  readonly history = { replaceState: (_: unknown, __: string, hash: string): void => void (this.location.hash = hash) };

  constructor(hash: string) {
    super();
    this.location = { hash };
  }

  go(hash: string): void {
    this.location.hash = hash;
    this.dispatchEvent(new Event('hashchange'));
  }
}

function routeAt(hash: string): { window: FakeWindow; route: HashRoute } {
  const window = new FakeWindow(hash);
  return { window, route: new HashRoute(window as unknown as Window, ['speed', 'conformance']) };
}

describe('HashRoute', () => {
  it('reads a section and its parameters, and falls back to the first', () => {
    expect(routeAt('#conformance?dtype=int8').route.place.section).toBe('conformance');
    expect(routeAt('#conformance?dtype=int8').route.place.params.get('dtype')).toBe('int8');
    expect(routeAt('#nowhere?x=1').route.place.section).toBe('speed');
    expect(routeAt('').route.place.section).toBe('speed');
  });

  it('keeps parameters in the hash, and those of a section while another is shown', () => {
    const { window, route } = routeAt('');
    route.set({ base: 'wasm', dtype: 'int8' });
    route.set({ dtype: null });
    expect(window.location.hash).toBe('#speed?base=wasm');
    window.go('#conformance');
    expect(route.hrefOf('speed')).toBe('#speed?base=wasm');
    expect(route.hrefOf('conformance')).toBe('#conformance');
  });

  it('keeps the parameters that it began with', () => {
    const { window, route } = routeAt('#speed?base=wasm');
    window.go('#conformance');
    expect(route.hrefOf('speed')).toBe('#speed?base=wasm');
  });

  it('takes a hash that is no section for a jump in the page', () => {
    const { window, route } = routeAt('#conformance');
    const seen: string[] = [];
    const stop = route.subscribe(({ section }) => seen.push(section));
    window.go('#main');
    expect(seen).toEqual([]);
    window.go('#speed');
    stop();
    window.go('#conformance');
    expect(seen).toEqual(['speed']);
  });
});
