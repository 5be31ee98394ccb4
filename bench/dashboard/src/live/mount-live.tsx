/** The section Live. */
import './live.css';
import { render } from 'preact';
import { pageGoldens } from '../goldens/page-goldens.ts';
import type { SectionContext } from '../shell/section.ts';
import { Live } from './live.tsx';

/** Fills `root`. */
export function mountLive(root: HTMLElement, { store }: SectionContext): void {
  render(<Live read={pageGoldens(document)} store={store} />, root);
}
