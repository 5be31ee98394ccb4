/** A benchmark case is data: a call as a user writes it. Its operands are seeded random numbers; its problem is what `resolve` says. */
import type { ConvCall } from '@laxconv/api';

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
  /** Time `lax.convGeneralDilated` and what it prepares on a backend that does nothing, in the place of the given ones. */
  readonly overhead?: boolean;
}
