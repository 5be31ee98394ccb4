/** The page around the sections: head, tabs, what was loaded, and the section that is shown. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { ResultStore } from '../results/result-store.ts';
import type { HashRoute } from './hash-route.ts';
import { PageHead } from './page-head.tsx';
import { ResultFiles } from './result-files.tsx';
import type { Section } from './section.ts';

export interface ShellProps {
  readonly sections: readonly Section[];
  readonly store: ResultStore;
  readonly route: HashRoute;
}

export function Shell({ sections, store, route }: ShellProps): JSX.Element {
  const [current, setCurrent] = useState(route.place.section);
  const main = useRef<HTMLElement>(null);
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => route.subscribe(({ section }) => setCurrent(section)), [route]);
  // On a phone not all of them are in sight.
  useEffect(() => tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [current]);
  const toMain = (event: Event): void => {
    event.preventDefault();
    main.current?.focus();
  };
  return (
    <>
      <a class="skip" href="#main" onClick={toMain}>
        Skip to the section
      </a>
      <PageHead store={store} />
      <ResultFiles store={store} />
      <nav class="tabs" aria-label="Sections" ref={tabs}>
        <ul>
          {sections.map(({ id, title }) => (
            <li key={id}>
              <a href={route.hrefOf(id)} aria-current={id === current ? 'page' : undefined}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main id="main" tabIndex={-1} ref={main}>
        {sections.map((section) => (
          <SectionRoot key={section.id} section={section} isShown={section.id === current} context={{ store, route }} />
        ))}
      </main>
    </>
  );
}

interface SectionRootProps {
  readonly section: Section;
  readonly isShown: boolean;
  readonly context: { readonly store: ResultStore; readonly route: HashRoute };
}

/** A section keeps what the reader did in it while another is shown. */
function SectionRoot({ section, isShown, context }: SectionRootProps): JSX.Element {
  const root = useRef<HTMLElement>(null);
  const isMounted = useRef(false);
  useEffect(() => {
    if (!isShown || isMounted.current || root.current === null) return;
    isMounted.current = true;
    section.mount(root.current, context);
  }, [isShown]);
  return <section id={`${section.id}-section`} aria-label={section.title} hidden={!isShown} ref={root} />;
}
