/** The notebook, cell by cell: JAX's Python beside the TypeScript that ran, what it printed and drew, and whether JAX gave the same. */
import { formatMs, formatNumber, formatPercent } from '../../format/format.ts';
import { html, type Html } from '../../html/html.ts';
import type { Picture } from '../../drawing/picture.ts';
import type { CellCheck, Notebook, NotebookCell } from '../../notebook/notebook.ts';
import { codeBlock } from './code.ts';

export function notebookSection({ cells, backend, jax }: Notebook): Html {
  return html`<section id="notebook" aria-labelledby="notebook-title">
    <h2 id="notebook-title">Generalized convolutions in JAX, in TypeScript</h2>
    <p>
      All ${cells.length} code cells of JAX's notebook <cite>Generalized convolutions in JAX</cite>, run on the backend
      <strong>${backend}</strong>. Operands are the notebook's own; results are held to the values that JAX ${jax} computed.
    </p>
    ${cells.map(cellArticle)}
  </section>`;
}

function cellArticle(cell: NotebookCell): Html {
  const { number, title, python, typescript, printed, pictures, ms, check } = cell;
  return html`<article class="cell" id="cell-${number}" aria-labelledby="cell-${number}-title">
    <h3 id="cell-${number}-title"><span class="cell-number">${number}</span> ${title}</h3>
    <div class="codes">${codeBlock('python', python)}${codeBlock('typescript', typescript)}</div>
    ${printed.length > 0 && html`<pre class="printed" tabindex="0" aria-label="Printed">${printed.join('\n')}</pre>`}
    ${pictures.length > 0 && html`<div class="pictures">${pictures.map(picture)}</div>`}
    <p class="check ${check.status}">${checkText(check)} <span class="quiet">${formatMs(ms)}, drawing included</span></p>
  </article>`;
}

function checkText(check: CellCheck): Html {
  if (check.status === 'wrong') return html`<strong>✗ Differs from JAX:</strong> ${check.reason}`;
  const { maxDifference, errorOverBound } = check;
  if (maxDifference === null || errorOverBound === null) return html`<strong>✓ Equal to JAX's.</strong>`;
  const difference =
    maxDifference === 0 ? 'equal to JAX’s values, bit for bit' : `largest difference from JAX ${formatNumber(maxDifference)}`;
  return html`<strong>✓ As JAX:</strong> ${difference}; largest error ${formatPercent(errorOverBound)} of the bound.`;
}

function picture(drawn: Picture): Html {
  const caption = drawn.title !== '' && html`<figcaption>${drawn.title}</figcaption>`;
  if (drawn.kind === 'svg') return html`<figure class="wide">${drawn.markup}${caption}</figure>`;
  const { uri, alt, width, height, pixelated } = drawn;
  return html`<figure>
    <img src="${uri}" alt="${alt}" width="${width}" height="${height}" class="${pixelated ? 'pixelated' : 'smooth'}" />${caption}
  </figure>`;
}
