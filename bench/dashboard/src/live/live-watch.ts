/** Follows a run by what it tells: where it is, and what it has done should it never come back. */
import { interruptedResult, type RunStart, type TestResult } from '@laxconv/conformance';
import type { BenchResult } from '../../../src/result/result.ts';
import type { LiveEvent, LiveJob } from './live-job.ts';
import type { AnyResult } from './result-text.ts';
import { TimeLeft } from './time-left.ts';

/** Where a run is. */
export interface Progress {
  /** Of 0 to 1. */
  readonly fraction: number;
  /** What is being done, in words. */
  readonly what: string;
  /** In ms; null while nobody knows. */
  readonly left: number | null;
  /** Tests that did not end as they should, so far. */
  readonly failures: readonly TestResult[];
}

/** Nobody reads more pictures than this. */
const SHOW_EVERY_MS = 60;

export class LiveWatch {
  readonly #job: LiveJob;
  readonly #show: (progress: Progress) => void;
  readonly #began = performance.now();
  #shown = -Infinity;
  #timeLeft = new TimeLeft([]);
  #start: RunStart | null = null;
  readonly #tests: TestResult[] = [];
  #bench: BenchResult | null = null;

  /** `show` is called at once, and then as things happen, but not for every one of them. */
  constructor(job: LiveJob, show: (progress: Progress) => void) {
    this.#job = job;
    this.#show = show;
    const what = job.what === 'suite' ? `${job.backend}: opening the suite` : 'starting the backends';
    show({ fraction: 0, what, left: null, failures: [] });
  }

  /** Takes notice of what a run has told. */
  take(event: LiveEvent): void {
    switch (event.type) {
      case 'start':
        this.#start = event.start;
        this.#timeLeft = new TimeLeft(event.start.ids);
        return;
      case 'test':
        this.#tests.push(event.result);
        this.#timeLeft.ended(event.result.id, event.result.ms);
        return this.#showIfDue(() => this.#ofSuite());
      case 'step':
        return this.#showIfDue(() => this.#ofBenchmark(event.progress));
      case 'case':
        // A case that was interrupted before its first time is nothing done.
        if (event.soFar.cases.some(({ results }) => results.some(({ status }) => status !== 'interrupted'))) this.#bench = event.soFar;
    }
  }

  /** Whether it has done anything that a result could be made of. */
  get hasDone(): boolean {
    return this.#tests.length > 0 || this.#bench !== null;
  }

  /** The result of what was done; `atWork` says why the test that ran is missing. Null where nothing was done. */
  soFar(atWork: string): AnyResult | null {
    if (this.#bench !== null) return { kind: 'bench', result: this.#bench };
    if (this.#start === null || this.#tests.length === 0) return null;
    return { kind: 'conformance', result: interruptedResult(this.#start, this.#tests, performance.now() - this.#began, atWork) };
  }

  #showIfDue(progress: () => Progress): void {
    const now = performance.now();
    if (now - this.#shown < SHOW_EVERY_MS) return;
    this.#shown = now;
    this.#show(progress());
  }

  #ofSuite(): Progress {
    const done = this.#tests.length;
    const count = this.#start?.ids.length ?? done;
    const name = this.#job.what === 'suite' ? this.#job.backend : '';
    return {
      fraction: done / count,
      what: `${name}: test ${done.toLocaleString('en')} of ${count.toLocaleString('en')}`,
      left: this.#timeLeft.estimate,
      failures: this.#tests.filter(({ ok }) => !ok),
    };
  }

  #ofBenchmark({ fraction, caseIndex, caseCount, what }: Extract<LiveEvent, { type: 'step' }>['progress']): Progress {
    const left = ((performance.now() - this.#began) * (1 - fraction)) / fraction;
    return { fraction, what: `case ${caseIndex + 1} of ${caseCount}: ${what}`, left, failures: [] };
  }
}
