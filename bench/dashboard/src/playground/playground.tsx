/** The playground: arguments on top, then what the call comes to, where an output element reads from, and the code. */
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { ConvProblem } from '@laxconv/api/backend';
import { CodeBlock } from '../code/code-block.tsx';
import { callOf, type PlaygroundCall } from './call-of.ts';
import { pythonOf, typescriptOf } from './code-text.ts';
import { inside } from './cursor.ts';
import { Form } from './form.tsx';
import { outcomeOf, type Outcome } from './outcome-of.ts';
import { ReadsDrawing } from './reads-drawing.tsx';
import { Refusal } from './refusal.tsx';
import type { Settings } from './settings.ts';

export interface PlaygroundProps {
  readonly start: Settings;
  /** Called after every change, to keep it in the page's address. */
  readonly onChange: (settings: Settings) => void;
}

export function Playground({ start, onChange }: PlaygroundProps): JSX.Element {
  const [settings, setSettings] = useState(start);
  const [index, setIndex] = useState<readonly number[]>([]);
  const call = callOf(settings);
  const unreadable = 'field' in call ? call : null;
  const outcome = useOutcome('field' in call ? null : call);
  const change = (next: Settings): void => {
    setSettings(next);
    onChange(next);
  };
  const fault = unreadable ?? (outcome?.kind === 'refused' ? { field: outcome.error.argument, reason: outcome.error.message } : null);
  return (
    <>
      <h2>Playground</h2>
      <p>
        One <code>lax.convGeneralDilated</code>: change its arguments, and see the result’s shape or JAX’s error, and which elements and
        taps an output element is the sum over.
      </p>
      <Form settings={settings} fault={fault} onChange={change} />
      {unreadable !== null && (
        <p class="verdict wrong" role="alert">
          <strong>{unreadable.field}</strong>: {unreadable.reason}.
        </p>
      )}
      {unreadable === null && outcome !== null && <OutcomeView outcome={outcome} settings={settings} index={index} onMove={setIndex} />}
      {!('field' in call) && (
        <div class="code-pair">
          <CodeBlock title="TypeScript" language="typescript" code={typescriptOf(call)} />
          <CodeBlock title="Python, with JAX" language="python" code={pythonOf(call)} />
        </div>
      )}
    </>
  );
}

interface OutcomeViewProps {
  readonly outcome: Outcome;
  readonly settings: Settings;
  readonly index: readonly number[];
  readonly onMove: (index: readonly number[]) => void;
}

function OutcomeView({ outcome, settings, index, onMove }: OutcomeViewProps): JSX.Element {
  if (outcome.kind === 'refused') return <Refusal error={outcome.error} />;
  if (outcome.kind === 'no sum') {
    const shape = outcome.shape === null ? '' : ` of shape [${outcome.shape.join(', ')}]`;
    return (
      <p class="verdict right" role="status">
        The result{shape} is empty, or all zeros: nothing is summed.
      </p>
    );
  }
  const { problem } = outcome;
  const at = inside(problem, index);
  return (
    <>
      <p class="verdict right" role="status">
        <strong>out.shape</strong> [{problem.out.shape.join(', ')}], {problem.out.dtype}; padding{' '}
        {problem.padding.map(([low, high]) => `(${low}, ${high})`).join(', ') || '()'}
      </p>
      <OtherAxes problem={problem} at={at} onMove={onMove} />
      <ReadsDrawing problem={problem} letters={lettersOf(settings.rhsLayout)} index={at} onMove={onMove} />
    </>
  );
}

/** The batch and the feature of the output element, where there are several. */
function OtherAxes({
  problem,
  at,
  onMove,
}: { readonly problem: ConvProblem; readonly at: readonly number[] } & Pick<OutcomeViewProps, 'onMove'>): JSX.Element {
  const axes = [
    ['batch', problem.outSpec[0]],
    ['output feature', problem.outSpec[1]],
  ] as const;
  return (
    <div class="filters">
      {axes
        .filter(([, axis]) => problem.out.shape[axis] > 1)
        .map(([name, axis]) => (
          <label key={name}>
            {name}
            <input
              type="number"
              min={0}
              max={problem.out.shape[axis] - 1}
              value={at[axis]}
              onInput={({ currentTarget }) => onMove(inside(problem, at.with(axis, Math.trunc(currentTarget.valueAsNumber) || 0)))}
            />
          </label>
        ))}
    </div>
  );
}

/** The spatial letters in the order in which they stand in the kernel's layout. */
function lettersOf(layout: string): string[] {
  return [...layout].filter((letter) => letter !== 'O' && letter !== 'I');
}

/** The call's outcome; the one before it until it is known. */
function useOutcome(call: PlaygroundCall | null): Outcome | null {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const key = JSON.stringify(call);
  useEffect(() => {
    let isCurrent = true;
    const find = async (): Promise<void> => {
      const known = call === null ? null : await outcomeOf(call);
      if (isCurrent) setOutcome(known);
    };
    void find();
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return outcome;
}
