/** A program as pieces to be coloured. They are text to the page: nothing in a program becomes markup. */
import { parse, type ParseOptions, type TokenType } from 'sugar-high/core';
import * as python from 'sugar-high/lang/python';
import * as typescript from 'sugar-high/lang/typescript';

/** What a program is written in. */
export type Language = 'typescript' | 'python';

/** Some characters of a program; `kind` names their colour, null is the text's own. */
export interface CodePiece {
  readonly text: string;
  readonly kind: 'keyword' | 'string' | 'comment' | 'number' | null;
}

/** Names, signs and properties keep the text's colour: where all is coloured, nothing is. */
const KINDS: Partial<Readonly<Record<TokenType, CodePiece['kind']>>> = { keyword: 'keyword', string: 'string', comment: 'comment' };

const OPTIONS: Readonly<Record<Language, ParseOptions>> = { typescript, python };

/** The pieces, which together are `code`. */
export function codePieces(code: string, language: Language): readonly CodePiece[] {
  const pieces: CodePiece[] = [];
  for (const { index, tokens } of parse(code, OPTIONS[language]).lines) {
    if (index > 0) pieces.push({ text: '\n', kind: null });
    for (const { type, value } of tokens) {
      if (value !== '') pieces.push({ text: value, kind: kindOf(type, value) });
    }
  }
  return pieces;
}

/** The library calls a number what it calls a type. */
function kindOf(type: TokenType, value: string): CodePiece['kind'] {
  return type === 'class' && /^\d/.test(value) ? 'number' : (KINDS[type] ?? null);
}
