/** Which dtypes a result may have: what `_validate_preferred_element_type` in jax/_src/lax/lax.py lets through. */
import { DTYPES, type DType } from '../tensor/dtype.ts';

/** The rule that a result of `to` breaks where operands are `from`; undefined where it breaks none. In JAX's order. */
export function brokenByResult(from: DType, to: DType): 'kind' | 'signedness' | 'narrower' | undefined {
  const [given, wanted] = [DTYPES[from], DTYPES[to]];
  const isInteger = (kind: string): boolean => kind === 'int' || kind === 'uint';
  if (!(isInteger(given.kind) && wanted.kind === 'float')) {
    const sameKind = given.kind === 'bool' || given.kind === wanted.kind || (isInteger(given.kind) && isInteger(wanted.kind));
    if (!sameKind) return 'kind';
    if (given.kind === 'int' && wanted.kind !== 'int') return 'signedness';
  }
  return wanted.itemsize < given.itemsize ? 'narrower' : undefined;
}
