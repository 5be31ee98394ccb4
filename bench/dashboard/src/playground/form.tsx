/** The playground's form: a place to start from, a field for each argument, and the dtype. */
import { DTYPE_NAMES } from '@laxconv/api/backend';
import type { DType } from '@laxconv/api';
import type { JSX } from 'preact';
import { FIELDS, PRESETS, type FieldName, type Settings } from './settings.ts';

export interface FormProps {
  readonly settings: Settings;
  /** The field that cannot be read or that is at fault, and why; null where all are well. */
  readonly fault: { readonly field: string; readonly reason: string } | null;
  readonly onChange: (settings: Settings) => void;
}

export function Form({ settings, fault, onChange }: FormProps): JSX.Element {
  const chosen = PRESETS.findIndex(({ settings: preset }) => isSame(preset, settings));
  return (
    <form class="filters" onSubmit={(event) => event.preventDefault()}>
      <label>
        Start from
        <select value={String(chosen)} onChange={({ currentTarget }) => onChange(PRESETS[Number(currentTarget.value)].settings)}>
          {chosen === -1 && <option value="-1">your own</option>}
          {PRESETS.map(({ name }, place) => (
            <option key={name} value={String(place)}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        dtype
        <select value={settings.dtype} onChange={({ currentTarget }) => onChange({ ...settings, dtype: currentTarget.value as DType })}>
          {DTYPE_NAMES.map((dtype) => (
            <option key={dtype}>{dtype}</option>
          ))}
        </select>
      </label>
      {FIELDS.map(({ name, label, hint }) => (
        <label key={name}>
          {label}
          <input
            name={name}
            value={settings[name]}
            title={hint}
            aria-description={hint}
            spellcheck={false}
            autocomplete="off"
            size={widthOf(name)}
            aria-invalid={fault !== null && belongsTo(fault.field, name)}
            onInput={({ currentTarget }) => onChange({ ...settings, [name]: currentTarget.value })}
          />
        </label>
      ))}
    </form>
  );
}

/** Whether the error's argument is one that this field writes. */
function belongsTo(argument: string, field: FieldName): boolean {
  if (argument === field) return true;
  if (argument === 'dimensionNumbers') return field.endsWith('Layout');
  return `${argument}Shape` === field;
}

function widthOf(name: FieldName): number {
  return name.endsWith('Layout') || name.endsWith('Count') ? 8 : 16;
}

function isSame(one: Settings, other: Settings): boolean {
  return (Object.keys(one) as (keyof Settings)[]).every((name) => one[name] === other[name]);
}
