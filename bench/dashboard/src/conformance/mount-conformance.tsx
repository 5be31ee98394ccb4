/** The section Conformance. */
import { render } from 'preact';
import type { SectionContext } from '../shell/section.ts';

/** Fills `root`. */
export function mountConformance(root: HTMLElement, { store }: SectionContext): void {
  render(<p>{store.results.files.length} files</p>, root);
}
