/** The suite's version, read by reports. A test holds it to package.json. */
export const SUITE_VERSION = '0.0.0';
