/** Mounts the section Speed. */
import { render } from 'preact';
import type { SectionContext } from '../shell/section.ts';
import { SpeedSection } from './speed-section.tsx';

/** Fills `root`. */
export function mountSpeed(root: HTMLElement, { store, route }: SectionContext): void {
  render(<SpeedSection store={store} route={route} />, root);
}
