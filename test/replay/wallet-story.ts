import { eventually } from '../services/eventually.js';
import type { Any, TestClient } from '../services/test-client.js';
import type { TestRecount } from '../services/test-recount.js';
import { openAccount, reading, recordUsage, usd, withCatalog } from '../e2e/samples.js';

/**
 * A tenant with a clock of its own, whose customers pay out of wallets: bought and given, with turns that roll over, with a grant that expires in the middle of a month, with a
 * recharge that the cap puts off, a void invoice, a top-up that is given up, and wallets that close.
 */
export const tellOfWallets = async (recount: TestRecount): Promise<void> => {
  const tenant = await recount.client.create('tenants', {
    name: 'Prepaid',
    mode: 'test',
    startAt: '2030-01-01T00:00:00Z',
  });
  await recount.caughtUp();
  const client = recount.client.withKey(tenant.apiKey);
  const advance = (to: string): Promise<Any> => client.create(`test-clocks/${tenant.testClockId}/advance`, { to });
  await withCatalog(client);
  const account = await openAccount(client);
  const wallet = await client.create(`accounts/${account.id}/wallets`, {
    name: 'Prepaid credit',
    priority: 20,
    metadata: { contract: '4711' },
  });
  const [bought] = (await grant(client, wallet, { kind: 'paid', amount: usd('100.00') })).grants;
  await client.create(`invoices/${bought.invoiceId}/payments`, { amount: usd('100.00') });
  await grant(client, wallet, { kind: 'promotional', amount: usd('30.00'), expiresAt: '2030-01-11T00:00:00Z' });
  const { grants } = await grant(client, wallet, { kind: 'compensation', amount: usd('7.00'), reason: 'outage' });
  await client.create(`wallets/${wallet.id}/grants/${grants.at(-1).id}/void`, { reason: 'by mistake' });
  await client.create('subscriptions', { accountId: account.id, plan: 'pro' });
  await advance('2030-01-15T00:00:00Z');
  const tokens = (at: string): object => reading(account.id, 2_000, at);
  await recordUsage(client, [tokens('2030-01-05T12:00:00Z'), tokens('2030-01-11T00:00:00Z')]);
  await advance('2030-02-05T00:00:00Z');
  const [invoice] = (await client.read('invoices?sort=-createdAt')).data;
  await client.create(`invoices/${invoice.id}/void`, { reason: 'wrong' });
  await advance('2030-02-10T00:00:00Z');
  await tellOfTurns(client, advance);
  await tellOfRecharges(client);
  await client.create(`wallets/${wallet.id}/close`, { remainder: 'customer_credit', reason: 'end of contract' });
  await advance('2030-04-20T00:00:00Z');
};

const grant = (client: TestClient, { id }: Any, fields: object): Promise<Any> =>
  client.create(`wallets/${id}/grants`, fields);

const setUp = (client: TestClient, { id }: Any, amount: string): Promise<Any> =>
  client.create(`accounts/${id}/invoice-items`, { description: 'Setup', amount: usd(amount), on: 'own_invoice' });

const tellOfTurns = async (client: TestClient, advance: (to: string) => Promise<Any>): Promise<void> => {
  const account = await openAccount(client);
  const scope = { plans: ['pro'], charges: ['tokens'] };
  await client.create(`accounts/${account.id}/wallets`, { name: 'For tokens', scope });
  const wallet = await client.create(`accounts/${account.id}/wallets`, { name: 'Monthly' });
  await client.done('PUT', `wallets/${wallet.id}/recurring-grant`, {
    kind: 'promotional',
    amount: usd('20.00'),
    interval: { unit: 'month', count: 1 },
    startAt: '2030-02-15T00:00:00Z',
    rollover: { minimum: usd('1.00'), maximum: usd('5.00') },
  });
  await advance('2030-02-16T00:00:00Z');
  await setUp(client, account, '8.00');
  await advance('2030-03-16T00:00:00Z');
  await client.create(`wallets/${wallet.id}/recurring-grant/end`);
};

const tellOfRecharges = async (client: TestClient): Promise<void> => {
  const account = await openAccount(client);
  const wallet = await client.create(`accounts/${account.id}/wallets`, { name: 'Recharged' });
  const lost = { kind: 'paid', amount: usd('30.00'), usableOn: 'issue' };
  const { grants } = await grant(client, wallet, lost);
  await setUp(client, account, '12.00');
  await client.create(`invoices/${grants[0].invoiceId}/mark-uncollectible`, { reason: 'gone' });
  const recharge = { below: usd('20.00'), to: usd('50.00'), monthlyCap: usd('50.00') };
  await client.done('PUT', `wallets/${wallet.id}/recharge`, recharge);
  const ordered = await eventually(
    () => client.read(`wallets/${wallet.id}`),
    ({ pending }) => pending.amount === '50.00',
  );
  await client.create(`invoices/${ordered.grants.at(-1).invoiceId}/payments`, { amount: usd('50.00') });
  await setUp(client, account, '40.00');
  await eventually(
    () => client.read('audit/log?type=WalletRechargePutOff'),
    ({ data }) => data.length > 0,
  );
  await client.create(`wallets/${wallet.id}/recharge/end`);
};
