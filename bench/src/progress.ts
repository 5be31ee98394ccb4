/** Progress of a run on a terminal as one line that is rewritten, elsewhere as one line per case. */
import type { WriteStream } from 'node:tty';
import type { BenchProgress } from './runner/run-bench.ts';

export interface Progress {
  readonly step: (progress: BenchProgress) => void;
  readonly end: () => void;
}

export function progressTo(stream: Pick<WriteStream, 'isTTY' | 'write' | 'columns'>): Progress {
  const started = performance.now();
  let lastCase = -1;
  const step = ({ fraction, caseIndex, caseCount, what }: BenchProgress): void => {
    const remaining = ((performance.now() - started) * (1 - fraction)) / fraction / 1000;
    // The first steps of a run say little of the rest: everything starts, and the first reference is computed.
    const left = caseIndex === 0 && caseCount > 1 ? '' : remaining < 1 ? ' · almost done' : ` · about ${Math.round(remaining)} s left`;
    const line = `[${caseIndex + 1}/${caseCount}] ${what}${left}`;
    if (stream.isTTY) stream.write(`\r\u001B[K${line.slice(0, stream.columns - 1)}`);
    else if (caseIndex !== lastCase) stream.write(`${line}\n`);
    lastCase = caseIndex;
  };
  return { step, end: () => void (stream.isTTY && stream.write('\r\u001B[K')) };
}
