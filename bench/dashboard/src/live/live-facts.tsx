/** How much of the suite is run, and on how many threads. */
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { ReadGolden } from '@laxconv/conformance';
import { messageOf } from '../../../src/format/message-of.ts';
import { FIRST_BACKEND, pageBackend, threadsHere } from '../backends/page-backends.ts';
import { countTests } from './count-tests.ts';

export function LiveFacts({ read }: { readonly read: ReadGolden }): JSX.Element {
  const [counts, setCounts] = useState('');
  const [threads, setThreads] = useState('');
  useEffect(() => {
    const find = async (): Promise<void> => {
      setThreads(await sentence(async () => `${FIRST_BACKEND} runs here on ${await threadsHere(pageBackend(FIRST_BACKEND))}.`));
      setCounts(
        await sentence(async () => {
          const { all, quick } = await countTests(read);
          return `The quick subset has ${quick.toLocaleString('en')} of the suite’s ${all.toLocaleString('en')} tests: of JAX’s goldens one for every function × dtype × family × outcome (each broken rule is one), and every test of the other families, with 20 random runs instead of 100.`;
        }),
      );
    };
    void find();
  }, [read]);
  return (
    <ul class="live-facts quiet">
      <li>{counts || 'Counting the tests …'}</li>
      {threads !== '' && <li>{threads}</li>}
    </ul>
  );
}

/** What is found, or why it is not. */
async function sentence(find: () => Promise<string>): Promise<string> {
  try {
    return await find();
  } catch (error) {
    return messageOf(error);
  }
}
