/**
 * An ONNX model of one Conv or ConvTranspose whose weights are an initializer, so that the runtime packs them when the session is made.
 * Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto; operators: https://onnx.ai/onnx/operators/
 */
import type { DataLayout } from '../peer.ts';
import type { PlainConv } from '../plain-conv.ts';
import { transposedPads } from '../plain-conv.ts';
import { encodeMessage, type Message } from './protobuf.ts';

/** The names of the model's input and output. */
export const INPUT = 'x';
export const OUTPUT = 'y';
const WEIGHTS = 'w';

const IR_VERSION = 8;
const OPSET = 17;
const FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;

/** The operator that a convolution becomes. */
export interface OnnxConv {
  readonly operator: 'Conv' | 'ConvTranspose';
  readonly inputShape: readonly number[];
  readonly weightsShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly group: number;
  /** Lists per spatial dimension; `pads` has all beginnings, then all ends. */
  readonly attributes: Readonly<Record<string, readonly number[]>>;
}

/** The convolution as ONNX has it. Throws a Refusal where a transposed one cannot be placed so. */
export function onnxConv({ batch, groups, inChannels, outChannels, spatial }: PlainConv): OnnxConv {
  const kernel = spatial.map((dimension) => dimension.kernel);
  const common = {
    inputShape: [batch, inChannels, ...spatial.map(({ input }) => input)],
    outputShape: [batch, outChannels, ...spatial.map(({ output }) => output)],
    group: groups,
  };
  const shared = { kernel_shape: kernel, dilations: spatial.map(({ rhsDilation }) => rhsDilation) };
  if (spatial.some(({ lhsDilation }) => lhsDilation > 1)) {
    const pads = spatial.map(transposedPads);
    return {
      ...common,
      operator: 'ConvTranspose',
      weightsShape: [inChannels, outChannels / groups, ...kernel],
      attributes: {
        ...shared,
        strides: spatial.map(({ lhsDilation }) => lhsDilation),
        pads: [...pads.map(({ begin }) => begin), ...pads.map(({ end }) => end)],
        output_padding: pads.map(({ outputPadding }) => outputPadding),
      },
    };
  }
  return {
    ...common,
    operator: 'Conv',
    weightsShape: [outChannels, inChannels / groups, ...kernel],
    attributes: {
      ...shared,
      strides: spatial.map(({ stride }) => stride),
      pads: [...spatial.map(({ padLow }) => padLow), ...spatial.map(({ padHigh }) => padHigh)],
    },
  };
}

/**
 * The model's bytes, as an inference session takes them. ONNX has the channels first; with `channels-last` the model's input and output have
 * them last, and two transpositions stand around the operator: a runtime that computes so takes them out again.
 */
export function encodeConvModel(conv: OnnxConv, weights: Float32Array, data: DataLayout = 'channels-first'): Uint8Array {
  const isFirst = data === 'channels-first';
  const [inner, result] = isFirst ? [INPUT, OUTPUT] : [`${INPUT}-channels-first`, `${OUTPUT}-channels-first`];
  const operator: Message = [
    [1, inner],
    [1, WEIGHTS],
    [2, result],
    [4, conv.operator],
    [5, intAttribute('group', conv.group)],
    ...Object.entries(conv.attributes).map(([name, values]) => [5, intsAttribute(name, values)] as const),
  ];
  const { inputShape, outputShape, weightsShape } = conv;
  const nodes = isFirst
    ? [operator]
    : [transpose(INPUT, inner, toFirst(inputShape.length)), operator, transpose(result, OUTPUT, toLast(outputShape.length))];
  const initializer: Message = [
    ...weightsShape.map((size) => [1, size] as const),
    [2, FLOAT],
    [8, WEIGHTS],
    [9, new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength)],
  ];
  return encodeMessage([
    [1, IR_VERSION],
    [
      7,
      [
        ...nodes.map((node) => [1, node] as const),
        [2, 'conv'],
        [5, initializer],
        [11, valueInfo(INPUT, dataShape(inputShape, data))],
        [12, valueInfo(OUTPUT, dataShape(outputShape, data))],
      ],
    ],
    [8, [[2, OPSET]]],
  ]);
}

/** A shape [batch, channels, …spatial] as it is in a layout. */
export function dataShape(shape: readonly number[], data: DataLayout): readonly number[] {
  return data === 'channels-first' ? shape : toLast(shape.length).map((axis) => shape[axis]);
}

/** The permutation that brings the channels from the end to the front; and back. */
function toFirst(rank: number): readonly number[] {
  return [0, rank - 1, ...spatialAxes(rank).map((axis) => axis - 1)];
}

function toLast(rank: number): readonly number[] {
  return [0, ...spatialAxes(rank), 1];
}

function spatialAxes(rank: number): readonly number[] {
  return Array.from({ length: rank - 2 }, (_, index) => index + 2);
}

function transpose(from: string, to: string, permutation: readonly number[]): Message {
  return [
    [1, from],
    [2, to],
    [4, 'Transpose'],
    [5, intsAttribute('perm', permutation)],
  ];
}

function intAttribute(name: string, value: number): Message {
  return [
    [1, name],
    [3, value],
    [20, ATTRIBUTE_INT],
  ];
}

function intsAttribute(name: string, values: readonly number[]): Message {
  return [[1, name], ...values.map((value) => [8, value] as const), [20, ATTRIBUTE_INTS]];
}

function valueInfo(name: string, shape: readonly number[]): Message {
  const dimensions = shape.map((size) => [1, [[1, size]]] as const);
  const tensorType: Message = [
    [1, FLOAT],
    [2, dimensions],
  ];
  return [
    [1, name],
    [2, [[1, tensorType]]],
  ];
}
