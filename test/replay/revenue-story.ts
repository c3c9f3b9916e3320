import { eventually } from '../services/eventually.js';
import type { TestClient } from '../services/test-client.js';
import type { TestRecount } from '../services/test-recount.js';
import { openAccount, reading, recordUsage, usd, withCatalog } from '../e2e/samples.js';

const START = '2030-01-15T00:00:00Z';

/** A tenant whose months are booked: with usage that is accrued and comes late, a credit note and a void invoice after a booking, and an end. */
export const tellOfRevenue = async (recount: TestRecount): Promise<void> => {
  const tenant = await recount.client.create('tenants', { name: 'Booked', mode: 'test', startAt: START });
  await recount.caughtUp();
  const client = recount.client.withKey(tenant.apiKey);
  const advance = (to: string) => client.create(`test-clocks/${tenant.testClockId}/advance`, { to });
  await withCatalog(client);
  const { id: accountId } = await openAccount(client);
  const subscription = await client.create('subscriptions', { accountId, plan: 'pro' });
  await advance('2030-01-21T00:00:00Z');
  await recordUsage(client, [reading(accountId, 3_000, '2030-01-20T12:00:00Z')]);
  await advance('2030-02-04T00:00:00Z');
  await booked(client, '2030-01');
  const [first] = (await client.read(`invoices?accountId=${accountId}`)).data;
  await client.create(`invoices/${first.id}/credit-notes`, { amount: usd('3.10'), reason: 'outage' });
  await recordUsage(client, [reading(accountId, 100, '2030-01-30T12:00:00Z')]);
  await advance('2030-03-04T00:00:00Z');
  await booked(client, '2030-02');
  const [second] = (await client.read(`invoices?accountId=${accountId}`)).data;
  await client.create(`invoices/${second.id}/void`, { reason: 'wrong' });
  await client.create(`subscriptions/${subscription.id}/cancel`, { at: '2030-03-10T00:00:00Z' });
  await advance('2030-04-04T00:00:00Z');
  await booked(client, '2030-03');
};

/** Until every account has its booking of the month. */
const booked = (client: TestClient, month: string): Promise<unknown> =>
  eventually(
    () => client.read(`reports/revenue-recognition?from=${month}&to=${month}`),
    ([report]) => report !== undefined && report.months[0].booked.amount !== '0.00',
    `the booking of ${month}`,
  );
