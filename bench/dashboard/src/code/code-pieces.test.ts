import { describe, expect, it } from 'vitest';
import { notebookSources } from './notebook-sources.test.fixture.ts';
import { codePieces } from './code-pieces.ts';

describe('codePieces', () => {
  it.each(notebookSources())('are the program, to the letter ($name)', ({ code, language }) => {
    expect(
      codePieces(code, language)
        .map(({ text }) => text)
        .join(''),
    ).toBe(code);
  });

  it('know words, texts, numbers and comments in both languages', () => {
    const of = (code: string, language: 'typescript' | 'python') =>
      codePieces(code, language).flatMap(({ text, kind }) => (kind === null ? [] : [[kind, text]]));
    expect(of('const x = await f("a", 15); // 2', 'typescript')).toEqual([
      ['keyword', 'const'],
      ['keyword', 'await'],
      ...['"', 'a', '"'].map((text) => ['string', text]),
      ['number', '15'],
      ['comment', '// 2'],
    ]);
    expect(of('def f(x): return x + 10 # <b>', 'python')).toEqual([
      ['keyword', 'def'],
      ['keyword', 'return'],
      ['number', '10'],
      ['comment', '# <b>'],
    ]);
  });
});
