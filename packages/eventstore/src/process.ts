/** The process: it serves a folder until it is told to stop, or does with it what else its command line says. */
import { logVerbosity, setLogVerbosity } from '@grpc/grpc-js';

import { operate } from './operations/operate.js';
import { serve } from './serve.js';
import { parseCommandLine } from './supervision/command-line.js';
import { failureLine } from './supervision/failure-line.js';
import { isDiskFull } from './supervision/disk-space.js';

setLogVerbosity(logVerbosity.NONE);
// What it writes is its user’s alone, whoever starts it.
process.umask(0o077);
const commandLine = parseCommandLine(process.argv);

if ('serve' in commandLine) {
  serve(commandLine.serve);
} else {
  const where = { folder: 'the store', host: '', port: 0, isDiskFull };
  operate(commandLine.operate, console.log).then(
    (isWell) => process.exit(isWell ? 0 : 1),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : failureLine(error, where));
      process.exit(1);
    },
  );
}
