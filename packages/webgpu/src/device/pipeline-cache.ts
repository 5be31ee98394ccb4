/**
 * Compiled shaders, by their code. Who asks for what is being compiled waits for the same pipeline. Plans hold on to their own: what is
 * forgotten here is compiled again for the next one.
 */
import { refuse } from '@laxconv/api/backend';
import type { Shader } from '../program/dispatch.ts';
import type { Loss } from './loss.ts';

/** More are not kept: an application has dozens, but tuning compiles several for each problem, and on a CPU one may take megabytes. */
const MOST = 256;

/** The pipelines of one device, those that were asked for last. */
export class PipelineCache {
  readonly #device: GPUDevice;
  readonly #loss: Loss;
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(device: GPUDevice, loss: Loss) {
    this.#device = device;
    this.#loss = loss;
  }

  /** Pipelines that are kept. */
  get count(): number {
    return this.#pipelines.size;
  }

  /**
   * The pipeline of `shader`.
   * @throws LaxconvRuntimeError (`backend/failed`) where it does not compile; it names the shader
   */
  pipelineOf(op: string, shader: Shader): Promise<GPUComputePipeline> {
    const { code } = shader;
    const known = this.#pipelines.get(code);
    const pipeline = known ?? this.#compile(op, shader);
    // What is put in last comes last in a map.
    this.#pipelines.delete(code);
    this.#pipelines.set(code, pipeline);
    if (known !== undefined) return known;
    const [oldest] = this.#pipelines.keys();
    if (this.#pipelines.size > MOST) this.#pipelines.delete(oldest);
    // A failure is not kept: what failed for want of memory may do another time.
    pipeline.catch(() => {
      if (this.#pipelines.get(code) === pipeline) this.#pipelines.delete(code);
    });
    return pipeline;
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
