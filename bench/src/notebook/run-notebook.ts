/** Runs the notebook on a backend, checks every cell, and gathers what a page shows. */
import type { Tensor } from '@laxconv/api';
import type { Backend } from '@laxconv/api/backend';
import type { Goldens, NotebookCell as GoldenCell } from '@laxconv/conformance';
import { laxconv, type Instance } from 'laxconv';
import { messageOf } from '../format/message-of.ts';
import { CELLS, type Cell } from './cells.ts';
import { checkCell } from './check-cell.ts';
import type { Notebook, NotebookCell } from './notebook.ts';
import { Pyplot } from './pyplot.ts';
import { printed } from './python-print.ts';

export async function runNotebook(backend: Backend, goldens: Goldens): Promise<Notebook> {
  const cells: NotebookCell[] = [];
  for await (const cell of notebookCells(backend, goldens)) cells.push(cell);
  return { backend: backend.name, jax: jaxVersion(goldens), cells };
}

/** The version of JAX that the goldens come from. */
export function jaxVersion({ generator }: Goldens): string {
  return generator['jax'] ?? 'of an unknown version';
}

/** The cells one by one, each when it has run: a page shows what is done. */
export async function* notebookCells(backend: Backend, goldens: Goldens): AsyncGenerator<NotebookCell, void> {
  await using instance = await laxconv({ backend });
  for (const [index, cell] of CELLS.entries()) {
    const golden = goldens.cells.find((candidate) => candidate.cell === index + 1);
    if (golden === undefined) throw new Error(`the goldens have no cell ${index + 1} of the notebook`);
    yield await runCell({ cell, number: index + 1, golden, goldens, instance, backend });
  }
}

interface CellRunOptions {
  readonly cell: Cell;
  readonly number: number;
  readonly golden: GoldenCell;
  readonly goldens: Goldens;
  readonly instance: Instance;
  readonly backend: Backend;
}

async function runCell({ cell, number, golden, goldens, instance, backend }: CellRunOptions): Promise<NotebookCell> {
  const { lax, numpy, scipy } = instance;
  const plt = new Pyplot();
  const lines: string[] = [];
  const arrays = await storedArrays(golden, goldens);
  const stored = (name: string): Tensor => {
    const array = arrays.get(name);
    if (array === undefined) throw new Error(`cell ${number} has no stored array ${name}; it has ${[...arrays.keys()].join(', ')}`);
    return array;
  };
  const started = performance.now();
  const described = { number, title: cell.title, file: cell.file };
  try {
    const result = await cell.run({ lax, numpy, scipy, plt, stored, print: (...values) => lines.push(printed(...values)) });
    const ms = performance.now() - started - plt.drawingMs;
    const check = await checkCell({ goldens, golden, backend, printed: lines, result });
    return { ...described, printed: lines, pictures: plt.pictures, ms, check };
  } catch (error) {
    const check = { status: 'wrong', reason: messageOf(error) } as const;
    return { ...described, printed: lines, pictures: plt.pictures, ms: performance.now() - started - plt.drawingMs, check };
  }
}

/** The cell's operands as 'lhs' and 'rhs', and the arrays that it makes beside them by their own names. */
async function storedArrays({ cases, arrays }: GoldenCell, goldens: Goldens): Promise<ReadonlyMap<string, Tensor>> {
  const convolution = cases.find(({ outcome }) => outcome.kind === 'value');
  const [lhs, rhs] = convolution === undefined ? [] : ((await goldens.operands(convolution)) as Tensor[]);
  const named = await Promise.all(arrays.map(async (name): Promise<[string, Tensor]> => [name.split('/')[1], await goldens.array(name)]));
  return new Map([
    ...(lhs === undefined
      ? []
      : ([
          ['lhs', lhs],
          ['rhs', rhs],
        ] satisfies [string, Tensor][])),
    ...named,
  ]);
}
