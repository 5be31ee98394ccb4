/** Source code with comments, strings, numbers and keywords told apart: enough to read Python and TypeScript side by side. */
import { html, type Html } from '../../html/html.ts';

const KEYWORDS: Readonly<Record<'python' | 'typescript', ReadonlySet<string>>> = {
  python: new Set(['as', 'def', 'for', 'from', 'import', 'in', 'return']),
  typescript: new Set(['as', 'await', 'const', 'export', 'for', 'from', 'function', 'import', 'let', 'new', 'of', 'return']),
};

const TOKENS = {
  python: /(?<comment>#[^\n]*)|(?<string>'[^'\n]*'|"[^"\n]*")|(?<number>\b\d+(?:\.\d+)?j?\b)|(?<word>[A-Za-z_]\w*)/g,
  typescript: /(?<comment>\/\/[^\n]*)|(?<string>'[^'\n]*'|"[^"\n]*"|`[^`]*`)|(?<number>\b\d+(?:\.\d+)?n?\b)|(?<word>[A-Za-z_$][\w$]*)/g,
};

export function codeBlock(language: 'python' | 'typescript', source: string): Html {
  const parts: (Html | string)[] = [];
  let end = 0;
  for (const match of source.matchAll(TOKENS[language])) {
    parts.push(source.slice(end, match.index), token(language, match));
    end = match.index + match[0].length;
  }
  parts.push(source.slice(end));
  const name = language === 'python' ? 'Python' : 'TypeScript';
  return html`<figure class="code">
    <figcaption>${name}</figcaption>
    <pre tabindex="0" aria-label="${name} code"><code>${parts}</code></pre>
  </figure>`;
}

function token(language: 'python' | 'typescript', { 0: text, groups = {} }: RegExpMatchArray): Html | string {
  const kind = Object.keys(groups).find((name) => groups[name] !== undefined);
  if (kind !== 'word') return html`<span class="${kind}">${text}</span>`;
  return KEYWORDS[language].has(text) ? html`<span class="keyword">${text}</span>` : text;
}
