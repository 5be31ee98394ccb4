/** What an editor shows over a call: the signature with its types filled in, short enough to read. */
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, expect, test } from 'vitest';
import { compilerOptions } from './public-functions.ts';

const FILE = fileURLToPath(new URL('hovered.ts', import.meta.url));
const PROGRAM = `
import { laxconv, tensor } from 'laxconv';
const { lax, numpy, scipy } = await laxconv();
const x = tensor([[[1, 2, 3]]]);
const bytes = tensor(new Int8Array(3), [1, 1, 3]);
export const inferred = await lax.conv(x, x, [1], 'SAME');
export const preferred = await lax.convGeneralDilated(bytes, bytes, [1], 'SAME', { preferredElementType: 'int32' });
export const promoted = await numpy.convolve(bytes, x, 'full');
export const twoDimensional = await scipy.signal.convolve2d(bytes, x);
export const [out, pullback] = await lax.convGeneralDilatedVjp(x, x, [1], 'SAME');
export const prepared = await lax.prepareConvGeneralDilated(x, x, [1], 'SAME');
export const ran = await prepared.run(x);
export const wrong = await lax.conv(x, bytes, [1], 'SAME');
export const asked = lax.conv(bytes, bytes, [1], 'SAME', { preferredElementType: '' });
`;

let service: ts.LanguageService;
beforeAll(() => {
  const options = { ...compilerOptions(), composite: false };
  service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [FILE],
    getScriptVersion: () => '1',
    getScriptSnapshot(file) {
      const text = file === FILE ? PROGRAM : ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => fileURLToPath(new URL('.', import.meta.url)),
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
    fileExists: (file) => file === FILE || ts.sys.fileExists(file),
    readFile: (file) => (file === FILE ? PROGRAM : ts.sys.readFile(file)),
    realpath: (path) => ts.sys.realpath?.(path) ?? path,
    directoryExists: (path) => ts.sys.directoryExists(path),
  });
});

/** What is shown over `name`, with or without its documentation. */
function hover(name: string): { readonly signature: string; readonly documentation: string } {
  const info = service.getQuickInfoAtPosition(FILE, PROGRAM.indexOf(name) + 1);
  return { signature: ts.displayPartsToString(info?.displayParts), documentation: ts.displayPartsToString(info?.documentation) };
}

test('a call shows its types filled in', () => {
  expect(hover('conv(x, x').signature).toMatchInlineSnapshot(
    `"(method) Lax.conv<"float32", undefined>(lhs: AnyTensor<"float32">, rhs: AnyTensor<"float32">, windowStrides: readonly number[], padding: Padding, options?: ElementOptions<undefined> | undefined): Promise<Tensor<"float32", ArrayBuffer>> (+2 overloads)"`,
  );
  expect(hover('convGeneralDilated(').signature).toMatchInlineSnapshot(
    `"(method) Lax.convGeneralDilated<"int8", "int32">(lhs: AnyTensor<"int8">, rhs: AnyTensor<"int8">, windowStrides: readonly number[], padding: Padding, options?: ConvGeneralDilatedOptions<"int32"> | undefined): Promise<Tensor<"int32", ArrayBuffer>> (+2 overloads)"`,
  );
  expect(hover('convolve(').signature).toMatchInlineSnapshot(
    `"(method) Numpy.convolve<"int8", "float32", undefined>(a: AnyTensor<"int8">, v: AnyTensor<"float32">, mode?: Mode, options?: ElementOptions<undefined> | undefined): Promise<Tensor<"float32", ArrayBuffer>> (+2 overloads)"`,
  );
  expect(hover('convolve2d(').signature).toMatchInlineSnapshot(
    `"(method) Signal.convolve2d<"int8", "float32">(in1: AnyTensor<"int8">, in2: AnyTensor<"float32">, mode?: Mode, boundary?: "fill", fillvalue?: 0, options?: SignalOptions): Promise<Tensor<"float32", ArrayBuffer>> (+2 overloads)"`,
  );
  expect(hover('convGeneralDilatedVjp(').signature).toMatchInlineSnapshot(
    `"(method) Lax.convGeneralDilatedVjp<"float32", undefined>(lhs: AnyTensor<"float32">, rhs: AnyTensor<"float32">, windowStrides: readonly number[], padding: Padding, options?: ConvGeneralDilatedOptions<undefined> | undefined): Promise<[out: Tensor<"float32", ArrayBuffer>, pullback: Pullback<"float32", "float32">]> (+2 overloads)"`,
  );
  expect(hover('prepareConvGeneralDilated(').signature).toMatchInlineSnapshot(
    `"(method) Lax.prepareConvGeneralDilated<"float32", undefined>(lhs: TensorSpec<"float32">, rhs: OperandTensor<"float32">, windowStrides: readonly number[], padding: Padding, options?: ConvGeneralDilatedOptions<undefined> | undefined): Promise<PreparedConv<"float32", "float32">>"`,
  );
  expect(hover('run(').signature).toMatchInlineSnapshot(
    `"(method) PreparedConv<"float32", "float32">.run<ArrayBuffer>(lhs: AnyTensor<"float32">, options?: OutOption<"float32", ArrayBuffer> | undefined): Promise<Tensor<"float32", ArrayBuffer>> (+1 overload)"`,
  );
});

test('a call on host tensors shows the documentation', () => {
  expect(hover('conv(x, x').documentation).toContain('Source: `jax.lax.conv`');
  expect(hover('convolve2d(').documentation).toContain('Source: `jax.scipy.signal.convolve2d`');
});

test('results are named types', () => {
  expect(hover('inferred =').signature).toMatchInlineSnapshot(`"const inferred: Tensor<"float32", ArrayBuffer>"`);
  expect(hover('preferred =').signature).toMatchInlineSnapshot(`"const preferred: Tensor<"int32", ArrayBuffer>"`);
  expect(hover('promoted =').signature).toMatchInlineSnapshot(`"const promoted: Tensor<"float32", ArrayBuffer>"`);
  expect(hover('pullback]').signature).toMatchInlineSnapshot(`"const pullback: Pullback<"float32", "float32">"`);
  expect(hover('prepared =').signature).toMatchInlineSnapshot(`"const prepared: PreparedConv<"float32", "float32">"`);
});

test('a wrong dtype is explained in its own words', () => {
  const messages = service.getSemanticDiagnostics(FILE).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  expect(messages[0].split('\n')).toContain(`      Type '"int8"' is not assignable to type '"float32"'.`);
});

test('preferredElementType completes', () => {
  const position = PROGRAM.indexOf(`preferredElementType: ''`) + `preferredElementType: '`.length;
  const names = service.getCompletionsAtPosition(FILE, position, {})?.entries.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['int8', 'int16', 'int32', 'int64', 'float16', 'bfloat16', 'float32', 'float64']));
});
