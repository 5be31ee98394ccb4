/**
 * A vitest reporter that writes how many tests passed, failed and were skipped, part by part, to the file that LAXCONV_COUNTS names.
 * A file that could not be loaded, or an error outside a test, counts as one failed test: it must never look like fewer tests.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import process from 'node:process';
import type { Reporter, TestModule } from 'vitest/node';
import type { Counts } from './counts.ts';

/** A suite's tests are counted by backend and platform, the others by project. */
function label({ relativeModuleId, project }: TestModule): string {
  if (!relativeModuleId.startsWith('conformance/suites/')) return project.name;
  const platform = project.name === 'chromium' ? 'Chromium' : `Node ${process.versions.node}`;
  return `conformance of ${basename(relativeModuleId).split('.')[0]} in ${platform}`;
}

export class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const file = process.env['LAXCONV_COUNTS'];
    if (file === undefined) return;
    const projects: Record<string, Counts> = {};
    const of = (name: string): Counts => (projects[name] ??= { passed: 0, failed: 0, skipped: 0 });
    for (const module of modules) {
      const counts = of(label(module));
      let own = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        counts[state === 'pending' ? 'failed' : state] += 1;
        if (state === 'failed') own += 1;
      }
      if (module.state() === 'failed' && own === 0) counts.failed += 1;
    }
    if (unhandledErrors.length > 0) of('outside any test').failed += unhandledErrors.length;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(projects));
  }
}
