/** The examples of a document: lines `call // result` in its JavaScript blocks. They are run, and the result must be the one that stands there. */
import { runInThisContext } from 'node:vm';
import { laxconvOn, tensor, toNested, type Instance } from '@laxconv/api';
import { createBackend } from '@laxconv/naive';

export interface Example {
  readonly code: string;
  /** JSON, as it stands in the document. */
  readonly expected: string;
}

/** The examples in a Markdown document. */
export function examplesIn(text: string): Example[] {
  return [...text.matchAll(/^```js\n(.*?)^```$/gms)].flatMap(([, block]) =>
    block
      .trim()
      .split('\n')
      .map((line) => {
        const [code, expected] = line.split(' // ');
        if (expected === undefined) throw new Error(`an example without a result: ${line}`);
        return { code, expected };
      }),
  );
}

/** Runs an example on naive. Tensors come back nested, other values as they are. */
export async function runExample({ code }: Example): Promise<unknown> {
  const backend = await createBackend();
  const { lax, numpy, scipy, dispose } = laxconvOn(backend);
  try {
    const program = runInThisContext(`(async (lax, numpy, scipy, tensor) => (${code}))`) as Program;
    const value = await program(lax, numpy, scipy, tensor);
    return typeof value === 'object' && value !== null && 'data' in value ? toNested(value as Parameters<typeof toNested>[0]) : value;
  } finally {
    await dispose();
    await backend.dispose();
  }
}

type Program = (lax: Instance['lax'], numpy: Instance['numpy'], scipy: Instance['scipy'], make: typeof tensor) => Promise<unknown>;
