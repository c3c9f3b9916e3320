import type { Account } from '#billing/account';
import { TimelineServices } from '#billing/invoice';
import { isBefore, plusDuration, type Instant } from '#kernel';
import { at } from '#testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CATALOG } from './catalog.js';
import { billedHistory, history, plainly, type Operation } from './operations.js';
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
        fc.asyncProperty(fc.oneof(history, billedHistory), async (steps) => {
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

  it('is billed, where a billing that looked no further than before it was the next one after the change', async () => {
    const world = await World.begin();
    for (const operation of BILLED_AHEAD) await world.take(plainly(operation));
    const { billed } = (await world.fold()).stream.state;
    const seats = [...billed.values()].filter(
      ({ charge, service }) => charge === 'seat' && service.localEnd > '2026-04-01',
    );
    const told = seats.map(({ service, lines }) => [
      `${service.localStart} to ${service.localEnd}`,
      ...lines.map(({ quantity, amountMinor }) => `${quantity} for ${amountMinor}`),
    ]);
    expect(told.sort()).toEqual([
      ['2026-04-01 to 2026-04-16', '1 for 777', '0 for -388'],
      ['2026-04-16 to 2026-05-01', '4 for 1554'],
      ['2026-05-01 to 2026-06-01', '1 for 777', '3 for 2331'],
    ]);
  });
});

const bill = (day: number): Operation => ({ kind: 'bill', day, grace: false, skipsNothing: false });

/** More seats in the middle of what is billed ahead; then late usage, billed up to before them. */
const BILLED_AHEAD: readonly Operation[] = [
  { kind: 'subscribe', plan: 'team', trialDays: 0, day: 90, anchor: null },
  bill(100),
  bill(150),
  { kind: 'change', which: 0, day: 105, plan: null, seats: 4, proration: 'prorated' },
  { kind: 'record', readings: [{ id: 0, day: 95, tokens: 1, assigned: false }] },
  bill(102),
  bill(150),
];
