/** Which output dtypes a problem may have: the pairs that JAX's `_validate_preferred_element_type` lets through. */
import { DTYPE_NAMES, DTYPES, type DType } from '@laxconv/api/backend';

/** The dtypes that operands of `dtype` may be accumulated in, itself first. */
export function outDTypesOf(dtype: DType): DType[] {
  return [dtype, ...DTYPE_NAMES.filter((out) => out !== dtype && isAllowed(dtype, out))];
}

function isAllowed(from: DType, to: DType): boolean {
  const { kind, itemsize } = DTYPES[from];
  const out = DTYPES[to];
  if (out.itemsize < itemsize) return false;
  switch (kind) {
    case 'bool':
      return true;
    case 'int':
      return out.kind === 'int' || out.kind === 'float';
    case 'uint':
      return out.kind === 'int' || out.kind === 'uint' || out.kind === 'float';
    default:
      return out.kind === kind;
  }
}
