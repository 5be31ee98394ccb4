import { describe, expect, test } from 'vitest';
import { CannotRun } from '../run/cannot-run.ts';
import { parseExpectations } from './expectations.ts';

describe('expectations files', () => {
  test('may have comments and trailing commas; strings keep theirs', () => {
    const text = `// head\n[\n  /* one */ { "query": "golden:*", "status": "unsupported", "reason": "no // f16, /* yet */ ]", },\n]\n`;
    expect(parseExpectations(text, 'f')).toEqual([{ query: 'golden:*', status: 'unsupported', reason: 'no // f16, /* yet */ ]' }]);
  });

  test.each([
    ['[', 'not JSON'],
    ['{}', 'not a list'],
    ['[{ "query": "a", "status": "fail" }]', 'reason'],
    ['[{ "query": "a", "status": "fail", "reason": " " }]', 'needs a reason'],
    ['[{ "query": "a", "status": "skip", "reason": "r" }]', 'status'],
    ['[{ "query": "a", "status": "fail", "reason": "r", "why": "r" }]', 'why'],
  ])('%s is refused: %s', (text, part) => {
    expect(() => parseExpectations(text, 'mine.jsonc')).toThrow(CannotRun);
    expect(() => parseExpectations(text, 'mine.jsonc')).toThrow(part);
    expect(() => parseExpectations(text, 'mine.jsonc')).toThrow('mine.jsonc');
  });
});
