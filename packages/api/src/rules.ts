/**
 * Every rule that a call can break, with the exception class that JAX raises for it. One home: errors take their class from here,
 * goldens name the rule that JAX's message belongs to, and `docs/semantics.md` lists them.
 */

/** The Python exception class that JAX raises for the same call. */
export type JaxErrorName = 'ValueError' | 'TypeError' | 'IndexError' | 'RuntimeError' | 'NotImplementedError' | 'AssertionError';

/** A rule that a call can break. */
export interface Rule {
  /** The class that JAX raises. */
  readonly jaxError: JaxErrorName;
  /** What holds in a right call. */
  readonly about: string;
}

function rule(jaxError: JaxErrorName, about: string): Rule {
  return { jaxError, about };
}

const TABLE = {
  // calling
  'call/function': rule('ValueError', 'a call names one of the public functions'),
  'call/arity': rule('TypeError', 'no positional argument is missing or too many'),
  'call/options': rule('TypeError', 'options are one plain object'),
  'call/unreadable': rule('TypeError', 'arguments can be read: no getter and no proxy among them throws'),
  'call/unknown-option': rule('TypeError', 'every option is one that the function has'),

  // tensors
  'tensor/not-a-tensor': rule('TypeError', 'an operand is a tensor, not an array or a number'),
  'tensor/dtype': rule('TypeError', "a dtype is one of the table's names"),
  'tensor/data-class': rule('TypeError', "a tensor's data is the typed array of its dtype"),
  'tensor/shape': rule('ValueError', 'a shape is a list of at most 64 non-negative integers'),
  'tensor/length': rule('ValueError', "a tensor's data has exactly the elements its shape says"),
  'tensor/ragged': rule('ValueError', 'nested arrays are rectangular'),
  'tensor/element': rule('TypeError', 'elements of nested arrays are numbers, bigints, booleans or [re, im] pairs'),
  'tensor/detached': rule('ValueError', "a tensor's buffer is not detached"),
  'tensor/foreign': rule('ValueError', 'a device tensor belongs to this instance'),
  'tensor/disposed': rule('RuntimeError', 'a device tensor is used before it is disposed'),
  'tensor/buffer': rule('ValueError', 'a GPUBuffer that becomes a tensor has room for it, and the usages STORAGE and COPY_SRC'),
  'tensor/out': rule('ValueError', "out has the result's shape and dtype"),
  'tensor/out-overlap': rule('ValueError', 'out shares no byte with an operand'),

  // dimension numbers
  'dimension-numbers/rank': rule('TypeError', 'lhs and rhs have the same number of dimensions'),
  'dimension-numbers/length': rule('TypeError', 'dimension_numbers has three elements'),
  'dimension-numbers/strings': rule('TypeError', 'the elements of dimension_numbers are strings'),
  'dimension-numbers/string-length': rule('TypeError', 'each layout has one letter per dimension'),
  'dimension-numbers/required-letters': rule('TypeError', 'N and C (O and I in the kernel) stand exactly once'),
  'dimension-numbers/duplicate-letters': rule('TypeError', 'no letter stands twice in a layout'),
  'dimension-numbers/spatial-letters': rule('TypeError', 'the three layouts have the same spatial letters'),
  'dimension-numbers/type': rule('TypeError', 'dimension_numbers is a list of three strings, a ConvDimensionNumbers or null'),
  'dimension-numbers/axis-type': rule('TypeError', 'axes given by number are integers'),
  'dimension-numbers/axis-range': rule('IndexError', 'axes given as integers exist'),
  'dimension-numbers/axis-permutation': rule('ValueError', 'axes given as integers are a permutation'),

  // dtypes
  'dtype/mismatch': rule('TypeError', 'lhs and rhs have the same dtype'),
  'preferred-element-type/dtype': rule('TypeError', 'preferred_element_type is a dtype'),
  'preferred-element-type/kind': rule('TypeError', 'preferred_element_type keeps the kind, but for int → float'),
  'preferred-element-type/signedness': rule('TypeError', 'a signed type is not accumulated in an unsigned one'),
  'preferred-element-type/narrower': rule('TypeError', 'preferred_element_type is not narrower than the operands'),
  'precision/value': rule('ValueError', 'precision is one of the accepted spellings'),
  'precision/pair': rule('TypeError', 'a pair of precisions has no algorithm name in it'),

  // shapes
  'rank/minimum': rule('IndexError', 'operands have at least a batch and a feature dimension'),
  'rank/equal': rule('ValueError', 'lhs and rhs have the same number of dimensions'),
  'feature-group-count/type': rule('TypeError', 'feature_group_count is an integer'),
  'feature-group-count/positive': rule('ValueError', 'feature_group_count is positive'),
  'feature-group-count/divides-lhs': rule('ValueError', 'feature_group_count divides the lhs features'),
  'feature-group-count/rhs-features': rule('ValueError', 'lhs features / feature_group_count = rhs input features'),
  'feature-group-count/divides-rhs': rule('ValueError', 'feature_group_count divides the rhs output features'),
  'batch-group-count/type': rule('TypeError', 'batch_group_count is an integer'),
  'batch-group-count/positive': rule('ValueError', 'batch_group_count is positive'),
  'batch-group-count/divides-lhs': rule('ValueError', 'batch_group_count divides the lhs batch'),
  'batch-group-count/divides-rhs': rule('ValueError', 'batch_group_count divides the rhs output features'),
  'group-counts/exclusive': rule('ValueError', 'at most one of the group counts is above 1'),
  'window-strides/type': rule('TypeError', 'window_strides is a sequence of integers'),
  'window-strides/count': rule('ValueError', 'window_strides has one entry per spatial dimension'),
  'window-strides/positive': rule('ValueError', 'strides are positive'),
  'dilation/type': rule('TypeError', 'a dilation is a sequence of integers'),
  'dilation/count': rule('ValueError', 'a dilation has one entry per spatial dimension'),
  'dilation/positive': rule('TypeError', 'dilations are positive'),
  'shape/type': rule('TypeError', 'a shape is a sequence of sizes'),
  'kernel/empty': rule('ValueError', 'the kernel has no spatial dimension of size 0'),
  'size/too-large': rule('ValueError', 'every tensor has fewer than 2⁵³ elements'),
  'memory/exhausted': rule('RuntimeError', 'there is memory for the tensors'),

  // padding
  'padding/string': rule('RuntimeError', "a padding string is 'SAME', 'SAME_LOWER' or 'VALID', in any case"),
  'padding/string-with-lhs-dilation': rule('ValueError', 'a padding string goes with no lhs dilation'),
  'padding/pairs': rule('ValueError', 'explicit padding is a sequence of [low, high] integer pairs'),
  'padding/count': rule('TypeError', 'explicit padding has one pair per spatial dimension'),
  'padding/negative-too-large': rule('ValueError', 'negative padding crops no more than there is'),

  // transposed, patches, local
  'conv-transpose/rank': rule('AssertionError', 'conv_transpose takes operands of one rank, at least 2'),
  'conv-transpose/default-layout': rule('ValueError', 'conv_transpose has default layouts up to 3 spatial dimensions'),
  'conv-transpose/padding-type': rule('TypeError', 'consistent padding is a string or a sequence'),
  'conv-transpose/padding': rule('ValueError', "consistent padding is 'SAME', 'VALID' or pairs"),
  'filter-shape/type': rule('TypeError', 'filter_shape is a sequence of non-negative integers'),
  'local/rank': rule('TypeError', 'the kernel of a local convolution has the axes that its layout names'),
  'local/spatial': rule('TypeError', "the kernel of a local convolution has the result's spatial sizes"),
  'local/features': rule('TypeError', 'the kernel of a local convolution has a weight for each element of a patch'),
  'local/result': rule('ValueError', 'the result of a local convolution has the axes that its layout names'),
  'local/precision': rule('ValueError', 'conv_general_dilated_local takes no algorithm name'),

  // gradients
  'cotangent/shape': rule('ValueError', 'the cotangent has the shape of the result'),
  'cotangent/wanted': rule('TypeError', 'whether a cotangent is wanted is true or false'),
  'cotangent/dtype': rule('ValueError', 'the cotangent has the dtype of the result'),

  // numpy and scipy.signal
  'input/one-dimensional': rule('ValueError', 'numpy.convolve and correlate take 1-D inputs'),
  'input/two-dimensional': rule('ValueError', 'convolve2d and correlate2d take 2-D inputs'),
  'input/same-rank': rule('ValueError', 'in1 and in2 have the same number of dimensions'),
  'input/empty': rule('ValueError', 'inputs are not empty'),
  'input/containment': rule('ValueError', 'one input is at most as large as the other in every dimension'),
  'mode/unknown': rule('ValueError', "mode is 'full', 'same' or 'valid'"),
  'method/unknown': rule('ValueError', "method is 'auto', 'direct' or 'fft'"),
  'boundary/unsupported': rule('NotImplementedError', "only boundary 'fill' with fillvalue 0 exists"),
  'axes/type': rule('TypeError', 'axes is an integer or a sequence of integers'),
  'axes/range': rule('ValueError', 'axes exist'),
  'axes/mapped': rule('ValueError', 'in1 and in2 have the same sizes along the axes that are not convolved'),
  'fft/dtype': rule('ValueError', 'the FFT takes no float16 or bfloat16'),
  'fft/size': rule('ValueError', 'the full result of an FFT convolution has at least one element per axis'),
  'fft/result': rule('TypeError', 'the part of the full result that the mode asks for exists'),

  // running
  'backend/unknown': rule('ValueError', 'backend names a backend, is one, or is a list of these'),
  'backend/unavailable': rule('RuntimeError', 'the backend can start here'),
  'backend/unsupported': rule('NotImplementedError', 'the backend can run this problem'),
  'backend/problem': rule('TypeError', 'what is prepared is a ConvProblem'),
  'backend/no-device': rule('NotImplementedError', 'toDevice exists where a backend has memory of its own'),
  'backend/failed': rule('RuntimeError', 'the backend finishes what it started'),
  'backend/lost': rule('RuntimeError', "the backend's device is there"),
  'backend/option': rule('ValueError', 'an option of a backend has a value that it takes'),
  'backend/sync': rule('NotImplementedError', 'runSync exists where the backend can run synchronously'),
  'instance/disposed': rule('RuntimeError', 'nothing is called after dispose'),
  'operand/shape': rule('ValueError', 'an operand has the shape it was prepared for'),
  'operand/dtype': rule('TypeError', 'an operand has the dtype it was prepared for'),
} as const satisfies Record<string, Rule>;

/** The id of a rule, such as `'padding/count'`. */
export type RuleId = keyof typeof TABLE;

/** The rules, by id. */
export const RULES: Readonly<Record<RuleId, Rule>> = TABLE;
