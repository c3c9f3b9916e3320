import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MILLISECONDS = 200;
const LAST_MILLISECONDS = 5_000;
const GROWTH = 1.1;

/** Waits between two looks, ever longer: whoever looks for an hour asks less than a key may in it. */
export const unhurried = (): (() => Promise<void>) => {
  let milliseconds = FIRST_MILLISECONDS;
  return async () => {
    await sleep(milliseconds);
    milliseconds = Math.min(milliseconds * GROWTH, LAST_MILLISECONDS);
  };
};
