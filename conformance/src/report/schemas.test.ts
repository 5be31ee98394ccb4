/** The committed schemas are the code's; `vitest run -u` writes them anew. */
import { expect, test } from 'vitest';
import { SCHEMA_FILES } from './schemas.ts';

test.each(Object.entries(SCHEMA_FILES))('schemas/%s is current', async (file, text) => {
  await expect(text).toMatchFileSnapshot(`../../schemas/${file}`);
});
