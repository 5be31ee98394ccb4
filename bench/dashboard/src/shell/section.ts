/** What a section of the page is: a tab with something mounted under it. */
import type { ResultStore } from '../results/result-store.ts';
import type { HashRoute } from './hash-route.ts';

export interface SectionContext {
  /** The results that the page shows; further files may be added. */
  readonly store: ResultStore;
  /** The section that is shown and its search parameters, kept in the URL's hash. */
  readonly route: HashRoute;
}

export interface Section {
  /** Its name in the hash: `#speed?base=wasm`. */
  readonly id: string;
  /** The tab's text. */
  readonly title: string;
  /** Called once, when the section is first shown. `root` is empty, in the document, and stays; hidden while another section is shown. */
  readonly mount: (root: HTMLElement, context: SectionContext) => void;
}
