/** Queries: a test id with `*` at any place. One notation for `--filter` and expectations. */

/** Whether a query selects an id. `*` stands for any characters, none included; all else stands for itself. */
export function matcher(query: string): (id: string) => boolean {
  const parts = query.split('*').map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  const pattern = new RegExp(`^${parts.join('.*')}$`, 's');
  return (id) => pattern.test(id);
}
