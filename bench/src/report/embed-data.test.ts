import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { embedData, packJson } from './embed-data.ts';
import type { EmbeddedData } from './page-data.ts';

const PAGE = '<body><script type="application/json" id="report-data"></script><script>code()</script></body>';

const data = (commit: string): EmbeddedData => ({ writtenAt: null, commit, notRun: null, notebook: null, files: [], suite: null });

describe('embedData', () => {
  it('puts data into the block as JSON that ends no element, whatever is in it', () => {
    const hostile = "</script><!--<script>alert(1)</script>$& $' $1";
    const page = embedData(PAGE, data(hostile));
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    expect(page).not.toContain('<!--');
    const json = /id="report-data">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
    expect(JSON.parse(json)).toEqual(data(hostile));
    expect(page.endsWith('<script>code()</script></body>')).toBe(true);
  });

  it('wants the dashboard as it was built', () => {
    expect(() => embedData('<p>', data('x'))).toThrow('no place for data');
    expect(() => embedData(embedData(PAGE, data('x')), data('y'))).toThrow('no place for data');
  });

  it('packs JSON', () => {
    const json = { a: 'é\n' };
    expect(JSON.parse(gunzipSync(Buffer.from(packJson(json), 'base64')).toString('utf8'))).toEqual(json);
  });
});
