export { RULES, type RuleId } from './rules.ts';
export type { ConvCall } from './call/conv-call.ts';
