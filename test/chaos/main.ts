/** Chaos: `npm run chaos -- <name>` breaks a part in every way it may break, and checks that it keeps what it promised. */
import '#runtime';
import { chaosOfEventStore } from './eventstore/eventstore.js';

const CHAOS: Readonly<Record<string, () => Promise<boolean>>> = { eventstore: chaosOfEventStore };

const names = process.argv.slice(2);
if (names.length === 0 || names.some((name) => !Object.hasOwn(CHAOS, name))) {
  console.error(`Usage: npm run chaos -- ${Object.keys(CHAOS).join('|')}`);
  process.exit(2);
}
let isWell = true;
for (const name of names) isWell = (await CHAOS[name]!()) && isWell;
process.exit(isWell ? 0 : 1);
