import { beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { UsageLookReactor } from '../../apps/server/src/worker/usage-look.reactor.js';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { balances, openAccount, reading, recordUsage, usd, withCatalog } from './samples.js';
import { expectVerified } from './verified.js';

const stopping = new Stopping();
let recount: TestRecount;

beforeAll(async () => {
  recount = await stopping.use(TestRecount.start());
});

const asked = async (client: TestClient, path: string, body: object, method = 'POST'): Promise<Any> => {
  const headers = { 'idempotency-key': crypto.randomUUID() };
  return (await client.ask(method, path, body, { headers })).body;
};
const bookOf = async (client: TestClient, { id }: Any): Promise<Record<string, string>> =>
  balances(await client.read(`accounts/${id}/book`));
const setUp = { description: 'Setup', on: 'own_invoice' };
const grantsOf = ({ grants }: Any): unknown =>
  grants.map(({ kind, status, left, used, lapsed }: Any) =>
    [kind, status, left.amount, used.amount, lapsed.amount].join(' '),
  );

/** One story, told in order. */
describe('a wallet', () => {
  let client: TestClient;
  let account: Any;
  let wallet: Any;
  const read = (): Promise<Any> => client.read(`wallets/${wallet.id}`);

  beforeAll(async () => {
    client = await recount.manualTenant('Acme');
    await withCatalog(client);
    account = await openAccount(client);
  });

  it('is opened for an account, and is empty', async () => {
    const fields = { name: 'Prepaid', priority: 20, metadata: { contract: '4711' } };
    expect(await asked(client, `accounts/${account.id}/wallets`, { ...fields, currency: 'EUR' })).toMatchObject({
      code: 'wallet_in_other_currency',
      errors: [{ pointer: '/currency' }],
    });
    wallet = await client.create(`accounts/${account.id}/wallets`, fields);
    expect(wallet).toMatchObject({
      accountId: account.id,
      ...fields,
      status: 'open',
      currency: 'USD',
      scope: {},
      closedOn: null,
      balance: usd('0.00'),
      pending: usd('0.00'),
      recurringGrant: null,
      recharge: null,
      grants: [],
    });
    const { grants: _, log: __, ...summary } = wallet;
    expect(await client.read(`accounts/${account.id}/wallets`)).toEqual([summary]);
    expect((await client.read(`wallets?accountId=${account.id}&status=open`)).data).toEqual([summary]);
    expect((await client.read('wallets?status=closed')).data).toEqual([]);
  });

  it('is filled by an invoice, and may be used once that is paid', async () => {
    const { grants } = await client.create(`wallets/${wallet.id}/grants`, { kind: 'paid', amount: usd('100.00') });
    expect(grants).toMatchObject([{ kind: 'paid', status: 'pending', priority: 20, usableOn: 'payment' }]);
    const [{ invoiceId }] = grants;
    expect(await read()).toMatchObject({ balance: usd('0.00'), pending: usd('100.00') });
    expect(await client.read(`invoices/${invoiceId}`)).toMatchObject({
      status: 'open',
      total: usd('100.00'),
      lines: [{ kind: 'wallet_top_up', walletId: wallet.id, description: 'Prepaid', amount: usd('100.00') }],
    });
    await eventually(
      () => client.read(`invoices/${invoiceId}`),
      ({ number }) => number !== null,
    );
    const document = await client.get(`invoices/${invoiceId}/html`);
    expect([document.status, String(document.body).includes('Prepaid')]).toEqual([200, true]);
    expect(await bookOf(client, account)).toMatchObject({ receivable: '100.00', wallet: '100.00' });
    await client.create(`invoices/${invoiceId}/payments`, { amount: usd('100.00') });
    expect(await read()).toMatchObject({ balance: usd('100.00'), pending: usd('0.00') });
    expect(await bookOf(client, account)).toMatchObject({ receivable: '0.00', wallet: '100.00', cash: '100.00' });
    expect(await bookOf(client, account)).not.toHaveProperty('revenue');
  });

  it('pays an invoice as it is issued: what was given comes first here, and what was bought then', async () => {
    const given = { kind: 'promotional', amount: usd('30.00'), priority: 1, reason: 'welcome' };
    await client.create(`wallets/${wallet.id}/grants`, given);
    const { invoiceId } = await client.create(`accounts/${account.id}/invoice-items`, {
      ...setUp,
      amount: usd('50.00'),
    });
    expect(await client.read(`invoices/${invoiceId}`)).toMatchObject({
      status: 'paid',
      total: usd('50.00'),
      amountFromWallet: usd('50.00'),
      amountCredited: usd('0.00'),
      amountDue: usd('0.00'),
    });
    expect(grantsOf(await read())).toEqual(['paid granted 80.00 20.00 0.00', 'promotional used_up 0.00 30.00 0.00']);
    expect(await bookOf(client, account)).toMatchObject({
      receivable: '0.00',
      wallet: '80.00',
      revenue: '50.00',
      promotional_discount: '30.00',
    });
    expect(await client.read('reports/ar-aging')).toEqual([]);
    await client.create(`invoices/${invoiceId}/void`, { reason: 'twice', billAgain: false });
    expect(grantsOf(await read())).toEqual(['paid granted 100.00 0.00 0.00', 'promotional granted 30.00 0.00 0.00']);
    expect(await bookOf(client, account)).toMatchObject({
      wallet: '100.00',
      revenue: '0.00',
      promotional_discount: '0.00',
    });
    await expectVerified(client, account);
  });

  it('tells each step, and is there at any past moment', async () => {
    const { data } = await client.read(`audit/log?account=${account.id}&limit=200`);
    const told = new Set(data.map(({ type }: Any) => type));
    for (const type of ['WalletOpened', 'WalletGranted', 'WalletApplied', 'WalletReleased'])
      expect(told).toContain(type);
    const { log: _, ...present } = await read();
    expect((await client.read(`accounts/${account.id}/state`)).wallets).toEqual([present]);
    const before = await client.read(`accounts/${account.id}/state?asOf=revision:1`);
    expect(before.wallets).toMatchObject([{ id: wallet.id, balance: usd('0.00'), grants: [] }]);
    const csv = await client.get('wallets?limit=10', { accept: 'text/csv' });
    expect(String(csv.body)).toContain('Prepaid');
  });

  it('takes back what was given, and not what was bought', async () => {
    const [bought, given] = (await read()).grants;
    const refused = await asked(client, `wallets/${wallet.id}/grants/${bought.id}/void`, {});
    expect(refused.code).toBe('grant_is_bought');
    await client.create(`wallets/${wallet.id}/grants/${given.id}/void`, { reason: 'by mistake' });
    expect(await read()).toMatchObject({ balance: usd('100.00'), grants: [{}, { status: 'void', left: usd('0.00') }] });
    const dry = await client.create(`wallets/${wallet.id}/grants`, {
      kind: 'compensation',
      amount: usd('1.00'),
      dryRun: true,
    });
    expect(dry.balance).toEqual(usd('101.00'));
    expect((await read()).balance).toEqual(usd('100.00'));
  });

  it('closes with what is in it paid out, and goes before its account', async () => {
    expect((await asked(client, `accounts/${account.id}/close`, {})).code).toBe('account_has_open_wallets');
    expect((await asked(client, `wallets/${wallet.id}/close`, {})).code).toBe('wallet_has_balance');
    const closed = await client.create(`wallets/${wallet.id}/close`, { remainder: 'customer_credit' });
    expect(closed).toMatchObject({ status: 'closed', balance: usd('0.00') });
    expect(await bookOf(client, account)).toMatchObject({ wallet: '0.00', customer_credit: '100.00' });
    expect((await client.read(`wallets?status=closed`)).data).toMatchObject([{ id: wallet.id }]);
    await client.create(`accounts/${account.id}/credit-refunds`, { amount: usd('100.00') });
    await client.create(`accounts/${account.id}/close`);
    await expectVerified(client, account);
  });
});

describe('what wallets do by themselves', () => {
  const START = '2030-01-01T00:00:00Z';
  const tenantWith = async () => {
    const tenant = await recount.client.create('tenants', { name: 'Trial Ltd', mode: 'test', startAt: START });
    await recount.caughtUp();
    const client = recount.client.withKey(tenant.apiKey);
    await withCatalog(client);
    const account = await openAccount(client);
    const wallet = await client.create(`accounts/${account.id}/wallets`, { name: 'Credit' });
    const advance = (to: string): Promise<Any> => client.create(`test-clocks/${tenant.testClockId}/advance`, { to });
    const read = (): Promise<Any> => client.read(`wallets/${wallet.id}`);
    const grant = (fields: object): Promise<Any> => client.create(`wallets/${wallet.id}/grants`, fields);
    return { client, account, wallet, advance, read, grant };
  };

  it('a grant that expires in the middle of a month pays what was used before, and lapses once that is billed', async () => {
    const { client, account, advance, read, grant } = await tenantWith();
    await grant({ kind: 'promotional', amount: usd('100.00'), expiresAt: '2030-01-11T00:00:00Z' });
    await client.create('subscriptions', { accountId: account.id, plan: 'pro' });
    await advance('2030-01-10T00:00:00Z');
    await recordUsage(client, [reading(account.id, 3_100, '2030-01-09T11:00:00Z')]);
    // The fee of January.
    expect(grantsOf(await read())).toEqual(['promotional granted 80.00 20.00 0.00']);
    await advance('2030-01-20T00:00:00Z');
    await recordUsage(client, [reading(account.id, 1_000, '2030-01-11T00:00:00Z')]);
    expect(await read()).toMatchObject({ balance: usd('0.00') });
    expect(grantsOf(await read())).toEqual(['promotional expired 80.00 20.00 0.00']);
    await advance('2030-02-05T00:00:00Z');
    // 21.00 of 31.00 for tokens, and nothing of the fee of February.
    expect(grantsOf(await read())).toEqual(['promotional expired 0.00 41.00 59.00']);
    const [february] = (await client.read('invoices?sort=-createdAt')).data;
    expect(february).toMatchObject({
      total: usd('51.00'),
      amountFromWallet: usd('21.00'),
      amountDue: usd('30.00'),
    });
    await expectVerified(client, account);
  });

  it('bought credit that expires unused is earned', async () => {
    const { client, account, advance, read, grant } = await tenantWith();
    const { grants } = await grant({ kind: 'paid', amount: usd('40.00'), expiresAt: '2030-02-01T00:00:00Z' });
    await client.create(`invoices/${grants[0].invoiceId}/payments`, { amount: usd('40.00') });
    await advance('2030-02-02T00:00:00Z');
    expect(grantsOf(await read())).toEqual(['paid expired 0.00 0.00 40.00']);
    expect(await bookOf(client, account)).toMatchObject({ wallet: '0.00', breakage_revenue: '40.00', cash: '40.00' });
    await expectVerified(client, account);
  });

  it('credit comes at each turn, and some of what is left goes over once', async () => {
    const { client, account, wallet, advance, read } = await tenantWith();
    const recurring = {
      kind: 'promotional',
      amount: usd('20.00'),
      interval: { unit: 'month', count: 1 },
      startAt: '2030-01-15T00:00:00Z',
      rollover: { maximum: usd('5.00') },
    };
    expect(await client.done('PUT', `wallets/${wallet.id}/recurring-grant`, recurring)).toMatchObject({
      recurringGrant: { ...recurring, priority: 50, timeZone: 'UTC' },
      grants: [],
    });
    await advance('2030-01-20T00:00:00Z');
    expect(grantsOf(await read())).toEqual(['promotional granted 20.00 0.00 0.00']);
    await client.create(`accounts/${account.id}/invoice-items`, { ...setUp, amount: usd('8.00') });
    await advance('2030-02-20T00:00:00Z');
    expect((await read()).balance).toEqual(usd('25.00'));
    expect((await read()).grants.map(({ left }: Any) => left.amount).sort()).toEqual(['0.00', '20.00', '5.00']);
    await client.create(`wallets/${wallet.id}/recurring-grant/end`);
    await advance('2030-05-01T00:00:00Z');
    // The second one rolled over, too, and nothing came after it.
    expect(await read()).toMatchObject({ balance: usd('0.00'), recurringGrant: null });
    expect((await read()).grants).toHaveLength(4);
    await expectVerified(client, account);
  });

  it('a wallet below its level orders one top-up, and no second one before that is paid', async () => {
    const { client, account, wallet, advance, read, grant } = await tenantWith();
    await grant({ kind: 'promotional', amount: usd('30.00') });
    const recharge = { below: usd('20.00'), to: usd('100.00'), monthlyCap: usd('120.00') };
    expect(await client.done('PUT', `wallets/${wallet.id}/recharge`, recharge)).toMatchObject({
      recharge: { ...recharge, usableOn: 'payment' },
    });
    await client.create(`accounts/${account.id}/invoice-items`, { ...setUp, amount: usd('25.00') });
    const low = await eventually(read, ({ pending }) => pending.amount !== '0.00');
    expect(low).toMatchObject({ balance: usd('5.00'), pending: usd('95.00') });
    await client.create(`accounts/${account.id}/invoice-items`, { ...setUp, amount: usd('5.00') });
    await advance('2030-01-10T00:00:00Z');
    expect((await read()).grants).toHaveLength(2);
    const { invoiceId } = low.grants[1];
    await client.create(`invoices/${invoiceId}/payments`, { amount: usd('95.00') });
    await client.create(`accounts/${account.id}/invoice-items`, { ...setUp, amount: usd('90.00') });
    // 25.00 of the cap are left.
    const again = await eventually(read, ({ pending }) => pending.amount !== '0.00');
    expect(again).toMatchObject({ balance: usd('5.00'), pending: usd('25.00') });
    await client.create(`wallets/${wallet.id}/recharge/end`);
    await expectVerified(client, account);
  });

  it('a wallet that counts its ongoing balance orders a top-up for what is used and not billed yet', async () => {
    const { client, account, wallet, advance, read, grant } = await tenantWith();
    await grant({ kind: 'promotional', amount: usd('60.00') });
    const recharge = { below: usd('20.00'), to: usd('100.00'), counts: 'ongoing_balance' };
    expect(await client.done('PUT', `wallets/${wallet.id}/recharge`, recharge)).toMatchObject({ recharge });
    await client.create('subscriptions', { accountId: account.id, plan: 'pro' });
    await advance('2030-01-10T00:00:00Z');
    await recordUsage(client, [reading(account.id, 3_100, '2030-01-09T11:00:00Z')]);
    const over = new AbortController();
    const looking = recount.app.get(UsageLookReactor).run(over.signal, pino({ level: 'silent' }));
    // 40.00 are left after the fee, and 21.00 are used.
    const low = await eventually(read, ({ pending }) => pending.amount !== '0.00');
    over.abort();
    await looking;
    expect(low).toMatchObject({ balance: usd('40.00'), pending: usd('81.00') });
    await expectVerified(client, account);
  });
});
