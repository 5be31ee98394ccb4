/** The section Playground. Its arguments stand in the page's address, so that a call can be shared. */
import './playground.css';
import '../code/code.css';
import { render } from 'preact';
import type { SectionContext } from '../shell/section.ts';
import { isDType } from '@laxconv/api/backend';
import { Playground } from './playground.tsx';
import { FIELDS, PRESETS, type Settings } from './settings.ts';

/** Fills `root`. */
export function mountPlayground(root: HTMLElement, { route }: SectionContext): void {
  const onChange = (settings: Settings): void => route.set(paramsOf(settings));
  render(<Playground start={settingsOf(route.place.params)} onChange={onChange} />, root);
}

const [{ settings: START }] = PRESETS;

function settingsOf(params: URLSearchParams): Settings {
  const given = FIELDS.flatMap(({ name }) => {
    const value = params.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const dtype = params.get('dtype');
  return { ...START, ...Object.fromEntries(given), ...(isDType(dtype) ? { dtype } : {}) };
}

/** Only what differs from where the page starts; what does not is taken away. */
function paramsOf(settings: Settings): Record<string, string | null> {
  return Object.fromEntries(
    (Object.keys(settings) as (keyof Settings)[]).map((name) => [name, settings[name] === START[name] ? null : settings[name]]),
  );
}
