/**
 * What is not mutated in refusals: their sentences, whose wording is free to improve while tests hold class, rule, argument and values;
 * and the ids of their rules, where the compiler refuses any other string. A plugin of Stryker's, which is handed nodes of Babel's
 * syntax tree.
 */
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** Reasons by function and argument: `refuse(rule, message, …)`, `new UnsupportedProblemError(name, reason, …)`. */
const REASONS = new Map([
  ['refuse', ['the compiler knows the rules', 'the wording of a refusal is prose']],
  ['UnsupportedProblemError', [undefined, 'the wording of a refusal is prose']],
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
