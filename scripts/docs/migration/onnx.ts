/** Runs nodes of ONNX: each is a model of one operator, and a session of onnxruntime-web runs it on WASM. */
import { loadPeerAnew } from '../../../bench/src/peers/load-peer.ts';
import { encodeMessage, type Message } from '../../../bench/src/peers/onnx/protobuf.ts';
import { tensor, toNested, type Tensor } from '@laxconv/api';
import { evaluate, type Example } from '../examples.ts';
import { count } from './count.ts';

interface OnnxTensor {
  readonly data: Float32Array<ArrayBuffer>;
  readonly dims: readonly number[];
}

/** What is used of onnxruntime-web's API. */
interface OnnxRuntime {
  readonly env: { readonly wasm: { numThreads: number } };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => OnnxTensor;
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: { readonly executionProviders: readonly string[] },
    ): Promise<{
      run(feeds: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>;
      release(): Promise<void>;
    }>;
  };
}

type Attributes = Readonly<Record<string, number | string | readonly number[]>>;

/** The results, as nested arrays. */
export async function runOnnxExamples(examples: readonly Example[]): Promise<readonly unknown[]> {
  const ort = await loadPeerAnew<OnnxRuntime>('onnxruntime-web');
  ort.env.wasm.numThreads = 1;
  const node = (operator: string, attributes: Attributes, ...inputs: readonly Tensor<'float32'>[]): Promise<unknown> =>
    runNode(ort, operator, attributes, inputs);
  const results: unknown[] = [];
  for (const { code } of examples) results.push(await evaluate(code, { node, count }));
  return results;
}

async function runNode(ort: OnnxRuntime, operator: string, attributes: Attributes, inputs: readonly Tensor<'float32'>[]): Promise<unknown> {
  const session = await ort.InferenceSession.create(modelOf(operator, attributes, inputs.length), { executionProviders: ['wasm'] });
  try {
    const feeds = inputs.map(({ data, shape }, index) => [nameOf(index), new ort.Tensor('float32', data, shape)] as const);
    const { result } = await session.run(Object.fromEntries(feeds));
    return toNested(tensor(result.data.slice(), [...result.dims]));
  } finally {
    await session.release();
  }
}

const nameOf = (index: number): string => `input${index}`;
const IR_VERSION = 8;
const OPSET = 17;
/** TensorProto.DataType.FLOAT. */
const FLOAT = 1;

/** Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. */
function modelOf(operator: string, attributes: Attributes, inputs: number): Uint8Array {
  const names = Array.from({ length: inputs }, (_, index) => nameOf(index));
  const node: Message = [
    ...names.map((name) => [1, name] as const),
    [2, 'result'],
    [4, operator],
    ...Object.entries(attributes).map(([name, value]) => [5, attributeOf(name, value)] as const),
  ];
  const graph: Message = [[1, node], [2, operator], ...names.map((name) => [11, valueInfo(name)] as const), [12, valueInfo('result')]];
  return encodeMessage([
    [1, IR_VERSION],
    [7, graph],
    [8, [[2, OPSET]]],
  ]);
}

function attributeOf(name: string, value: Attributes[string]): Message {
  if (typeof value === 'number') {
    return [
      [1, name],
      [3, value],
      [20, 2],
    ];
  }
  if (typeof value === 'string') {
    return [
      [1, name],
      [4, value],
      [20, 3],
    ];
  }
  return [[1, name], ...value.map((element) => [8, element] as const), [20, 7]];
}

/** Of any shape. */
function valueInfo(name: string): Message {
  return [
    [1, name],
    [2, [[1, [[1, FLOAT]]]]],
  ];
}
