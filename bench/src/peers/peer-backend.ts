/** A Backend over a peer: the contract on this side, the library's habits on that. */
import {
  checkOut,
  hostOperand,
  Lifetime,
  outOf,
  rearrange,
  UnsupportedProblemError,
  type AnyTensor,
  type BoundConv,
  type ConvPlan,
  type ConvProblem,
  type OperandTensor,
  type Tensor,
  type View,
} from '@laxconv/api/backend';
import {
  Refusal,
  type Numbers,
  type Peer,
  type PeerBackend,
  type PeerConv,
  type PeerPlan,
  type Stageable,
  type StagedRun,
} from './peer.ts';
import { plainConv, plainViews, type PlainViews } from './plain-conv.ts';

/** The peer as a backend. */
export function peerBackend(peer: Peer): PeerBackend {
  const op = `backend ${peer.name}`;
  const life = new Lifetime(`the backend ${peer.name}`, () => peer.dispose?.());
  return {
    peer,
    name: peer.name,
    info: peer.info,
    prepare: (problem) => life.during(op, () => prepare(op, peer, problem, life)),
    dispose: () => life.end(),
  };
}

function prepare(op: string, peer: Peer, problem: ConvProblem, parent: Lifetime): ConvPlan {
  const plan = planOf(peer, problem);
  const views = plainViews(problem, plan);
  const life = new Lifetime('the plan', () => undefined, parent);
  return {
    kernel: plan.kernel,
    errorBound: plan.errorBound,
    bindRhs: (rhs) =>
      life.during(op, async () => {
        const conv = await plan.bind(read(hostOperand(op, 'rhs', rhs, problem.rhs), views.rhs));
        return bind({ op, conv, problem, views, parent: life });
      }),
    dispose: () => life.end(),
  };
}

function planOf(peer: Peer, problem: ConvProblem): PeerPlan {
  try {
    return peer.plan(plainConv(problem), problem);
  } catch (error) {
    if (error instanceof Refusal) throw new UnsupportedProblemError(peer.name, error.message, problem);
    throw error;
  }
}

interface Binding {
  readonly op: string;
  readonly conv: PeerConv;
  readonly problem: ConvProblem;
  readonly views: PlainViews;
  readonly parent: Lifetime;
}

function bind({ op, conv, problem, views, parent }: Binding): BoundConv & Stageable {
  const life = new Lifetime('the bound convolution', () => conv.dispose?.(), parent);
  const stage = async (lhs: OperandTensor): Promise<StagedRun> => {
    const staged = await conv.stage(read(hostOperand(op, 'lhs', lhs, problem.lhs), views.lhs));
    return {
      run: () => staged.run(),
      ...(staged.sample === undefined ? {} : { sample: staged.sample }),
      onDevice: staged.onDevice ?? false,
      result: async () => resultOf(await staged.run(), views.out),
      dispose: async () => staged.dispose?.(),
    };
  };
  return {
    stage: (lhs) => life.during(op, () => stage(lhs)),
    run: (lhs, options) =>
      life.during(op, async () => {
        const out = outOf(op, options);
        if (out !== undefined) checkOut(op, out, problem.out, { lhs });
        const staged = await stage(lhs);
        try {
          const result = await staged.result();
          if (out === undefined) return result;
          (out.data as Float32Array).set(result.data as Float32Array);
          return out;
        } finally {
          await staged.dispose();
        }
      }),
    dispose: () => life.end(),
  };
}

function read(tensor: AnyTensor, view: View): Float32Array<ArrayBuffer> {
  return rearrange(tensor, view).data as Float32Array<ArrayBuffer>;
}

function resultOf(numbers: Numbers, view: View): Tensor {
  const data = numbers instanceof Float32Array ? numbers : Float32Array.from(numbers);
  return rearrange({ dtype: 'float32', shape: [data.length], data }, view);
}
