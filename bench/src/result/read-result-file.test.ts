import { expect, it } from 'vitest';
import { readResultFile } from './read-result-file.ts';

it.each([
  ['{', 'x.json is not JSON'],
  ['null', 'x.json is not a result file of laxconv: its "format" is missing'],
  ['{"format":"webpack-stats"}', 'its "format" is "webpack-stats"'],
  ['{"format":"laxconv-bench/1"}', 'x.json is a broken benchmark result: startedAt: '],
  ['{"format":1,"tests":[]}', 'x.json is a broken conformance result: suite: '],
])('says of %s what is wrong with it', (text, sentence) => {
  expect(() => readResultFile(text, 'x.json')).toThrow(sentence);
});
