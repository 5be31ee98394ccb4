/** What the elements of a convolution of ones add up to: every output counts the taps that meet an input element. */
import { convGeometry, type ConvProblem } from '@laxconv/api/backend';

export function sumOfOnes(problem: ConvProblem): number {
  const { groups, batch, inFeatures, outFeatures, spatial } = convGeometry(problem);
  return spatial.reduce(
    (sum, { input, kernel, output, stride, padLow, lhsDilation, rhsDilation }) => {
      let meetings = 0;
      for (let position = 0; position < output; position++)
        for (let tap = 0; tap < kernel; tap++) {
          const at = position * stride - padLow + tap * rhsDilation;
          if (at >= 0 && at % lhsDilation === 0 && at / lhsDilation < input) meetings++;
        }
      return sum * meetings;
    },
    groups * batch * inFeatures * outFeatures,
  );
}
