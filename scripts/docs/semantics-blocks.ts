/** The generated parts of `docs/semantics.md`: rules with their goldens, our own rules, differences from JAX, what is covered. */
import { RULES, type RuleId } from '@laxconv/api';
import { DTYPE_NAMES } from '@laxconv/api/backend';
import { acceptedSide, hasAcceptedSide } from './accepted-sides.ts';
import { table } from './blocks.ts';
import type { GoldenIndex, IndexedCase } from './golden-index.ts';
import { OUR_RULES } from './our-rules.ts';

const LONGEST_MESSAGE = 110;

/** Every rule that JAX has, in the order of rules.ts, with the recorded refusals that hold it. */
export function rulesTable(goldens: GoldenIndex): string {
  const { cases } = goldens;
  const byRule = Map.groupBy(
    cases.filter(({ rule }) => rule !== undefined),
    ({ rule }) => rule,
  );
  const rows = Object.entries(RULES)
    .filter(([id]) => OUR_RULES[id as RuleId] === undefined)
    .map(([id, { jaxError, about }]) => {
      const refusals = byRule.get(id) ?? [];
      return [code(id), jaxError, about, sentenceOfJax(refusals), names(refusals), acceptedSide(id, goldens).map(code).join(', ')];
    });
  return table(
    ['rule', 'JAX raises', 'what holds', 'in JAX’s words, for example', 'recorded refusals', 'values of the accepted side'],
    rows,
  );
}

/** The rules that no call of JAX can break. */
export function ourRulesTable(): string {
  const rows = Object.entries(RULES).flatMap(([id, { jaxError, about }]) => {
    const reason = OUR_RULES[id as RuleId];
    return reason === undefined ? [] : [[code(id), jaxError, about, reason]];
  });
  return table(['rule', 'class', 'what holds', 'why JAX has no such rule'], rows);
}

/** Where laxconv and JAX part on purpose. One row per reason and rule. */
export function differencesTable({ cases }: GoldenIndex): string {
  const differing = cases.filter(({ difference }) => difference !== undefined);
  const groups = Map.groupBy(differing, ({ rule, difference }) => JSON.stringify([rule ?? null, difference?.jax, difference?.reason]));
  const rows = [...groups.values()].map((group) => {
    const [{ rule, difference }] = group;
    const functions = [...new Set(group.map(({ fn }) => code(fn)))].join(', ');
    return [functions, difference?.jax ?? '', outcomeHere(rule), difference?.reason ?? '', names(group)];
  });
  if (rows.length === 0) return 'None is recorded.';
  return table(['function', 'JAX', 'laxconv', 'why', 'goldens'], rows);
}

function outcomeHere(rule: string | undefined): string {
  if (rule === undefined) return 'accepts';
  return `${Object.hasOwn(RULES, rule) ? RULES[rule as RuleId].jaxError : '?'} (${code(rule)})`;
}

/** Where JAX's own outcome is wrong or odd: calls left out with the reason, and notes of recorded ones. */
export function oddTable({ cases, omitted }: GoldenIndex): string {
  const notes = Map.groupBy(
    cases.flatMap((one) => one.notes.map((note) => ({ note, one }))),
    ({ note }) => note,
  );
  const rows = [
    ...omitted.map(({ family, name, reason }) => [reason, 'left out', code(`${family}/${name}`)]),
    ...[...notes].map(([note, group]) => [note, 'recorded', names(group.map(({ one }) => one))]),
  ];
  if (rows.length === 0) return 'None is recorded.';
  return table(['what JAX does', 'goldens', 'which'], rows);
}

/** What each family of goldens is about, and how much it holds. */
export function familiesTable({ families, cases, generator }: GoldenIndex): string {
  const rows = families.map(({ name, about, x64 }) => {
    const own = cases.filter(({ family }) => family === name);
    const refused = own.filter(({ rule }) => rule !== undefined).length;
    const functions = [...new Set(own.map(({ fn }) => code(fn)))].sort().join(', ');
    return [code(name), x64 ? about : `${about} (without jax_enable_x64)`, functions, String(own.length - refused), String(refused)];
  });
  const refused = cases.filter(({ rule }) => rule !== undefined).length;
  const versions = Object.entries(generator).map(([name, version]) => `${name} ${version}`);
  return [
    table(['family', 'about', 'functions', 'values', 'refusals'], rows),
    `${cases.length} goldens in all: ${cases.length - refused} values and ${refused} refusals, made by ${versions.join(', ')}.`,
  ].join('\n\n');
}

/** How many recorded values each function has, by the dtype of its first operand. */
export function coverageTable({ cases }: GoldenIndex): string {
  const values = cases.filter(({ rule }) => rule === undefined);
  const functions = [...new Set(values.map(({ fn }) => fn))].sort();
  const rows = functions.map((fn) => {
    const own = values.filter((one) => one.fn === fn);
    const counts = DTYPE_NAMES.map((dtype) => own.filter((one) => one.dtype === dtype).length);
    return [code(fn), ...counts.map((count) => (count === 0 ? '' : String(count))), String(own.length)];
  });
  return table(['function', ...DTYPE_NAMES, 'all'], rows);
}

function code(text: string): string {
  return `\`${text}\``;
}

/** `family/name ×count`, each once. */
function names(cases: readonly IndexedCase[]): string {
  const groups = Map.groupBy(cases, ({ family, name }) => `${family}/${name}`);
  return [...groups].map(([name, group]) => `${code(name)}${group.length > 1 ? ` ×${group.length}` : ''}`).join(', ');
}

function sentenceOfJax(cases: readonly IndexedCase[]): string {
  const said = cases.find((one) => one.said !== undefined && one.difference === undefined)?.said;
  if (said === undefined) return '';
  const message = said.slice(said.indexOf(': ') + 2);
  const line = message.replace(/\s+/g, ' ').replaceAll('`', "'").trim();
  if (line === '') return '(no message)';
  return code(line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE - 1)}…` : line);
}

/** What is missing before every rule that JAX can raise is held by goldens on both sides, in sentences. */
export function gaps(goldens: GoldenIndex): string[] {
  const { cases } = goldens;
  const held = new Map<string, boolean>();
  for (const { rule, said } of cases) {
    if (rule !== undefined) held.set(rule, said !== undefined || held.get(rule) === true);
  }
  return Object.keys(RULES).flatMap((id) => {
    const isOurs = OUR_RULES[id as RuleId] !== undefined;
    if (isOurs) return held.get(id) === true ? [`${id} is called our own, but JAX has been recorded raising it`] : [];
    if (hasAcceptedSide(id) && acceptedSide(id, goldens).length === 0) return [`${id} has no family of values on its accepted side`];
    if (!held.has(id)) return [`${id} has no recorded refusal`];
    return held.get(id) === true ? [] : [`${id} has cases, but the manifest has no refusal of JAX for any: run \`pnpm goldens\``];
  });
}
