import { bill } from '../trace/billing.js';
import type { Stack } from '../trace/stack.js';
import { atATime } from './at-a-time.js';
import { inTurn, type Work } from './in-turn.js';

const ROUNDS = 5;
const ACCOUNTS = Number(process.env['BENCH_ACCOUNTS'] ?? 1_000);
/** Each line has a discount. */
const DISCOUNTED = process.env['BENCH_DISCOUNTED'] === '1';
const METERS = ['m1', 'm2', 'm3', 'm4'];
const BATCH = 1_000;

/**
 * Runs that bill the month that has just ended, with invoices of five lines: rated, booked, numbered, durable. Each round has accounts of its own; cold,
 * the server was started anew and remembers none of them.
 */
export const benchBilling = async (): Promise<void> => {
  for (const state of ['warm', 'cold'] as const) {
    const title = `billing, ${ACCOUNTS} accounts, five lines each, ${DISCOUNTED ? 'discounted, ' : ''}${state}`;
    await inTurn({ title, unit: 'invoices', rounds: ROUNDS }, (stack) => billing(stack, state));
  }
};

const billing = async (stack: Stack, state: 'warm' | 'cold'): Promise<Work> => {
  await openCatalog(stack);
  return {
    prepare: async (round) => {
      await openAccounts(stack, round);
      await recordUsage(stack, round);
      if (state === 'cold') await stack.killAndRestart();
    },
    round: async () => {
      const run = await bill(stack, THIS_MONTH);
      if (run.invoices !== ACCOUNTS) throw new Error(`${ACCOUNTS} invoices were due, ${run.invoices} were made.`);
      return run.invoices;
    },
    // A run is over when its invoices have their numbers, as the read model tells them.
    settled: () => Promise.resolve(),
    check: async () => {
      const again = await bill(stack, THIS_MONTH);
      if (again.invoices !== 0) throw new Error(`A second run made ${again.invoices} invoices.`);
      console.log('  a second run made none');
    },
  };
};

const monthsAgo = (months: number): string => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months)).toISOString().replace('.000', '');
};
const THIS_MONTH = monthsAgo(0);
const LAST_MONTH = monthsAgo(1);

const nameOf = (round: number, index: number): string => `cust-${round}-${index}`;

const openCatalog = async ({ client }: Stack): Promise<void> => {
  await client.put('settings/billing', { billing: 'manual', usageWindow: { pastDays: 36_500, futureHours: 1 } });
  for (const key of METERS)
    await client.post('meters', { key, name: key, eventName: 'request', aggregation: 'sum', valueProperty: key });
  await client.post('plans', {
    key: 'bench',
    name: 'Bench',
    currency: 'USD',
    interval: { unit: 'month', count: 1 },
    charges: [
      { key: 'fee', name: 'Fee', kind: 'recurring', timing: 'in_arrears', price: { model: 'flat', amount: '20.00' } },
      ...METERS.map((meter) => ({
        key: meter,
        name: meter,
        kind: 'usage',
        timing: 'in_arrears',
        meter,
        price: {
          model: 'graduated',
          tiers: [100, 1_000, 10_000, 100_000]
            .map((upTo) => ({ upTo: String(upTo), unitAmount: '0.0125' }))
            .concat({ upTo: null as never, unitAmount: '0.01' }),
        },
      })),
    ],
  });
  if (DISCOUNTED) await client.post('coupons', COUPON);
};

const COUPON = { code: 'BENCH', name: 'Bench', percent: '20', duration: 'forever' };

const openAccounts = ({ client }: Stack, round: number): Promise<void> =>
  atATime(16, ACCOUNTS, async (index) => {
    const name = nameOf(round, index);
    const { id } = await client.post<{ id: string }>('accounts', { externalId: name, name, currency: 'USD' });
    const anchor = { align: 'calendar' };
    const coupons = DISCOUNTED ? { coupons: [COUPON.code] } : {};
    await client.post('subscriptions', { accountId: id, plan: 'bench', startAt: LAST_MONTH, anchor, ...coupons });
  });

const recordUsage = async ({ client }: Stack, round: number): Promise<void> => {
  const events = Array.from({ length: ACCOUNTS }, (_, index) => ({
    id: `r-${index}`,
    event: 'request',
    accountId: `external:${nameOf(round, index)}`,
    at: LAST_MONTH.replace('-01T', '-15T'),
    properties: Object.fromEntries(METERS.map((key, offset) => [key, (index % 500) * (offset + 1) + 7])),
  }));
  for (let begin = 0; begin < events.length; begin += BATCH)
    await client.post('usage', { events: events.slice(begin, begin + BATCH) });
};
