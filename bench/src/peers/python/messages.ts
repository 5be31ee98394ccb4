/** What the bench and `bench/peers/serve.py` send each other: a line of JSON, then as many bytes as it says. */

/** A method of the server with its arguments. */
export interface Request {
  readonly op: 'version' | 'bind' | 'stage' | 'run' | 'sample' | 'free';
  readonly [argument: string]: unknown;
}

export interface Answer {
  readonly head: Readonly<Record<string, unknown>>;
  readonly data: Uint8Array<ArrayBuffer>;
}

const NEWLINE = 10;

/** The request's bytes. */
export function encodeRequest(request: Request, data: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${JSON.stringify({ ...request, bytes: data.byteLength })}\n`), data]);
}

/** Puts answers together from chunks as they arrive. */
export class AnswerReader {
  readonly #onAnswer: (answer: Answer) => void;
  #chunks: Uint8Array[] = [];
  #length = 0;
  #head: Answer['head'] | undefined;

  constructor(onAnswer: (answer: Answer) => void) {
    this.#onAnswer = onAnswer;
  }

  /** Takes the next bytes of the stream. */
  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    while (this.#readHead() && this.#readBody());
  }

  #readHead(): boolean {
    if (this.#head !== undefined) return true;
    const bytes = this.#joined();
    const end = bytes.indexOf(NEWLINE);
    if (end < 0) return false;
    this.#head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as Answer['head'];
    this.#keep(bytes.subarray(end + 1));
    return true;
  }

  #readBody(): boolean {
    const head = this.#head ?? {};
    const count = Number(head['bytes']);
    if (this.#length < count) return false;
    const bytes = this.#joined();
    this.#head = undefined;
    this.#keep(bytes.subarray(count));
    this.#onAnswer({ head, data: Uint8Array.from(bytes.subarray(0, count)) });
    return true;
  }

  /** All bytes that wait. Large answers come in many chunks, so they are joined only when they are complete. */
  #joined(): Uint8Array {
    return this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
  }

  #keep(bytes: Uint8Array): void {
    this.#chunks = [bytes];
    this.#length = bytes.length;
  }
}
