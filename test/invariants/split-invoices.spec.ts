import { periodKey, type Account } from '#billing/account';
import { LINES_PER_INVOICE_MAX, unitsBilled } from '#billing/invoice';
import { bookBalance } from '#ledger';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  expectBalanced,
  expectDisjointServices,
  expectFreshRating,
  expectNothingWaiting,
  expectReceivableIsDue,
} from './checks.js';
import { plainly, timelineHistory, type Step } from './operations.js';
import { text, World } from './world.js';

const RUNS = Number(process.env['INVARIANT_RUNS'] ?? 25);
const SEED = Number(process.env['INVARIANT_SEED'] ?? 20_261_130);

const inOrder = (step: Step): Step => {
  const { operation } = step;
  const billing = operation.kind === 'bill' ? { ...operation, grace: false } : operation;
  return { ...step, operation: billing, fault: null, repeated: false };
};

const histories = fc.tuple(timelineHistory, fc.integer({ min: 1, max: 5 })).map(([steps, linesMax]) => ({
  steps: [...steps, LAST].map(inOrder),
  linesMax,
}));

const LAST = plainly({ kind: 'bill', day: 120, grace: false, skipsNothing: false });

/** Of each period of a charge, what live lines bill. */
const billedByPeriod = ({ billed }: Account): Record<string, { units: string; minor: bigint }> => {
  const periods = Map.groupBy(billed.values(), (one) => periodKey({ ...one, ...one.part }));
  const sums = [...periods].map(([name, services]) => {
    const lines = services.flatMap((one) => one.lines);
    const minor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    return [name, { units: unitsBilled({ lines }).toString(), minor }] as const;
  });
  return Object.fromEntries(sums.sort(([left], [right]) => (left < right ? -1 : 1)));
};

describe('an account that is billed by invoices of few lines', () => {
  it(
    'is billed to the cent what it is billed by whole ones, and nothing is left or billed twice',
    () =>
      fc.assert(
        fc.asyncProperty(histories, async ({ steps, linesMax }) => {
          const [whole, split] = [await World.begin(), await World.begin({ linesMax })];
          for (const step of steps) {
            await whole.take(step);
            await split.take(step);
          }
          const states = [(await whole.fold()).stream.state, (await split.fold()).stream.state] as const;
          const [expected, found] = states;
          expect(billedByPeriod(found)).toEqual(billedByPeriod(expected));
          expect(found.usageCut).toBe(expected.usageCut);
          for (const code of ['revenue', 'deferred_revenue'] as const)
            expect(bookBalance(found.book, code, 'USD')).toBe(bookBalance(expected.book, code, 'USD'));
          expectNothingWaiting(found);
          expectBalanced(found);
          expectReceivableIsDue(found);
          expectDisjointServices(found);
          expectFreshRating(found, await split.readings());
          expect(await split.cached(false)).toBe(text(found));
          for await (const { type, data } of split.log.readStream(split.stream)) {
            if (type !== 'InvoiceLinesAdded') continue;
            expect((data as { readonly lines: readonly unknown[] }).lines.length).toBeLessThanOrEqual(linesMax);
          }
        }),
        { numRuns: RUNS, seed: SEED },
      ),
    120_000,
  );

  it('has a bound that is told', () => expect(LINES_PER_INVOICE_MAX).toBe(1_000));
});
