import { describe, expect, it } from '@jest/globals';
import { othersFirst } from './others-first.js';

/** Counts the turns that others had while so many pieces of work were done. */
const turnsDuring = async (pieces: number, work: () => void): Promise<number> => {
  let turns = 0;
  let done = false;
  const others = (async () => {
    while (!done) {
      await new Promise((resolve) => setImmediate(resolve));
      turns += 1;
    }
  })();
  await Promise.all(
    Array.from({ length: pieces }, async () => {
      await othersFirst();
      work();
    }),
  );
  done = true;
  await others;
  return turns;
};

const long = (): void => {
  for (const begun = performance.now(); performance.now() - begun < 20;);
};

describe('pieces of work that are asked for at once', () => {
  it('let others have their turn between any two of them, where they are long', async () => {
    await turnsDuring(3, long);
    expect(await turnsDuring(10, long)).toBeGreaterThanOrEqual(9);
  });

  it('let others have their turn again and again, however short they are', async () => {
    expect(await turnsDuring(160, () => undefined)).toBeGreaterThanOrEqual(20);
  });
});
