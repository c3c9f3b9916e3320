/** Chaos: `npm run chaos -- <name>` breaks a part in every way it may break, and checks that it keeps what it promised. */
import '#runtime';
import { parseArgs } from 'node:util';
import { chaosOfEventStore } from './eventstore/eventstore.js';
import { chaosOfProcesses, chaosOfStack, type StackOptions } from './stack/stack.js';

const FAULTS_UNLESS_TOLD = 1_000;

const CHAOS: Readonly<Record<string, (options: StackOptions) => Promise<boolean>>> = {
  eventstore: chaosOfEventStore,
  stack: chaosOfStack,
  processes: chaosOfProcesses,
};

const refuse = (): never => {
  console.error(`Usage: npm run chaos -- ${Object.keys(CHAOS).join('|')} [--faults N] [--seed S]`);
  process.exit(2);
};

const given = () => {
  try {
    return parseArgs({ allowPositionals: true, options: { faults: { type: 'string' }, seed: { type: 'string' } } });
  } catch {
    return refuse();
  }
};

const whole = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  return /^\d{1,9}$/.test(text) ? Number(text) : refuse();
};

const { positionals: names, values } = given();
if (names.length === 0 || names.some((name) => !Object.hasOwn(CHAOS, name))) refuse();
const options = { faults: whole(values.faults) ?? FAULTS_UNLESS_TOLD, seed: whole(values.seed) };
let isWell = true;
for (const name of names) isWell = (await CHAOS[name]!(options)) && isWell;
process.exit(isWell ? 0 : 1);
