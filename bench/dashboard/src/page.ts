/** Starts the page: reads the embedded results and mounts the shell. */
import './styles/tokens.css';
import './styles/base.css';
import './styles/table.css';
import './styles/dialog.css';
import './styles/conformance.css';
import { render, h } from 'preact';
import { embeddedResults } from './results/embedded-results.ts';
import { ResultStore } from './results/result-store.ts';
import { HashRoute } from './shell/hash-route.ts';
import { SECTIONS } from './shell/sections.ts';
import { Shell } from './shell/shell.tsx';

/** Fills the document. Throws an Error in one that is not the dashboard's. */
export async function startPage(): Promise<void> {
  const root = document.querySelector('#app');
  if (root === null) throw new Error('the page has no #app');
  const store = new ResultStore(await embeddedResults(document));
  const route = new HashRoute(
    window,
    SECTIONS.map(({ id }) => id),
  );
  render(h(Shell, { sections: SECTIONS, store, route }), root);
}
