/** A refusal as JAX would raise it: the exception, and the argument, the rule and the values that laxconv's error carries. */
import type { LaxconvError } from '@laxconv/api';
import { RULES } from '@laxconv/api';
import type { JSX } from 'preact';

export function Refusal({ error }: { readonly error: LaxconvError }): JSX.Element {
  const { jaxError, message, argument, rule, values } = error;
  return (
    <div class="verdict wrong" role="alert">
      <p>
        <strong>{jaxError}</strong>: {message}
      </p>
      <dl>
        <dt>argument</dt>
        <dd>
          <code>{argument}</code>
        </dd>
        <dt>rule</dt>
        <dd>
          <code>{rule}</code>: {RULES[rule].about}
        </dd>
        {Object.entries(values).map(([name, value]) => (
          <>
            <dt key={`${name} name`}>{name}</dt>
            <dd key={name}>
              <code>{JSON.stringify(value) ?? String(value)}</code>
            </dd>
          </>
        ))}
      </dl>
    </div>
  );
}
