/** A backend that passes everything on and remembers what ran: the problem, its operands as they were, the plan's words, the result. */
import {
  isDeviceTensor,
  type AnyTensor,
  type Backend,
  type BoundConv,
  type ConvPlan,
  type ConvProblem,
  type ErrorBound,
  type OperandTensor,
  type Tensor,
} from '@laxconv/api/backend';

/** One convolution that ran. */
export interface RecordedRun {
  readonly problem: ConvProblem;
  readonly kernel: string;
  readonly errorBound: ErrorBound;
  readonly lhs: AnyTensor;
  readonly rhs: AnyTensor;
  readonly got: Tensor;
}

/** The wrapped backend, and what it has seen. */
export interface Recording {
  readonly backend: Backend;
  /** In the order they ended. */
  readonly runs: readonly RecordedRun[];
  /** How many plans were asked for, refused ones included. */
  readonly prepared: () => number;
}

/** Wraps a backend; disposing of the wrapper does nothing. */
export function record(backend: Backend): Recording {
  const runs: RecordedRun[] = [];
  let prepared = 0;
  const recording: Backend = {
    name: backend.name,
    info: backend.info,
    async prepare(problem) {
      prepared += 1;
      const plan = await backend.prepare(problem);
      return recordedPlan(problem, plan, runs);
    },
    ...(backend.toDevice && { toDevice: backend.toDevice.bind(backend) }),
    ...(backend.rearrange && { rearrange: backend.rearrange.bind(backend) }),
    dispose: () => Promise.resolve(),
  };
  return { backend: recording, runs, prepared: () => prepared };
}

function recordedPlan(problem: ConvProblem, plan: ConvPlan, runs: RecordedRun[]): ConvPlan {
  return {
    kernel: plan.kernel,
    errorBound: plan.errorBound,
    async bindRhs(given) {
      const rhs = await copyOf(given);
      const bound = await plan.bindRhs(given);
      return recordedConv(bound, async (lhs, got) => {
        const result = await copyOf(got);
        runs.push({ problem, kernel: plan.kernel, errorBound: plan.errorBound, lhs, rhs, got: result });
      });
    },
    dispose: () => plan.dispose(),
  };
}

function recordedConv(bound: BoundConv, ended: (lhs: AnyTensor, got: OperandTensor) => Promise<void>): BoundConv {
  return {
    async run(given, options) {
      const lhs = await copyOf(given);
      const got = await bound.run(given, options);
      await ended(lhs, got);
      return got;
    },
    dispose: () => bound.dispose(),
  };
}

/** A host copy: what the backend does to its operands afterwards must not change what they are compared by. */
async function copyOf(tensor: OperandTensor): Promise<Tensor> {
  if (isDeviceTensor(tensor)) return tensor.device.read();
  return { dtype: tensor.dtype, shape: [...tensor.shape], data: tensor.data.slice() };
}
