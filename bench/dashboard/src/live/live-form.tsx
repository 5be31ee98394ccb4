/** What is to be run, on which backends; and the buttons that run it and stop it. */
import type { JSX } from 'preact';
import { PAGE_BACKENDS } from '../backends/page-backends.ts';

const WHATS = ['quick suite', 'whole suite', 'benchmark'] as const;

/** What is to be run. */
export interface Choice {
  readonly what: (typeof WHATS)[number];
  /** Names of backends. */
  readonly backends: readonly string[];
}

export interface LiveFormProps {
  readonly choice: Choice;
  readonly isRunning: boolean;
  /** It was cancelled, and has not ended yet. */
  readonly isStopping: boolean;
  readonly onChange: (choice: Choice) => void;
  readonly onRun: () => void;
  readonly onCancel: () => void;
}

const TITLES: Readonly<Record<Choice['what'], string>> = {
  'quick suite': 'conformance, the quick subset',
  'whole suite': 'conformance, the whole suite',
  benchmark: 'benchmark, the quick cases',
};

export function LiveForm({ choice, isRunning, isStopping, onChange, onRun, onCancel }: LiveFormProps): JSX.Element {
  const toggle = (name: string, isChosen: boolean): void => {
    const others = choice.backends.filter((each) => each !== name);
    onChange({ ...choice, backends: isChosen ? [...others, name] : others });
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    onRun();
  };
  return (
    <form class="filters" onSubmit={submit}>
      <label>
        What
        <select
          value={choice.what}
          disabled={isRunning}
          onChange={({ currentTarget }) => onChange({ ...choice, what: WHATS.find((what) => what === currentTarget.value) ?? choice.what })}
        >
          {WHATS.map((what) => (
            <option key={what} value={what}>
              {TITLES[what]}
            </option>
          ))}
        </select>
      </label>
      <fieldset disabled={isRunning}>
        <legend>Backends</legend>
        {PAGE_BACKENDS.map(({ name }) => (
          <label key={name} class="check">
            <input
              type="checkbox"
              checked={choice.backends.includes(name)}
              onChange={({ currentTarget }) => toggle(name, currentTarget.checked)}
            />
            {name}
          </label>
        ))}
      </fieldset>
      <button type="submit" disabled={isRunning || choice.backends.length === 0}>
        Run
      </button>
      <button type="button" disabled={!isRunning || isStopping} onClick={onCancel}>
        {isStopping ? 'Stopping …' : 'Cancel'}
      </button>
    </form>
  );
}
