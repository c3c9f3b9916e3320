import '#runtime';
import { benchBilling } from './billing.bench.js';
import { benchRating } from './rating.bench.js';
import { benchCommands } from './commands.bench.js';
import { benchDocuments } from './documents.bench.js';
import { benchEventStore } from './eventstore.bench.js';
import { benchProcesses } from './processes.bench.js';
import { benchRebuild } from './rebuild.bench.js';
import { benchRestore } from './restore.bench.js';
import { benchSizes } from './sizes.bench.js';
import { benchState } from './state.bench.js';
import { benchUsage } from './usage.bench.js';
import { benchWebhooks } from './webhooks.bench.js';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  usage: benchUsage,
  commands: benchCommands,
  processes: benchProcesses,
  billing: benchBilling,
  rating: benchRating,
  rebuild: benchRebuild,
  restore: benchRestore,
  documents: benchDocuments,
  eventstore: benchEventStore,
  sizes: benchSizes,
  state: benchState,
  webhooks: benchWebhooks,
};

const given = process.argv.slice(2);
const option = given.findIndex((word) => word.startsWith('--'));
const names = option < 0 ? given : given.slice(0, option);
if (names.length === 0 || names.some((name) => !Object.hasOwn(BENCHES, name))) {
  console.error(`Usage: npm run bench -- ${Object.keys(BENCHES).join('|')} [--against DIR] [--beside emmett]`);
  process.exit(2);
}
for (const name of names) await BENCHES[name]!();
