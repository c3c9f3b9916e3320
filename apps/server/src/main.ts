import '#runtime';
import { startTracingWhereWanted } from './telemetry/tracing-where-wanted.js';

const stopTracing = await startTracingWhereWanted().catch((error: unknown) => {
  console.error(error instanceof RangeError ? error.message : error);
  process.exit(2);
});
const { run } = await import('./run.js');
const code = await run();
await stopTracing?.();
process.exit(code);
