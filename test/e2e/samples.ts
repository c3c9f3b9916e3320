import { randomUUID } from 'node:crypto';
import { eventually } from '../services/eventually.js';
import type { Any, TestClient } from '../services/test-client.js';

/** January to March 2025: long enough ago that nothing of it happens by itself. */
export const JANUARY = { start: '2025-01-01T00:00:00Z', end: '2025-02-01T00:00:00Z' } as const;
export const FEBRUARY = { start: '2025-02-01T00:00:00Z', end: '2025-03-01T00:00:00Z' } as const;

export const METER = {
  key: 'tokens',
  name: 'Tokens',
  eventName: 'llm_request',
  aggregation: 'sum',
  valueProperty: 'tokens',
};

/** A fee in advance and usage in arrears: 20.00 a month, and 0.01 for each token beyond the first thousand. */
export const PLAN = {
  key: 'pro',
  name: 'Pro',
  currency: 'USD',
  interval: { unit: 'month', count: 1 },
  charges: [
    {
      key: 'fee',
      name: 'Platform fee',
      kind: 'recurring',
      timing: 'in_advance',
      price: { model: 'flat', amount: '20.00' },
    },
    {
      key: 'tokens',
      name: 'Tokens',
      kind: 'usage',
      timing: 'in_arrears',
      meter: 'tokens',
      price: {
        model: 'graduated',
        tiers: [
          { upTo: '1000', unitAmount: '0' },
          { upTo: null, unitAmount: '0.01' },
        ],
      },
    },
  ],
};

/** Fixed dates stay within the usage window, whenever the specs run. */
const ANY_AGE = { usageWindow: { pastDays: 36_500, futureHours: 1 } };

export const withCatalog = async (client: TestClient): Promise<void> => {
  await client.done('PUT', 'settings/billing', ANY_AGE);
  await client.create('meters', METER);
  await client.create('plans', PLAN);
};

/** Charges tax in Germany, at 19 %. */
export const withVat = async (client: TestClient, settings: object = {}): Promise<void> => {
  await client.done('PUT', 'settings/tax', { provider: 'rates', country: 'DE', ...settings });
  const rate = { code: 'de-vat', jurisdiction: 'DE', category: 'S', rate: '19', validFrom: '2020-01-01' };
  await client.create('tax-rates', rate);
};

export const openAccount = (client: TestClient, fields: object = {}): Promise<Any> =>
  client.create('accounts', { name: 'Ada Lovelace Ltd', currency: 'USD', ...fields });

export const subscribe = (client: TestClient, accountId: string, fields: object = {}): Promise<Any> =>
  client.create('subscriptions', { accountId, plan: 'pro', startAt: JANUARY.start, ...fields });

export const reading = (accountId: string, tokens: number, at: string, fields: object = {}) => ({
  id: randomUUID(),
  event: 'llm_request',
  accountId,
  at,
  properties: { tokens },
  ...fields,
});

export const recordUsage = (client: TestClient, events: readonly object[]): Promise<Any> =>
  client.create('usage', { events });

/** Bills and waits until the run is over. */
export const bill = async (client: TestClient, billThrough: string, fields: object = {}): Promise<Any> => {
  const started = await client.create('billing-runs', { billThrough, ...fields });
  return eventually(
    () => client.read(`billing-runs/${started.id}`),
    ({ status }) => status !== 'running',
    'the end of a billing run',
  );
};

/** The invoices of a run, whole, oldest first. */
export const invoicesOf = async (client: TestClient, run: Any): Promise<Any[]> => {
  const { data } = await client.read(`invoices?billingRunId=${run.id}&limit=200`);
  return Promise.all(data.reverse().map(({ id }: Any) => client.read(`invoices/${id}`)));
};

/** An account with one invoice: 20.00 for February, 20.00 for January and 5.00 of January's usage. */
export const billedAccount = async (
  client: TestClient,
  fields: object = {},
): Promise<{ account: Any; invoice: Any }> => {
  const account = await openAccount(client, fields);
  await subscribe(client, account.id);
  await recordUsage(client, [reading(account.id, 1_500, '2025-01-10T12:00:00Z')]);
  const run = await bill(client, JANUARY.end, { accounts: [account.id] });
  const [invoice] = await invoicesOf(client, run);
  return { account, invoice };
};

export const usd = (amount: string) => ({ amount, currency: 'USD' });

/** Balances of a book by code, in major units. */
export const balances = ({ ledgerAccounts }: Any): Record<string, string> =>
  Object.fromEntries(ledgerAccounts.map(({ code, balance }: Any) => [code, balance.amount]));
