/** A rule has two sides: recorded refusals hold the one, families of values the other. Which families, by the rule or its part before the slash. */
import type { GoldenIndex } from './golden-index.ts';

const FAMILIES: Readonly<Record<string, RegExp>> = {
  'dimension-numbers': /^(dimension-numbers|layouts)$/,
  dtype: /^dtypes$/,
  'preferred-element-type': /^preferred-element-type$/,
  precision: /^precision$/,
  rank: /^spatial-ranks$/,
  'feature-group-count': /^groups$/,
  'batch-group-count': /^groups$/,
  'group-counts': /^groups$/,
  'window-strides': /^strides$/,
  dilation: /^dilation$/,
  kernel: /^empty$/,
  padding: /^padding$/,
  'conv-transpose': /transpose/,
  'filter-shape': /patches/,
  local: /local/,
  cotangent: /vjp|gradient/,
  'input/one-dimensional': /^numpy-/,
  'input/two-dimensional': /^scipy-.*2d$/,
  'input/same-rank': /^scipy-/,
  'input/empty': /^(numpy|scipy)-/,
  'input/containment': /^scipy-/,
  mode: /^(numpy|scipy)-/,
  method: /^scipy-(convolve|correlate)$/,
  boundary: /^scipy-.*2d$/,
  axes: /fftconvolve/,
  fft: /fftconvolve/,
};

/** The families whose values lie on the accepted side of a rule; none where the rule is about the form of a call. */
export function acceptedSide(rule: string, { families, cases }: GoldenIndex): string[] {
  const pattern = patternOf(rule);
  if (pattern === undefined) return [];
  const holdsValues = (family: string): boolean => cases.some((one) => one.family === family && one.rule === undefined);
  return families.map(({ name }) => name).filter((name) => pattern.test(name) && holdsValues(name));
}

/** Whether a rule has an accepted side that goldens can hold. */
export function hasAcceptedSide(rule: string): boolean {
  return patternOf(rule) !== undefined;
}

function patternOf(rule: string): RegExp | undefined {
  return FAMILIES[rule] ?? FAMILIES[rule.split('/')[0]];
}
