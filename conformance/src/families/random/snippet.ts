/** The program that shows a failure on its own: problem and operands as literals. */
import { DTYPES, type AnyTensor, type ConvProblem, type DType } from '@laxconv/api/backend';
import type { LabCall, LabRun } from './lab.ts';

const OURS = ['naive', 'wasm', 'webgpu'];

/** A TypeScript program that makes these runs on the backend named. */
export function snippetOf(backend: string, runs: readonly (LabRun | LabCall)[]): string {
  const module = OURS.includes(backend) ? `@laxconv/${backend}` : './your-backend.js';
  const calls = runs.some((run) => 'fn' in run);
  const lines = [
    `import { createBackend } from '${module}'; // the backend under test: ${backend}`,
    ...(calls ? ["import { laxconvOn } from '@laxconv/api';"] : []),
    '',
    'const backend = await createBackend();',
    ...(calls ? ['const { lax, numpy, scipy } = laxconvOn(backend);'] : []),
  ];
  for (const [index, run] of runs.entries()) {
    const suffix = runs.length === 1 ? '' : String(index + 1);
    lines.push('', ...('fn' in run ? callLines(run, suffix) : runLines(run, suffix)));
  }
  return `${lines.join('\n')}\n`;
}

function callLines({ fn, operands, args, cotangent }: LabCall, n: string): string[] {
  const given = args.map((arg) => (arg === undefined ? 'undefined' : JSON.stringify(arg)));
  const values = [...operands.map(tensorLiteral), ...given].map((value) => `    ${value},`);
  if (cotangent === undefined) return [`console.log(`, `  await ${fn}(`, ...values, '  ),', ');'];
  return [
    `const [out${n}, pullback${n}] = await ${fn}(`,
    ...values.map((line) => line.slice(2)),
    ');',
    `console.log(out${n}, await pullback${n}(${tensorLiteral(cotangent)}));`,
  ];
}

function runLines({ problem, lhs, rhs }: LabRun, n: string): string[] {
  return [
    `const problem${n} = ${problemLiteral(problem)};`,
    `const lhs${n} = ${tensorLiteral(lhs)};`,
    `const rhs${n} = ${tensorLiteral(rhs)};`,
    `const plan${n} = await backend.prepare(problem${n});`,
    `const bound${n} = await plan${n}.bindRhs(rhs${n});`,
    `console.log(plan${n}.kernel, await bound${n}.run(lhs${n}));`,
  ];
}

/** A problem as a literal, one field per line. */
function problemLiteral(problem: ConvProblem): string {
  const fields = Object.entries(problem).map(([name, value]) => `  ${name}: ${JSON.stringify(value)},`);
  return `{\n${fields.join('\n')}\n}`;
}

/** A tensor as a literal. */
export function tensorLiteral({ dtype, shape, data }: AnyTensor): string {
  return `{ dtype: '${dtype}', shape: ${JSON.stringify(shape)}, data: ${dataLiteral(dtype, data)} }`;
}

function dataLiteral(dtype: DType, data: AnyTensor['data']): string {
  const elements = Array.from(data as ArrayLike<number | bigint>, (value) => {
    if (typeof value === 'bigint') return `${value}n`;
    return Object.is(value, -0) ? '-0' : String(value);
  });
  return `new ${DTYPES[dtype].array.name}([${elements.join(', ')}])`;
}
