/** Why nothing could be run: the command line ends with this sentence and exit code 2. */
export class CannotRun extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause });
    this.name = 'CannotRun';
  }
}
