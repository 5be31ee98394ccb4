/** AssemblyScript's view of the parameter blocks: one unmanaged class of 32-bit fields each. */
import { PARAMETERS } from '../src/program/parameters.ts';

/** The source of assembly/generated/parameters.ts. */
export function parameterClasses(): string {
  const classes = Object.entries(PARAMETERS).map(
    ([name, words]) => `@unmanaged export class ${name}Parameters {\n${words.map((word) => `  ${word}: i32;`).join('\n')}\n}`,
  );
  return `${classes.join('\n\n')}\n`;
}
