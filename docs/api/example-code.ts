/** Examples as programs: what they claim in comments (`// → value`) becomes checks, and the type checker reads them all at once. */
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { compilerOptions } from './public-functions.ts';

const CLAIM = /^\/\/ → (.*)$/;

/** An example's statements, with a call of `check(value, expected)` for each claim. */
export interface Checked {
  readonly code: string;
  readonly claims: number;
}

/**
 * Replaces claims: a comment `// → value` behind a statement, or on the line below it, is about the expression, or about the variable
 * that the statement declares. Throws where a claim stands anywhere else.
 */
export function withChecks(example: string): Checked {
  const source = ts.createSourceFile('example.ts', example, ts.ScriptTarget.Latest, true);
  const edits: { readonly statement: ts.Statement; readonly check: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node) || ts.isVariableStatement(node)) {
      const claim = claimBehind(example, node.getEnd());
      if (claim !== undefined) edits.push({ statement: node, check: checkOf(node, claim) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  const written = example.split('// →').length - 1;
  if (written !== edits.length) throw new Error(`${written} claims, of which ${edits.length} stand behind a statement:\n${example}`);

  let code = '';
  let end = 0;
  for (const { statement, check } of edits) {
    code += example.slice(end, statement.getStart()) + check;
    end = statement.getEnd();
  }
  return { code: code + example.slice(end), claims: edits.length };
}

/** What a comment behind `end`, on the same line or alone on the next, claims. */
function claimBehind(text: string, end: number): string | undefined {
  const [comment] = ts.getTrailingCommentRanges(text, end) ?? ts.getLeadingCommentRanges(text, end) ?? [];
  return comment === undefined ? undefined : CLAIM.exec(text.slice(comment.pos, comment.end))?.[1];
}

function checkOf(statement: ts.ExpressionStatement | ts.VariableStatement, claim: string): string {
  if (ts.isExpressionStatement(statement)) return `check(${statement.expression.getText()}, ${claim});`;
  const [{ name }] = statement.declarationList.declarations;
  return `${statement.getText()} check(${name.getText()}, ${claim});`;
}

/** Compiles examples that may name `names` of scope.ts: each one's JavaScript, and what the type checker says. */
export function compile(examples: readonly string[], names: readonly string[]): { readonly scripts: string[]; readonly errors: string[] } {
  const path = (index: number): string => fileURLToPath(new URL(`example-${index}.ts`, import.meta.url));
  const head = `import { ${names.join(', ')} } from './scope.ts'; declare function check(value: unknown, expected: unknown): void;\n`;
  const sources = new Map(examples.map((code, index) => [path(index), `${head}export {};\nasync function run() {\n${code}\n}\nvoid run;`]));
  const options = { ...compilerOptions(), composite: false, noUnusedLocals: false, noUnusedParameters: false };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.readFile = (file) => sources.get(file) ?? readFile(file);
  host.getSourceFile = (file, ...rest) => {
    const text = sources.get(file);
    return text === undefined ? getSourceFile(file, ...rest) : ts.createSourceFile(file, text, rest[0], true);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  const errors = [...sources.keys()].flatMap((file) => {
    const diagnostics = [
      ...program.getSyntacticDiagnostics(program.getSourceFile(file)),
      ...program.getSemanticDiagnostics(program.getSourceFile(file)),
    ];
    return diagnostics.map(
      ({ messageText }) => `${ts.flattenDiagnosticMessageText(messageText, '\n')}\n${sources.get(file)?.slice(head.length)}`,
    );
  });
  const scripts = examples.map(
    (code) => ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2024, module: ts.ModuleKind.ESNext } }).outputText,
  );
  return { scripts, errors };
}
