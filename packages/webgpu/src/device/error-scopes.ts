/** What WebGPU reports late: errors of validation and memory, caught in scopes around what caused them. */
import { refuse, type LaxconvError } from '@laxconv/api/backend';

/** Something that was done on the device, and the error that it turns out to have caused. */
export interface Scoped<T> {
  readonly value: T;
  /** Rejects only with a lost device. */
  readonly error: Promise<LaxconvError | undefined>;
}

/** Does `action`, with scopes around it; `subject` names what was done, in the error's sentence. */
export function scoped<T>(device: GPUDevice, op: string, subject: string, action: () => T): Scoped<T> {
  device.pushErrorScope('validation');
  device.pushErrorScope('out-of-memory');
  const pop = async (): Promise<LaxconvError | undefined> => {
    const popped = [device.popErrorScope(), device.popErrorScope()];
    const [memory, validation] = await Promise.all(popped);
    return errorOf(op, subject, memory, validation);
  };
  try {
    return { value: action(), error: pop() };
  } catch (error) {
    // What was thrown says more than what the scopes caught of it.
    pop().catch(() => undefined);
    throw error;
  }
}

function errorOf(op: string, subject: string, memory: GPUError | null, validation: GPUError | null): LaxconvError | undefined {
  if (memory !== null) {
    return refuse('memory/exhausted', `there is no room on the GPU for ${subject}: ${memory.message}`, { op, argument: 'this' });
  }
  if (validation !== null) {
    return refuse('backend/failed', `${subject} is not valid: ${validation.message}`, { op, argument: 'this', values: { subject } });
  }
  return undefined;
}
