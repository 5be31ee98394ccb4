/** Mounts the section Support. */
import { render } from 'preact';
import type { SectionContext } from '../shell/section.ts';
import { SupportSection } from './support-section.tsx';

/** Fills `root`. */
export function mountSupport(root: HTMLElement, { store, route }: SectionContext): void {
  render(<SupportSection store={store} route={route} />, root);
}
