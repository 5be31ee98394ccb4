/** The section Gallery. */
import '../code/code.css';
import './gallery.css';
import { render } from 'preact';
import { pageGoldens } from '../goldens/page-goldens.ts';
import type { SectionContext } from '../shell/section.ts';
import { Gallery } from './gallery.tsx';

/** Fills `root`, and runs the notebook. */
export function mountGallery(root: HTMLElement, { route }: SectionContext): void {
  const onBackend = (backend: string): void => route.set({ backend });
  render(<Gallery read={pageGoldens(document)} asked={route.place.params.get('backend')} onBackend={onBackend} />, root);
}
