/** The call as programs to copy: in TypeScript with laxconv, and in Python with JAX. Arguments that are defaults are left out. */
import { DTYPES } from '@laxconv/api/backend';
import type { PlaygroundCall, PlaygroundOptions } from './call-of.ts';

/** A program that runs the call on ones and prints the result's shape. */
export function typescriptOf({ operands: [lhs, rhs], args: [windowStrides, padding, options] }: PlaygroundCall): string {
  const isFloat32 = lhs.dtype === 'float32';
  const ones = (shape: readonly number[]): string => {
    const floats = `tensor(new Float32Array(${sizeText(shape)}).fill(1), ${list(shape)})`;
    return isFloat32 ? floats : `convert(${floats}, '${lhs.dtype}')`;
  };
  const named = given(options).map(([name, value]) => `  ${name}: ${Array.isArray(value) ? list(value) : String(value)},`);
  return [
    `import { ${isFloat32 ? '' : 'convert, '}laxconv, tensor } from 'laxconv';`,
    '',
    'const { lax, dispose } = await laxconv();',
    `const lhs = ${ones(lhs.shape)};`,
    `const rhs = ${ones(rhs.shape)};`,
    `const out = await lax.convGeneralDilated(lhs, rhs, ${list(windowStrides)}, ${typeof padding === 'string' ? quoted(padding) : list(padding)}, {`,
    ...named,
    '});',
    'console.log(out.shape);',
    'await dispose();',
  ].join('\n');
}

const PYTHON_NAMES: Readonly<Record<string, string>> = {
  lhsDilation: 'lhs_dilation',
  rhsDilation: 'rhs_dilation',
  dimensionNumbers: 'dimension_numbers',
  featureGroupCount: 'feature_group_count',
  batchGroupCount: 'batch_group_count',
};

/** The same in Python. */
export function pythonOf({ operands: [lhs, rhs], args: [windowStrides, padding, options] }: PlaygroundCall): string {
  const dtype = lhs.dtype === 'bool' ? 'jnp.bool_' : `jnp.${lhs.dtype}`;
  const { itemsize, components } = DTYPES[lhs.dtype];
  const needsX64 = itemsize / components === 8;
  const named = given(options).map(([name, value]) => `    ${PYTHON_NAMES[name]}=${Array.isArray(value) ? tuple(value) : String(value)},`);
  return [
    ...(needsX64 ? ['import jax', "jax.config.update('jax_enable_x64', True)"] : []),
    'import jax.numpy as jnp',
    'from jax import lax',
    '',
    `lhs = jnp.ones(${tuple(lhs.shape)}, ${dtype})`,
    `rhs = jnp.ones(${tuple(rhs.shape)}, ${dtype})`,
    'out = lax.conv_general_dilated(',
    `    lhs, rhs, ${tuple(windowStrides)}, ${typeof padding === 'string' ? quoted(padding) : tuple(padding)},`,
    ...named,
    ')',
    'print(out.shape)',
  ].join('\n');
}

/** The options that are not the defaults; dimension numbers always: nobody should have to know the default layout. */
function given(options: PlaygroundOptions): (readonly [keyof PlaygroundOptions, PlaygroundOptions[keyof PlaygroundOptions]])[] {
  const isDefault = (value: unknown): boolean => (Array.isArray(value) ? value.every((each) => each === 1) : value === 1);
  return (Object.keys(options) as (keyof PlaygroundOptions)[]).flatMap((name) =>
    isDefault(options[name]) ? [] : [[name, options[name]] as const],
  );
}

function sizeText(shape: readonly number[]): string {
  return shape.length === 0 ? '1' : shape.join(' * ');
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/gu, (character) => `\\${character}`)}'`;
}

function list(values: readonly unknown[]): string {
  return `[${values.map((value) => item(value, list)).join(', ')}]`;
}

function tuple(values: readonly unknown[]): string {
  return `(${values.map((value) => item(value, tuple)).join(', ')}${values.length === 1 ? ',' : ''})`;
}

function item(value: unknown, many: (values: readonly unknown[]) => string): string {
  if (Array.isArray(value)) return many(value);
  return typeof value === 'string' ? quoted(value) : String(value);
}
