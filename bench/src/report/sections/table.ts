/** A table that scrolls sideways on its own where the page is narrow, reachable by keyboard. */
import { html, type Html, type HtmlValue } from '../../html/html.ts';

/** `label` names the region for who does not see it; `head` and `rows` are <tr> markup. */
export function scrollingTable(label: string, caption: HtmlValue, head: Html, rows: HtmlValue): Html {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        ${head}
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
