/** The operands of a case: uniform random numbers in [−1, 1), the same in every run. */
import { randomFrom } from '../statistics/random.ts';
import type { ConvCall } from '@laxconv/api';
import type { Tensor } from '@laxconv/api/backend';

/** Both operands of a case's call. The cases are float32: so are the peers. */
export function operandsOf(call: ConvCall): Tensor[] {
  return call.operands.map(({ shape, dtype }, index) => {
    if (dtype !== 'float32') throw new Error(`bench cases are float32, and operand ${index} of this ${call.fn} is ${dtype}`);
    const random = randomFrom(index + 1);
    const size = shape.reduce((product, length) => product * length, 1);
    return { dtype, shape: [...shape], data: Float32Array.from({ length: size }, () => 2 * random() - 1) };
  });
}
