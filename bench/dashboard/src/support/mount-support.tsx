/** The section Support. */
import { render } from 'preact';
import type { SectionContext } from '../shell/section.ts';

/** Fills `root`. */
export function mountSupport(root: HTMLElement, { store }: SectionContext): void {
  render(<p>{store.results.files.length} files</p>, root);
}
