/** A process of one role, started by the one that hosts the embedded parts and told by its environment. */
import '#runtime';
import { serveForParent } from '../embedded/child-protocol.js';
import { startTracingWhereWanted } from '../telemetry/tracing-where-wanted.js';

serveForParent(async () => {
  const stopTracing = await startTracingWhereWanted();
  const { serveRole } = await import('./serve-role.js');
  const serving = await serveRole();
  return { ...serving, stop: () => serving.stop().then(() => stopTracing?.()) };
});
