/** Float formats as numbers: unit roundoff, smallest normal and subnormal, largest finite value. */
import type { DType } from '@laxconv/api/backend';

/** The constants of a float format. */
export interface NumberFormat {
  /** Half the distance from 1 to the next number. */
  readonly roundoff: number;
  readonly smallestNormal: number;
  readonly smallestSubnormal: number;
  /** From here on, rounding gives infinity. */
  readonly overflow: number;
}

function format(significandBits: number, lowestExponent: number, highestExponent: number): NumberFormat {
  const roundoff = 2 ** -significandBits;
  const smallestNormal = 2 ** lowestExponent;
  return {
    roundoff,
    smallestNormal,
    smallestSubnormal: smallestNormal * roundoff * 2,
    overflow: (2 - roundoff) * 2 ** highestExponent,
  };
}

const FORMATS = {
  float16: format(11, -14, 15),
  bfloat16: format(8, -126, 127),
  float32: format(24, -126, 127),
  // 2⁵³ − ½ does not exist in float64, so the overflow of float64 is infinity itself: nothing finite rounds to it.
  float64: { ...format(53, -1022, 1023), overflow: Infinity },
};

/** The format of a float or complex dtype's components. */
export function formatOf(dtype: DType): NumberFormat {
  switch (dtype) {
    case 'float16':
    case 'bfloat16':
    case 'float32':
    case 'float64':
      return FORMATS[dtype];
    case 'complex64':
      return FORMATS.float32;
    case 'complex128':
      return FORMATS.float64;
    default:
      throw new TypeError(`${dtype} is no float format`);
  }
}
