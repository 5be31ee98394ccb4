/** A benchmark case is data: a call as a user writes it. Its operands are seeded random numbers, or named ones; its problem is what `resolve` says. */
import type { ConvCall } from '@laxconv/api';

/** Numbers of an operand: uniform in [−1, 1) (integers: all values of the dtype), or the notebook's Gaussian, which is separable. */
export type Fill = 'uniform' | 'gaussian';

/** Which of the call's convolutions is timed: its own, or with a `…Vjp` function one of its gradients. */
export type Part = 'result' | 'lhs gradient' | 'rhs gradient';

export interface BenchCase {
  /** `group/what-it-is`; addressed by `--only`. */
  readonly name: string;
  /** One sentence: where such a convolution occurs. */
  readonly about: string;
  readonly call: ConvCall;
  /** Timed in the quick run; all are in `--full`. */
  readonly quick: boolean;
  /** Also time the public function, to show what resolving and the plan cache cost above the backend. */
  readonly publicCall?: boolean;
  /** Time the public function and what `lax.prepareConvGeneralDilated` gives on a backend that does nothing, in the place of the given ones. */
  readonly overhead?: boolean;
  /** Also time `runSync`, where the backend has it. */
  readonly sync?: boolean;
  /** What the weights are; uniform unless said. */
  readonly weights?: Fill;
  /** 'result' unless said. */
  readonly part?: Part;
}
