import { bill } from '../trace/billing.js';
import { Stack } from '../trace/stack.js';
import { print } from './rounds.js';

const ROUNDS = 3;
const ACCOUNTS = Number(process.env['BENCH_ACCOUNTS'] ?? 2_000);
const METERS = ['m1', 'm2', 'm3', 'm4'];
const BATCH = 1_000;

/** Runs over accounts with invoices of five lines: rated, booked, numbered, durable. One month a round. */
export const benchBilling = async (): Promise<void> => {
  const stack = await Stack.start();
  try {
    await prepare(stack);
    const rates: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const run = await bill(stack, `2025-0${round + 2}-01T00:00:00Z`);
      const seconds = (Date.parse(run.completedAt!) - Date.parse(run.startedAt)) / 1000;
      if (run.invoices !== ACCOUNTS) throw new Error(`${ACCOUNTS} invoices were due, ${run.invoices} were made.`);
      rates.push(run.invoices / seconds);
      const again = await bill(stack, `2025-0${round + 2}-01T00:00:00Z`);
      if (again.invoices !== 0) throw new Error(`A second run made ${again.invoices} invoices.`);
    }
    print({ title: `billing, ${ACCOUNTS} accounts, five lines each`, unit: 'invoices/s', rates });
    console.log('  a second run of each period made none');
  } finally {
    await stack.stop();
  }
};

const prepare = async (stack: Stack): Promise<void> => {
  const { client } = stack;
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
  const waiting = Array.from({ length: ACCOUNTS }, (_, index) => index);
  const openNext = async (): Promise<void> => {
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      const { id } = await client.post<{ id: string }>('accounts', {
        externalId: `cust-${index}`,
        name: `Customer ${index}`,
        currency: 'USD',
      });
      await client.post('subscriptions', { accountId: id, plan: 'bench', startAt: '2025-01-01T00:00:00Z' });
    }
  };
  await Promise.all(Array.from({ length: 16 }, openNext));
  for (let month = 1; month <= ROUNDS; month++) {
    const events = Array.from({ length: ACCOUNTS }, (_, index) => ({
      id: `r-${month}-${index}`,
      event: 'request',
      accountId: `external:cust-${index}`,
      at: `2025-0${month}-15T12:00:00Z`,
      properties: Object.fromEntries(METERS.map((key, offset) => [key, (index % 500) * (offset + 1) + 7])),
    }));
    for (let begin = 0; begin < events.length; begin += BATCH)
      await client.post('usage', { events: events.slice(begin, begin + BATCH) });
  }
};
