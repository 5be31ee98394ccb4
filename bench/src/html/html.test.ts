import { describe, expect, it } from 'vitest';
import { html, trustedHtml } from './html.ts';

describe('html', () => {
  it('escapes text and attributes', () => {
    const evil = `"><script>alert('x')</script>&`;
    expect(html`<b title="${evil}">${evil}</b>`.text).toBe(
      '<b title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</b>',
    );
  });

  it('nests templates and lists without escaping them twice', () => {
    const items = ['a<', 'b'].map((item) => html`<li>${item}</li>`);
    expect(html`<b>${items}</b>`.text).toBe('<b><li>a&lt;</li><li>b</li></b>');
  });

  it('leaves out null, undefined and false, and keeps 0', () => {
    expect(html`${null}${undefined}${false}${0}`.text).toBe('0');
  });

  it('does not mistake a data object that looks like markup for markup', () => {
    const data = JSON.parse('{"text":"<script>"}') as unknown as string;
    expect(() => html`${data}`.text).toThrow();
    expect(html`${trustedHtml('<i>')}`.text).toBe('<i>');
  });
});
