import type { AccountFact } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  expectBalanced,
  expectReceivableIsDue,
  expectRevenueAccounted,
  expectStatusIsBalance,
  expectTransfersOnce,
} from './checks.js';
import { walletHistory } from './operations.js';
import { expectWalletsSound } from './wallet-checks.js';
import { World } from './world.js';

const RUNS = Number(process.env['INVARIANT_RUNS'] ?? 400);
const SEED = Number(process.env['INVARIANT_SEED'] ?? 20_261_130);
const PATH = process.env['INVARIANT_PATH'];
const MILLISECONDS_PER_RUN = 1_000;

/** What has to be met often, or nothing was looked at. */
const MET: readonly AccountFact['type'][] = [
  'WalletGranted',
  'WalletApplied',
  'WalletReleased',
  'WalletGrantExpired',
  'WalletGrantVoided',
  'WalletClosed',
];

describe('over any history of wallets', () => {
  const met = new Map<string, number>();

  it(
    'credit is used once, within its life and scope, and is what the book says',
    () =>
      fc.assert(
        fc.asyncProperty(walletHistory, fc.boolean(), async (steps, taxed) => {
          const world = await World.begin({ taxed });
          for (const step of steps) {
            await world.take(step);
            const fold = await world.fold();
            const { state } = fold.stream;
            expectWalletsSound(fold);
            expectBalanced(state);
            expectTransfersOnce(fold);
            expectReceivableIsDue(state);
            expectStatusIsBalance(state);
            expectRevenueAccounted(state);
          }
          for await (const { type } of world.log.readStream(world.stream)) met.set(type, (met.get(type) ?? 0) + 1);
        }),
        { numRuns: RUNS, seed: SEED, ...(PATH === undefined ? {} : { path: PATH }) },
      ),
    60_000 + RUNS * MILLISECONDS_PER_RUN,
  );

  it('has met all that becomes of it', () => {
    const rare = MET.filter((type) => (met.get(type) ?? 0) < RUNS / 50);
    expect(PATH === undefined ? rare : []).toEqual([]);
  });
});
