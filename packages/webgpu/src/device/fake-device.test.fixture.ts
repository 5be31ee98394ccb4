/** A GPUDevice that makes buffers and pipelines as the test says, for what is kept on one; no adapter is needed. */
import { Loss } from './loss.ts';

/** A buffer of the fake. */
export interface FakeBuffer {
  readonly size: number;
  readonly usage: number;
  isDestroyed: boolean;
}

/** The device, what it made, and how to make it fail. */
export class FakeDevice {
  readonly buffers: FakeBuffer[] = [];
  /** The code of each module, in order. */
  readonly modules: string[] = [];
  /** Bytes that there is room for. */
  room = Infinity;
  /** What compiling does; by default it gives a pipeline of its own. */
  compile: (code: string) => Promise<object> = () => Promise.resolve({});
  /** What a validation scope around a module catches. */
  moduleError: string | undefined;
  /** Loses the device. */
  readonly lose: (reason: string) => void;
  readonly loss: Loss;
  readonly #scopes: { readonly filter: string; error: { readonly message: string } | null }[] = [];
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<{ reason: string; message: string }>();
    this.lost = promise;
    this.lose = (reason) => resolve({ reason, message: '' });
    this.loss = new Loss(this.device, false);
  }

  /** As what takes a GPUDevice sees it. */
  get device(): GPUDevice {
    return this as unknown as GPUDevice;
  }

  /** Bytes of buffers that are not destroyed. */
  get bytes(): number {
    return this.buffers.reduce((sum, { size, isDestroyed }) => sum + (isDestroyed ? 0 : size), 0);
  }

  pushErrorScope(filter: string): void {
    this.#scopes.push({ filter, error: null });
  }

  popErrorScope(): Promise<{ readonly message: string } | null> {
    const scope = this.#scopes.pop();
    return scope === undefined ? Promise.reject(new Error('no scope')) : Promise.resolve(scope.error);
  }

  createBuffer({ size, usage }: GPUBufferDescriptor): object {
    if (this.bytes + size > this.room) this.#report('out-of-memory', 'full');
    const buffer = { size, usage, isDestroyed: false, destroy: () => void (buffer.isDestroyed = true) };
    this.buffers.push(buffer);
    return buffer;
  }

  createShaderModule({ code }: GPUShaderModuleDescriptor): object {
    this.modules.push(code);
    if (this.moduleError !== undefined) this.#report('validation', this.moduleError);
    return { code };
  }

  createComputePipelineAsync({ compute }: GPUComputePipelineDescriptor): Promise<object> {
    return this.compile((compute.module as unknown as { readonly code: string }).code);
  }

  #report(filter: string, message: string): void {
    const scope = this.#scopes.findLast((each) => each.filter === filter);
    if (scope !== undefined) scope.error = { message };
  }
}
