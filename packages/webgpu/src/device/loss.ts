/** A device that goes away: what waits for it is rejected at once, and what comes later too. */
import { isLaxconvError, refuse, type LaxconvError } from '@laxconv/api/backend';
import { patiently } from './patience.ts';

/** Why a device is gone. */
export interface LostReason {
  readonly reason: string;
  readonly message: string;
}

/** Watches one device. */
export class Loss {
  #lost: LostReason | undefined;
  /** How to reject what waits; a set, since a race with one long-lived promise would keep every loser. */
  readonly #waiting = new Set<() => void>();
  readonly #naps: boolean;
  readonly #news: Promise<void>;

  /** `naps`: whether waiting is better done with sleeps in between (patience.ts). */
  constructor(device: GPUDevice, naps: boolean) {
    this.#naps = naps;
    this.#news = this.#watch(device);
  }

  async #watch(device: GPUDevice): Promise<void> {
    const { reason, message } = await device.lost;
    this.#lost = { reason, message: message || 'no reason given' };
    for (const reject of this.#waiting) reject();
    this.#waiting.clear();
  }

  /** Why the device is gone; undefined while it is there. */
  get lost(): LostReason | undefined {
    return this.#lost;
  }

  /** @throws LaxconvRuntimeError (`backend/lost`) where the device is gone */
  check(op: string): void {
    if (this.#lost !== undefined) throw lostError(op, this.#lost);
  }

  /** `promise`, or a rejection as soon as the device is gone. */
  async guard<T>(op: string, promise: Promise<T>): Promise<T> {
    this.check(op);
    const { promise: guarded, resolve, reject } = Promise.withResolvers<T>();
    const rejectNow = (): void => reject(this.#lost === undefined ? undefined : lostError(op, this.#lost));
    this.#waiting.add(rejectNow);
    promise.then(resolve, reject);
    try {
      return await (this.#naps ? patiently(guarded) : guarded);
    } catch (error) {
      if (isLaxconvError(error)) throw error;
      // A promise of a device may be rejected before `lost` tells why.
      await Promise.race([this.#news, turnsOfTheLoop()]);
      if (this.#lost !== undefined) throw lostError(op, this.#lost, error);
      throw error;
    } finally {
      this.#waiting.delete(rejectNow);
    }
  }
}

/** Long enough for what has happened to be told. */
function turnsOfTheLoop(): Promise<void> {
  const milliseconds = 20;
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function lostError(op: string, { reason, message }: LostReason, cause?: unknown): LaxconvError {
  return refuse('backend/lost', `the GPU device was lost (${reason}: ${message}); a new backend may work`, {
    op,
    argument: 'this',
    values: { reason, message },
    cause,
  });
}
