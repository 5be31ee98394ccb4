/**
 * What the set-up says: one line for each step, and one sentence, not a stack trace, when it cannot go on.
 */

/** A failure with a sentence for the person in front of the machine. */
export class SetupError extends Error {
  /**
   * @param {string} sentence What is missing and how to get it.
   * @param {number} [exitCode] 2: could not run; a tool's own code where one failed.
   */
  constructor(sentence, exitCode = 2) {
    super(sentence);
    this.name = 'SetupError';
    this.exitCode = exitCode;
  }
}

/**
 * One line about a step.
 * @param {string} what
 */
export function say(what) {
  console.log(`laxconv: ${what}`);
}

/**
 * Ends a program in the way its error asks for.
 * @param {unknown} error
 * @returns {never}
 */
export function exitWith(error) {
  if (error instanceof SetupError) {
    console.error(`laxconv: ${error.message}`);
    process.exit(error.exitCode);
  }
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    console.error(`laxconv: ${error.message}`);
    process.exit(2);
  }
  throw error;
}
