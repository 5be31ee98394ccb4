/** The JSON schemas that are published in `schemas/`, made from the zod schemas. */
import { z } from 'zod';
import { expectationsSchema } from '../expectations/expectations.ts';
import { resultSchema } from './result.ts';

const BASE = 'https://unpkg.com/@laxconv/conformance/schemas';

function schemaText(name: string, title: string, schema: z.ZodType): string {
  return `${JSON.stringify({ $id: `${BASE}/${name}.schema.json`, title, ...z.toJSONSchema(schema) }, undefined, 2)}\n`;
}

/** File name → text. */
export const SCHEMA_FILES: Readonly<Record<string, string>> = {
  'result.schema.json': schemaText('result', 'The result of a conformance run', resultSchema),
  'expectations.schema.json': schemaText('expectations', 'What a backend is known not to support, or to fail', expectationsSchema),
};
