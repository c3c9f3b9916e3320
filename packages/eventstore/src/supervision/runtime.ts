/**
 * Supervision: what the process begins with, before anything of which an old Node has only a part; `main.ts` imports the rest
 * dynamically, after this.
 */

/** What the engines of package.json say, too. */
const LEAST_NODE = '22.13.0';
/** TLS to an address instead of a name: Node says that it will ignore what gRPC asks for, as it should. Nobody can do anything about it. */
const NAME_IS_AN_ADDRESS = 'DEP0123';

const { node } = process.versions;
if (node.localeCompare(LEAST_NODE, 'en', { numeric: true }) < 0) {
  console.error(`The event store needs Node ${LEAST_NODE} or newer, and this is Node ${node}.`);
  process.exit(1);
}

const printers = process.listeners('warning');
process.removeAllListeners('warning');
process.on('warning', (warning: NodeJS.ErrnoException) => {
  if (warning.code !== NAME_IS_AN_ADDRESS) for (const print of printers) print.call(process, warning);
});
