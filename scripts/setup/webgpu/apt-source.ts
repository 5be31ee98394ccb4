/** Debian's own package source on this machine, from which the line for another suite of it is made. */

/** Where the packages come from, and the options of its line. */
interface AptSource {
  readonly uri: string;
  readonly options: string;
}

/**
 * The line for `suite`, from the first source that has the suite `codename`; undefined where none has. `files` are the texts of
 * sources.list and of sources.list.d, in either format.
 */
export function lineForSuite(files: readonly string[], codename: string, suite: string): string | undefined {
  const source = files.flatMap((text) => oneLine(text, codename) ?? deb822(text, codename) ?? [])[0];
  return source === undefined ? undefined : `deb ${source.options}${source.uri} ${suite} main\n`;
}

function oneLine(text: string, codename: string): AptSource | undefined {
  for (const line of text.split('\n')) {
    const [, options = '', uri, suite] = /^deb\s+(\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s/.exec(line) ?? [];
    if (uri !== undefined && suite === codename) return { uri, options };
  }
  return undefined;
}

function deb822(text: string, codename: string): AptSource | undefined {
  for (const stanza of text.split(/\n\s*\n/)) {
    const field = (name: string): string | undefined => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(stanza)?.[1]?.trim();
    const isFor = (field('Types') ?? '').split(/\s+/).includes('deb') && (field('Suites') ?? '').split(/\s+/).includes(codename);
    const uri = field('URIs')?.split(/\s+/)[0];
    if (!isFor || uri === undefined || field('Enabled') === 'no') continue;
    const key = field('Signed-By');
    return { uri, options: key === undefined || !key.startsWith('/') ? '' : `[signed-by=${key}] ` };
  }
  return undefined;
}
