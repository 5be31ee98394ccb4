/** Reading what a caller gave may run the caller's code: getters, proxies. What that throws is refused like any other wrong argument. */
import { isLaxconvError, refuse, type LaxconvError } from '../errors.ts';
import { saidBy } from '../tensor/describe.ts';

/** What `read` gives; whatever it throws is a LaxconvError. */
export function reading<T>(op: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw unreadable(op, error);
  }
}

/** The refusal for what reading the arguments of `op` threw; itself where it is one. For who may make no closure. */
export function unreadable(op: string, error: unknown): LaxconvError {
  if (isLaxconvError(error)) return error;
  return refuse('call/unreadable', `its arguments cannot be read: ${saidBy(error)}`, { op, argument: 'arguments', cause: error });
}
