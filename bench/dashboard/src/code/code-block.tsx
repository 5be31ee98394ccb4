/** A program to read and to copy. */
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { codePieces, type Language } from './code-pieces.ts';

export interface CodeBlockProps {
  /** What it is written in, for people: 'TypeScript'. */
  readonly title: string;
  readonly language: Language;
  readonly code: string;
  /** Its name, where the page has several of this title. */
  readonly label?: string;
}

export function CodeBlock({ title, language, code, label = title }: CodeBlockProps): JSX.Element {
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(code);
      setSaid('copied');
    } catch {
      // A page from a file, or one without the permission, has no clipboard.
      setSaid('this page may not copy; select the text');
    }
  };
  return (
    <figure class="code">
      <figcaption>
        {title}{' '}
        <button type="button" onClick={() => void copy()} aria-label={`Copy the ${label} code`}>
          Copy
        </button>{' '}
        <span class="quiet" role="status">
          {said}
        </span>
      </figcaption>
      <pre tabIndex={0} aria-label={label}>
        <code>
          {codePieces(code, language).map(({ text, kind }, place) =>
            kind === null ? (
              text
            ) : (
              <span key={place} class={kind}>
                {text}
              </span>
            ),
          )}
        </code>
      </pre>
    </figure>
  );
}
