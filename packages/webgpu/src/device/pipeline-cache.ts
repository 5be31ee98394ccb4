/** Compiled shaders, by their code. Who asks for what is being compiled waits for the same pipeline. */
import { refuse } from '@laxconv/api/backend';
import type { Shader } from '../program/dispatch.ts';
import type { Loss } from './loss.ts';

/** The pipelines of one device. */
export class PipelineCache {
  readonly #device: GPUDevice;
  readonly #loss: Loss;
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(device: GPUDevice, loss: Loss) {
    this.#device = device;
    this.#loss = loss;
  }

  /** Shaders that were compiled. */
  get count(): number {
    return this.#pipelines.size;
  }

  /**
   * The pipeline of `shader`.
   * @throws LaxconvRuntimeError (`backend/failed`) where it does not compile; it names the shader
   */
  pipelineOf(op: string, shader: Shader): Promise<GPUComputePipeline> {
    const known = this.#pipelines.get(shader.code);
    if (known !== undefined) return known;
    const made = this.#compile(op, shader);
    this.#pipelines.set(shader.code, made);
    // A failure is not kept: what failed for want of memory may do another time.
    made.catch(() => this.#pipelines.delete(shader.code));
    return made;
  }

  async #compile(op: string, { name, code }: Shader): Promise<GPUComputePipeline> {
    // An invalid module makes the pipeline fail, and that is the error that is told; the scope keeps it from being told twice.
    this.#device.pushErrorScope('validation');
    const module = this.#device.createShaderModule({ label: name, code });
    const report = this.#device.popErrorScope();
    report.catch(() => undefined);
    const pipeline = this.#device.createComputePipelineAsync({ label: name, layout: 'auto', compute: { module, entryPoint: 'main' } });
    try {
      return await this.#loss.guard(op, pipeline);
    } catch (cause) {
      this.#loss.check(op);
      const why = (await report)?.message ?? (cause instanceof Error ? cause.message : String(cause));
      throw refuse('backend/failed', `the shader ${name} does not compile: ${why}`, {
        op,
        argument: 'this',
        values: { kernel: name },
        cause,
      });
    }
  }
}
