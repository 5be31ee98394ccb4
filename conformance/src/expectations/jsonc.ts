/** JSON with comments and trailing commas, as expectations files are written. */

/** Parses JSONC. @throws SyntaxError as JSON.parse does; positions are those of the text, because blanks replace what is dropped. */
export function parseJsonc(text: string): unknown {
  const tokens = /"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|,(?=(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*[\]}])/g;
  const json = text.replace(tokens, (token) => (token.startsWith('"') ? token : token.replaceAll(/[^\n]/g, ' ')));
  return JSON.parse(json);
}
