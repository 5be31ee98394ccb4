/** The whole page: one file, no script, no request. The policy in its head holds the browser to that, whatever the data says. */
import { html, trustedHtml, type Html } from '../html/html.ts';
import type { ReportData } from './report-data.ts';
import { benchSection } from './sections/bench.ts';
import { conformanceSection } from './sections/conformance.ts';
import { headSection, notRunSection } from './sections/head.ts';
import { kernelsSection } from './sections/kernels.ts';
import { notebookSection } from './sections/notebook.ts';
import { STYLES } from './styles.ts';
import { judge } from './verdict.ts';

export function reportPage(data: ReportData): string {
  const verdict = judge(data);
  const page: Html = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${verdict.right ? '✓' : '✗'} laxconv report</title>
      <style>
        ${trustedHtml(STYLES)}
      </style>
    </head>
    <body>
      <a class="skip" href="#main">Skip to the results</a>
      ${headSection(data, verdict)}
      <nav aria-label="Sections">
        <ul>
          <li><a href="#not-run">Not run</a></li>
          <li><a href="#conformance">Conformance</a></li>
          <li><a href="#kernels">Accuracy</a></li>
          <li><a href="#bench">Benchmark</a></li>
          <li><a href="#notebook">Notebook</a></li>
        </ul>
      </nav>
      <main id="main">
        ${notRunSection(data.notRun)} ${conformanceSection(data.conformance)} ${kernelsSection(data.conformance)}
        ${benchSection(data.bench)} ${notebookSection(data.notebook)}
      </main>
    </body>
  </html>`;
  return `<!doctype html>\n${page.text}\n`;
}
