/** The rules that no call of JAX can break, and why: they have tests instead of goldens. Every other rule needs a recorded refusal. */
import type { RuleId } from '@laxconv/api';

const TENSORS = 'tensors are plain objects here; an array of JAX is right by construction';
const BACKENDS = 'backends are ours; JAX compiles for the devices that it finds';
const PREPARED = 'prepareConvGeneralDilated and prepareConvTranspose are our additions';
const MEMORY = 'results live in typed arrays, whose sizes the platform limits';

export const OUR_RULES: Readonly<Partial<Record<RuleId, string>>> = {
  'call/function': 'a call as data names its function; in Python a wrong name is no call',
  'call/options': "an options object stands for Python's keyword arguments, so that they cannot be given in another place",
  'call/unreadable': 'reading an argument may run code here: a getter, a proxy',
  'tensor/dtype': TENSORS,
  'tensor/data-class': TENSORS,
  'tensor/shape': TENSORS,
  'tensor/length': TENSORS,
  'tensor/ragged': TENSORS,
  'tensor/element': TENSORS,
  'tensor/detached': 'the buffer of a typed array can be transferred away',
  'tensor/foreign': 'two instances share no state, so a tensor belongs to one of them',
  'tensor/disposed': 'memory on a device is freed by hand',
  'tensor/buffer': 'a GPUBuffer can become a tensor; JAX makes its own buffers',
  'tensor/out': 'results can be written to a given tensor; JAX has no such argument',
  'tensor/out-overlap': 'results can be written to a given tensor; JAX has no such argument',
  'cotangent/wanted': 'which cotangents are wanted can be said; JAX leaves out what is not used',
  'size/too-large': MEMORY,
  'memory/exhausted': MEMORY,
  'backend/unknown': BACKENDS,
  'backend/unavailable': BACKENDS,
  'backend/unsupported': BACKENDS,
  'backend/problem': BACKENDS,
  'backend/no-device': BACKENDS,
  'backend/failed': BACKENDS,
  'backend/lost': BACKENDS,
  'backend/option': BACKENDS,
  'backend/sync': BACKENDS,
  'instance/disposed': 'an instance ends with dispose()',
  'operand/shape': PREPARED,
  'operand/dtype': PREPARED,
};
