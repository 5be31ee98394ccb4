/** The sections of the page, in the order of their tabs. A new one is a row. */
import { mountConformance } from '../conformance/mount-conformance.tsx';
import { mountGallery } from '../gallery/mount-gallery.tsx';
import { mountLive } from '../live/mount-live.tsx';
import { mountPlayground } from '../playground/mount-playground.tsx';
import { mountSpeed } from '../speed/mount-speed.tsx';
import { mountSupport } from '../support/mount-support.tsx';
import type { Section } from './section.ts';

export const SECTIONS: readonly Section[] = [
  { id: 'speed', title: 'Speed', mount: mountSpeed },
  { id: 'conformance', title: 'Conformance', mount: mountConformance },
  { id: 'support', title: 'Support', mount: mountSupport },
  { id: 'gallery', title: 'Gallery', mount: mountGallery },
  { id: 'playground', title: 'Playground', mount: mountPlayground },
  { id: 'live', title: 'Live', mount: mountLive },
];
