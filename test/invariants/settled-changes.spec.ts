import type { Account } from '#billing/account';
import { TimelineServices } from '#billing/invoice';
import { isBefore, plusDuration, type Instant } from '#kernel';
import { at } from '#testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CATALOG } from './catalog.js';
import { history } from './operations.js';
import { World } from './world.js';

const RUNS = Number(process.env['INVARIANT_RUNS'] ?? 300);
const SEED = Number(process.env['INVARIANT_SEED'] ?? 20_261_130);
const MILLISECONDS_PER_RUN = 1_000;
/** Far beyond what the histories bill. */
const HORIZON = plusDuration(at('2026-01-01T00:00:00Z'), { days: 500 });

type Subscription = Account['subscriptions'] extends Map<unknown, infer One> ? One : never;

/** What was not billed of a subscription, by key and end. */
const unbilledOf = (subscription: Subscription, { billed }: Account, until: Instant): string[] => {
  const found: string[] = [];
  const isBilled = ({ key }: { readonly key: string }): boolean => billed.has(key);
  for (const services of new TimelineServices(subscription, CATALOG).unbilled(isBilled)) {
    for (const { key, service } of services) {
      if (isBefore(until, service.start)) break;
      found.push(`${key} ${service.end}`);
    }
  }
  return found.sort();
};

describe('what a changed timeline has to bill', () => {
  it(
    'is the same whether it is looked for from the changes that nobody looked at since, or from all that there ever were',
    async () => {
      let settled = 0;
      await fc.assert(
        fc.asyncProperty(history, async (steps) => {
          const world = await World.begin();
          for (const step of steps) {
            await world.take(step);
            const { state } = (await world.fold()).stream;
            for (const subscription of state.subscriptions.values()) {
              const fromAll = { ...subscription, unsettledFrom: subscription.changedFrom };
              if (fromAll.unsettledFrom !== subscription.unsettledFrom) settled += 1;
              expect(unbilledOf(subscription, state, HORIZON)).toEqual(unbilledOf(fromAll, state, HORIZON));
            }
          }
        }),
        { numRuns: RUNS, seed: SEED },
      );
      expect(settled).toBeGreaterThan(0);
    },
    RUNS * MILLISECONDS_PER_RUN,
  );
});
