/** The work of a convolution, by which times are compared across cases. */
import { convGeometry, type ConvProblem, type SpatialDimension } from '@laxconv/api/backend';

/** Multiply-adds of the direct formula, padding included as is the custom, but not the zeros that an lhs dilation inserts. */
export function multiplyAddsOf(problem: ConvProblem): number {
  const { groups, batch, inFeatures, outFeatures, spatial } = convGeometry(problem);
  return spatial.reduce((product, dimension) => product * meetings(dimension), groups * batch * inFeatures * outFeatures);
}

/** Pairs of output position and tap that meet an element, or padding where one would be. */
function meetings({ output, kernel, stride, padLow, lhsDilation, rhsDilation }: SpatialDimension): number {
  const positions = new Array<number>(lhsDilation).fill(0);
  for (let p = 0; p < output; p++) positions[(p * stride) % lhsDilation]++;
  let pairs = 0;
  for (let k = 0; k < kernel; k++) pairs += positions[modulo(padLow - k * rhsDilation, lhsDilation)];
  return pairs;
}

function modulo(value: number, modulus: number): number {
  return ((value % modulus) + modulus) % modulus;
}
