/**
 * The one door of `npm start`, `npm test` and the other commands: works with the Node that the machine has (20 or newer), installs
 * what the repository pins, and hands over to it. Syntax and imports stay old, so that an older Node says a sentence as well.
 */
const OLDEST_NODE = 20;

const major = Number(process.versions.node.split('.')[0]);
if (major < OLDEST_NODE) {
  console.error(
    `laxconv needs Node ${OLDEST_NODE} or newer to set itself up, and this is Node ${process.versions.node}. ` +
      "Install a newer one (nodejs.org, or your system's package manager) and run the command again.",
  );
  process.exit(2);
} else {
  // The failure of main() is a defect of the set-up, and should look like one.
  void import('./setup/main.mjs').then((setup) => setup.main(process.argv.slice(2)));
}
