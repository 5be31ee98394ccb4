/** What came of a run, with its file to save. */
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { Failures } from './failures.tsx';
import { fileOf, sentenceOf, type AnyResult } from './result-text.ts';

export function LiveResult({ any }: { readonly any: AnyResult }): JSX.Element {
  const { isRight, text } = sentenceOf(any);
  const file = fileOf(any);
  const url = useUrlOf(file.text);
  const failures = any.kind === 'conformance' ? any.result.tests.filter(({ ok }) => !ok) : [];
  return (
    <section class="live-result" aria-label={text}>
      <p class={`verdict ${isRight ? 'right' : 'wrong'}`} role="status">
        <strong>{isRight ? '✓' : '✗'}</strong> {text}. <a href={any.kind === 'bench' ? '#speed' : '#conformance'}>See it</a>,{' '}
        <a href={url} download={file.name}>
          save the JSON
        </a>
      </p>
      <Failures failures={failures} />
    </section>
  );
}

/** A URL of a file with this text, while the component is there; the page's own until there is one. */
function useUrlOf(text: string): string {
  const [url, setUrl] = useState('#live');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [text]);
  return url;
}
