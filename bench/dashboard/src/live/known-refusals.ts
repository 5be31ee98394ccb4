/** What the repository's own backends are known not to support: the suite is judged by it here as on the command line. */
import { parseExpectations, type Expectation } from '@laxconv/conformance';

const FOLDER = '../../../../conformance/expectations/';
const FILES = import.meta.glob<string>('../../../../conformance/expectations/*.jsonc', { query: '?raw', import: 'default', eager: true });

/** The expectations of the backend of this name; none where there is no file of them. */
export function knownRefusals(backend: string): readonly Expectation[] {
  const path = `${FOLDER}${backend}.jsonc`;
  const text = FILES[path];
  return text === undefined ? [] : parseExpectations(text, path);
}
