/** For the tests of algorithms: an adapter in Node, and one run of a candidate on it, outside any backend. */
import { acquireDevice } from '../device/acquire.ts';
import { factsOf } from '../device/adapter-facts.ts';
import { MAP_MODE_READ, STORED, USAGE } from '../device/usage.ts';
import type { AdapterFacts, BufferRef, Candidate, Dispatch } from './algorithm.ts';

/** The same adapter, as if it had no subgroups. */
export function withoutSubgroups(facts: AdapterFacts): AdapterFacts {
  const others: { -readonly [Name in keyof AdapterFacts]: AdapterFacts[Name] } = { ...facts };
  delete others.subgroupSize;
  return others;
}

interface TestBuffer extends BufferRef {
  readonly buffer: GPUBuffer;
}

/** A device with what a candidate is bound to. */
export class TestGpu {
  /** What the adapter is; tests pretend that it is less. */
  readonly facts: AdapterFacts;
  private readonly device: GPUDevice;
  private readonly pipelines = new Map<string, Promise<GPUComputePipeline>>();

  private constructor(device: GPUDevice, facts: AdapterFacts) {
    this.device = device;
    this.facts = facts;
  }

  /** @throws LaxconvRuntimeError where there is no adapter: a test that cannot run fails. */
  static async open(): Promise<TestGpu> {
    const { device, info } = await acquireDevice({});
    return new TestGpu(device, factsOf(device, info));
  }

  close(): void {
    this.device.destroy();
  }

  /** The result of `candidate`, every word of which was `before`. */
  async run<Words extends Float32Array | Int32Array | Uint32Array>(
    candidate: Candidate,
    lhs: Words,
    rhs: Words,
    before: Words,
  ): Promise<Words> {
    const packs: Dispatch[] = [];
    const out = this.bufferOf(before);
    const dispatches = candidate.bind({
      lhs: this.bufferOf(lhs),
      rhs: this.bufferOf(rhs),
      out,
      scratch: (bytes) => this.allocate(bytes),
      // A new buffer is all zeros.
      zeros: (bytes) => this.allocate(bytes),
      constant: (data) => this.bufferOf(data),
      packed: (bytes, dispatchesTo) => {
        const target = this.allocate(bytes);
        packs.push(...dispatchesTo(target));
        return target;
      },
    });
    const staging = this.device.createBuffer({ size: out.bytes, usage: USAGE.COPY_DST | USAGE.MAP_READ });
    this.device.pushErrorScope('validation');
    const encoder = this.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const { shader, buffers, workgroups } of [...packs, ...dispatches]) {
      const pipeline = await this.pipelineOf(shader.code);
      const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer: (buffer as TestBuffer).buffer } }));
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, this.device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
      if ('bytes' in workgroups) pass.dispatchWorkgroupsIndirect((workgroups as TestBuffer).buffer, 0);
      else pass.dispatchWorkgroups(...workgroups);
    }
    pass.end();
    encoder.copyBufferToBuffer(out.buffer, 0, staging, 0, out.bytes);
    this.device.queue.submit([encoder.finish()]);
    const error = await this.device.popErrorScope();
    if (error !== null) throw new Error(error.message);
    await staging.mapAsync(MAP_MODE_READ);
    const words = new (before.constructor as new (buffer: ArrayBuffer, offset: number, length: number) => Words)(
      staging.getMappedRange().slice(0),
      0,
      before.length,
    );
    staging.destroy();
    return words;
  }

  private pipelineOf(code: string): Promise<GPUComputePipeline> {
    const known = this.pipelines.get(code);
    if (known !== undefined) return known;
    const compute = { module: this.device.createShaderModule({ code }), entryPoint: 'main' };
    const made = this.device.createComputePipelineAsync({ layout: 'auto', compute });
    this.pipelines.set(code, made);
    return made;
  }

  private allocate(bytes: number): TestBuffer {
    const size = Math.max(16, Math.ceil(bytes / 16) * 16);
    return { bytes: size, buffer: this.device.createBuffer({ size, usage: STORED }) };
  }

  private bufferOf(data: ArrayBufferView): TestBuffer {
    const made = this.allocate(data.byteLength);
    this.device.queue.writeBuffer(made.buffer, 0, data.buffer, data.byteOffset, data.byteLength);
    return made;
  }
}
