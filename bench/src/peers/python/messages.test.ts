import { expect, it } from 'vitest';
import { AnswerReader, encodeRequest, type Answer } from './messages.ts';

const message = (head: object, data: readonly number[]): Uint8Array =>
  Buffer.concat([Buffer.from(`${JSON.stringify({ ...head, bytes: data.length })}\n`), Uint8Array.from(data)]);

it('writes a request as a line that says how many bytes follow', () => {
  expect(encodeRequest({ op: 'run', id: 3 }, Uint8Array.of(10, 0))).toEqual(Buffer.from('{"op":"run","id":3,"bytes":2}\n\n\0'));
});

it.each([1, 2, 3, 7, 1000])('puts answers together from chunks of %i bytes, newlines in the data included', (size) => {
  const answers: Answer[] = [];
  const reader = new AnswerReader((answer) => answers.push(answer));
  const stream = Buffer.concat([message({ ms: 2 }, []), message({}, [10, 123, 10]), message({ error: 'x' }, [1])]);
  for (let at = 0; at < stream.length; at += size) reader.push(stream.subarray(at, at + size));
  expect(answers).toEqual([
    { head: { ms: 2, bytes: 0 }, data: new Uint8Array() },
    { head: { bytes: 3 }, data: Uint8Array.of(10, 123, 10) },
    { head: { error: 'x', bytes: 1 }, data: Uint8Array.of(1) },
  ]);
  expect(answers.every(({ data }) => data.byteOffset === 0 && data.buffer.byteLength === data.length)).toBe(true);
});
