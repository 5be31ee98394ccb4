/** Mounts the section Conformance. */
import { render } from 'preact';
import type { SectionContext } from '../shell/section.ts';
import { ConformanceSection } from './conformance-section.tsx';

/** Fills `root`. */
export function mountConformance(root: HTMLElement, { store, route }: SectionContext): void {
  render(<ConformanceSection store={store} route={route} />, root);
}
