/** How to see one test of a result again. */
import type { RunResult } from './result.ts';

/** The command line that runs only the test `id`, with the run's seed. */
export function reproduceCommand({ backend, seed, runs }: Pick<RunResult, 'backend' | 'seed' | 'runs'>, id: string): string {
  const quote = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`);
  const options = backend.options === undefined ? '' : ` --backend-options ${quote(JSON.stringify(backend.options))}`;
  return `npx @laxconv/conformance run --backend ${quote(backend.module ?? backend.name)}${options} --filter ${quote(id)} --seed ${seed} --runs ${runs}`;
}
