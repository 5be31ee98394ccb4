/** Runs calls of TensorFlow.js, on its WASM backend. */
import { loadTf } from '../../../bench/src/peers/tfjs/tf.ts';
import { evaluate, type Example } from '../examples.ts';
import { countingNumbers } from './count.ts';

interface TfTensor {
  array(): Promise<unknown>;
}

/** The results, as nested arrays. */
export async function runTfjsExamples(examples: readonly Example[]): Promise<readonly unknown[]> {
  const { tf, enter } = await loadTf('wasm');
  enter();
  const count = (...shape: readonly number[]): unknown => tf.tensor(countingNumbers(shape), shape, 'float32');
  const results: unknown[] = [];
  for (const { code } of examples) results.push(await ((await evaluate(code, { tf, count })) as TfTensor).array());
  return results;
}
