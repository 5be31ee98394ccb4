/**
 * What is not mutated in refusals: their sentences, whose wording is free to improve while tests hold class, rule, argument and values;
 * and the ids of their rules, where the compiler refuses any other string. A plugin of Stryker's, which is handed nodes of Babel's
 * syntax tree.
 */
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const PROSE = 'the wording of a refusal is prose';
const RULE = 'the compiler knows the rules';

/** Reasons by function and argument: `refuse(rule, message, …)`, `new UnsupportedProblemError(name, reason, …)`, `check` of group-counts.ts. */
const REASONS = new Map([
  ['refuse', [RULE, PROSE]],
  ['UnsupportedProblemError', [undefined, PROSE]],
  ['check', [undefined, RULE, undefined, PROSE]],
]);

/**
 * @typedef {{ readonly type: string, readonly name?: string, readonly callee?: Node, readonly arguments?: readonly Node[] }} Node
 * @typedef {{ readonly node: Node, readonly parent?: Node | null }} Path
 * @param {Path} path
 */
function reason({ node, parent }) {
  if (parent?.type !== 'CallExpression' && parent?.type !== 'NewExpression') return undefined;
  return REASONS.get(parent.callee?.name ?? '')?.[parent.arguments?.indexOf(node) ?? -1];
}

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'prose', { shouldIgnore: (path) => reason(/** @type {Path} */ (path)) }),
];
