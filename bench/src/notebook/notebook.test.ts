import { goldensReader, openGoldens, type Goldens } from '@laxconv/conformance';
import { createBackend } from '@laxconv/naive';
import type { Backend, Tensor } from '@laxconv/api/backend';
import { describe, expect, it } from 'vitest';
import { at, linspace, meanOverLast, rotate180, transpose } from './arrays.ts';
import { regionsOf } from './cell-source.ts';
import { printed } from './python-print.ts';
import { runNotebook } from './run-notebook.ts';
import { tensor, toNested } from 'laxconv';

const goldens: Goldens = await openGoldens(await goldensReader(undefined));

describe('the notebook', () => {
  it("gives JAX's operands, printed lines and values in all 15 cells", async () => {
    const { cells, jax } = await runNotebook(await createBackend(), goldens);
    expect(jax).toBe(goldens.generator['jax']);
    expect(cells).toHaveLength(15);
    for (const cell of cells) expect(cell).toMatchObject({ check: { status: 'right' } });
    expect(cells.filter(({ check }) => check.status === 'right' && check.errorOverBound !== null)).toHaveLength(12);
    expect(cells.map(({ pictures }) => pictures.length)).toEqual([1, 3, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 2, 2]);
  });

  it('calls a cell wrong whose backend is, and shows the rest', async () => {
    const naive = await createBackend();
    const backend: Backend = {
      ...naive,
      prepare: async (problem) => {
        const plan = await naive.prepare(problem);
        return {
          ...plan,
          kernel: plan.kernel,
          errorBound: plan.errorBound,
          dispose: () => plan.dispose(),
          bindRhs: async (rhs) => {
            const bound = await plan.bindRhs(rhs);
            const run = async (lhs: Tensor): Promise<Tensor> => {
              const result = (await bound.run(lhs)) as Tensor<'float32'>;
              if (problem.rhsDilation.includes(12)) result.data[0] += 1;
              return result;
            };
            return { run: (lhs) => run(lhs as Tensor), dispose: () => bound.dispose() };
          },
        };
      },
    };
    const { cells } = await runNotebook(backend, goldens);
    expect(cells.filter(({ check }) => check.status === 'wrong').map(({ number }) => number)).toEqual([11]);
    expect(cells[10].check).toMatchObject({ reason: expect.stringContaining('element [0, 0, 0, 0]') });
  });
});

describe('arrays', () => {
  const matrix = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it('do what NumPy does', () => {
    expect(linspace(0, 1, 3)).toEqual([0, 0.5, 1]);
    expect(toNested(transpose(matrix, [1, 0]))).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(toNested(at(matrix, ':', 1))).toEqual([2, 5]);
    expect(toNested(at(matrix, 1))).toEqual([4, 5, 6]);
    expect(toNested(rotate180(matrix))).toEqual([
      [6, 5, 4],
      [3, 2, 1],
    ]);
    expect(toNested(meanOverLast(matrix))).toEqual([2, 5]);
  });
});

describe('what is shown', () => {
  it('prints as Python does', () => {
    expect(printed('out shape: ', [1, 2], '<--')).toBe('out shape:  (1, 2) <--');
    expect(printed([7])).toBe('(7,)');
    expect(printed({ lhsSpec: [0, 1], rhsSpec: [1, 0], outSpec: [0, 1] })).toBe(
      'ConvDimensionNumbers(lhs_spec=(0, 1), rhs_spec=(1, 0), out_spec=(0, 1))',
    );
  });

  it('joins the marked regions of a cell, moved to the margin', () => {
    const source =
      'import x;\n// #region cell\nconst a = 1;\n// #endregion\nfn() {\n  // #region cell\n\n  if (a) {\n    b();\n  }\n  // #endregion\n}\n';
    expect(regionsOf(source)).toBe('const a = 1;\n\nif (a) {\n  b();\n}');
    expect(() => regionsOf('nothing')).toThrow('#region cell');
  });
});
