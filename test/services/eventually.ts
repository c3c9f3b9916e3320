import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MILLISECONDS = 30_000;
const LOOK_MILLISECONDS = 20;

/** Looks again until what is found is what is wanted. How long it takes is not tested: only that it happens. */
export const eventually = async <Found>(
  look: () => Promise<Found>,
  wanted: (found: Found) => boolean,
  what = 'what was waited for',
  patience = PATIENCE_MILLISECONDS,
): Promise<Found> => {
  for (const begun = performance.now(); ;) {
    const found = await look();
    if (wanted(found)) return found;
    if (performance.now() - begun > patience) {
      throw new Error(`${what} did not come about; last found: ${shown(found)}`);
    }
    await sleep(LOOK_MILLISECONDS);
  }
};

const shown = (found: unknown): string =>
  JSON.stringify(found, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))?.slice(0, 2_000) ?? '';
