/** Chaos: the event store is killed at any moment, at each write and flush, and with the power of its disk. */
import { interruptCalls } from './interrupted-calls.js';
import { killStore } from './kills.js';
import { cutPower } from './power-cut.js';

const PARTS: Readonly<Record<string, () => Promise<boolean>>> = {
  kills: killStore,
  calls: interruptCalls,
  power: cutPower,
};

/** `CHAOS_PARTS=kills,power` runs some of them. */
export const chaosOfEventStore = async (): Promise<boolean> => {
  const wanted = process.env['CHAOS_PARTS']?.split(',') ?? Object.keys(PARTS);
  let isWell = true;
  for (const part of wanted) {
    const run = PARTS[part];
    if (run === undefined) throw new Error(`CHAOS_PARTS knows ${Object.keys(PARTS).join(', ')}, and no ${part}.`);
    isWell = (await run()) && isWell;
  }
  return isWell;
};
