/** The public functions of the packages with the examples of their documentation, read from the sources as an editor reads them. */
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The packages' entries. */
const ENTRIES = ['../../packages/laxconv/src/index.ts', '../../packages/api/src/index.ts', '../../packages/api/src/backend.ts'].map(here);

/** What a backend implements and nobody calls; `docs/adding-a-backend.md` walks through it. */
const IMPLEMENTED_BY_BACKENDS: readonly string[] = ['Backend', 'ConvPlan', 'BoundConv'];

/** A public function, or a method of a public interface. */
export interface PublicFunction {
  /** Such as `tensor` or `Lax.conv`. */
  readonly name: string;
  /** The sentences that say what it does. */
  readonly summary: string;
  readonly examples: readonly string[];
}

/** How this folder is compiled. */
export function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(here('tsconfig.json'), ts.sys.readFile) as { config: object };
  return ts.parseJsonConfigFileContent(config, ts.sys, here('.')).options;
}

/** Every public function of the entries, by name. */
export function publicFunctions(): PublicFunction[] {
  const program = ts.createProgram(ENTRIES, compilerOptions());
  const checker = program.getTypeChecker();
  const found = new Map<string, PublicFunction>();
  const add = (name: string, symbol: ts.Symbol): void => {
    const examples = symbol.getJsDocTags(checker).filter((tag) => tag.name === 'example');
    found.set(name, {
      name,
      summary: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
      examples: examples.map(({ text }) => ts.displayPartsToString(text)),
    });
  };
  for (const entry of ENTRIES) {
    const source = program.getSourceFile(entry);
    const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${entry} is no module`);
    for (const exported of checker.getExportsOfModule(module)) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      if (symbol.flags & ts.SymbolFlags.Function) add(symbol.name, symbol);
      if (!(symbol.flags & ts.SymbolFlags.Interface) || IMPLEMENTED_BY_BACKENDS.includes(symbol.name)) continue;
      for (const member of checker.getDeclaredTypeOfSymbol(symbol).getProperties()) {
        const isCallable = checker.getTypeOfSymbol(member).getCallSignatures().length > 0;
        // Typed arrays and the like inherit methods that are not ours; a method by symbol is a named one once more.
        if (isCallable && !member.name.startsWith('__@')) add(`${symbol.name}.${member.name}`, member);
      }
    }
  }
  return [...found.values()];
}
