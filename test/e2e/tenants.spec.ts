import { beforeAll, describe, expect, it } from '@jest/globals';
import { isForInstallation, routes } from '../services/routes.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { billedAccount, METER, openAccount, subscribe, usd, withCatalog } from './samples.js';

const OWN = routes().filter((route) => !route.isPublic && !route.streams && !isForInstallation(route));
/** Settings, which everybody has; and what is asked of a meter, which has a test of its own. */
const ELSEWHERE = [
  'v1/settings/billing',
  'v1/settings/tax',
  'v1/settings/mail',
  'v1/tenant',
  'v1/reports/top-consumers',
  'v1/event-types',
];
const LISTING = OWN.filter(
  ({ method, path, streams }) => method === 'GET' && !streams && !path.includes(':') && !ELSEWHERE.includes(path),
);

/** Every tenant has a key, and changes of its own. */
const NEVER_EMPTY = ['v1/legal-entities', 'v1/api-keys', 'v1/audit/log'];

describe('two tenants', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let owner: TestClient;
  let other: TestClient;
  let things: Record<string, Any>;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    owner = await recount.manualTenant('owner');
    other = await recount.manualTenant('other');
    await withCatalog(owner);
    const { account, invoice } = await billedAccount(owner, { externalId: 'ada' });
    await owner.create('webhook-endpoints', { url: 'https://owner.example' });
    await owner.create(`subscriptions`, {
      accountId: account.id,
      plan: 'pro',
      externalId: 'ada-pro',
      activation: 'manual',
    });
    const payment = await owner.create(`invoices/${invoice.id}/payments`, { amount: usd('5.00') });
    await owner.create(`accounts/${account.id}/payments`, { amount: usd('1.00'), allocate: 'none' });
    await owner.create(`accounts/${account.id}/credit-refunds`, { amount: usd('1.00') });
    const note = await owner.create(`invoices/${invoice.id}/credit-notes`, { amount: usd('1.00'), reason: 'outage' });
    const rate = { code: 'ch', jurisdiction: 'CH', category: 'S', rate: '8.1', validFrom: '2024-01-01' };
    await owner.create('tax-rates', rate);
    await owner.create('coupons', { code: 'LAUNCH20', name: 'Launch', percent: '20', duration: 'forever' });
    await owner.create(`accounts/${account.id}/tax-exemptions`, { jurisdiction: 'CH', number: '1' });
    const [run] = (await owner.read('billing-runs')).data;
    const [subscription] = (await owner.read('subscriptions')).data;
    const [key] = (await owner.read('api-keys')).data;
    const verification = await owner.create('audit/verifications', {});
    const events = ['llm_request', 'never_billed'].map((event, index) => ({
      id: `reading-${index + 1}`,
      event,
      accountId: account.id,
      properties: { tokens: 1 },
    }));
    await owner.create('usage', { events });
    const transfer = await owner.create(`accounts/${account.id}/transfers`, {
      debit: 'cash',
      credit: 'wallet',
      amount: usd('1.00'),
      flags: ['pending'],
    });
    const wallet = await owner.create(`accounts/${account.id}/wallets`, { name: 'Prepaid' });
    const bank = await owner.create('bank-accounts', { name: 'Main', currency: 'USD', accountNumber: '4711' });
    await owner.create('test-clocks', { startAt: '2026-01-01T00:00:00Z' });
    things = { account, invoice, note, payment, run, subscription, key, verification, transfer, wallet, bank };
  });

  it.each(LISTING.map(({ path }) => path))('GET %s: nothing of another tenant is listed', async (path) => {
    await recount.caughtUp();
    const query = path.endsWith('mrr')
      ? '?from=2020-01-01&to=2040-01-01&interval=year'
      : path.endsWith('mrr/movements')
        ? '?from=2020-01-01&to=2040-01-01'
        : path.includes('revenue')
          ? '?from=2020-01&to=2040-01'
          : '';
    const { status, body } = await other.get(`/${path}${query}`);
    expect(status).toBe(200);
    const found = Array.isArray(body) ? body : body.data;
    if (NEVER_EMPTY.includes(path))
      for (const { id } of Object.values(things)) expect(JSON.stringify(found)).not.toContain(id);
    else expect(found).toEqual([]);
    const own = (await owner.get(`/${path}${query}`)).body;
    expect(Array.isArray(own) ? own : own.data).not.toHaveLength(0);
  });

  it('GET v1/reports/top-consumers: a meter of another tenant is not there', async () => {
    const query = `?meter=${METER.key}&from=2020-01-01&to=2040-01-01`;
    expect((await other.get(`/v1/reports/top-consumers${query}`)).body).toMatchObject({ code: 'meter_not_found' });
    expect((await owner.get(`/v1/reports/top-consumers${query}`)).body).not.toHaveLength(0);
  });

  it.each(['invoices', 'payments', 'subscriptions', 'usage/unbilled'])(
    'GET %s: not by the account either',
    async (path) => {
      for (const reference of [things['account'].id, 'external:ada']) {
        expect((await other.get(`${path}?accountId=${reference}`)).body).toMatchObject({ data: [] });
      }
      expect((await other.get(`invoices?billingRunId=${things['run'].id}`)).body).toMatchObject({ data: [] });
    },
  );

  it('can use a key as soon as they have it', async () => {
    const { id, secret } = await owner.create('api-keys', { name: 'at once' });
    const withKey = owner.withKey(secret);
    expect((await withKey.get('accounts/external:ada')).body).toMatchObject({ id: things['account'].id });
    expect((await withKey.post(`api-keys/${id}/revoke`)).status).toBe(200);
  });

  it('cannot name each other’s things in what they send', async () => {
    await recount.caughtUp();
    const before = await recount.store.lastPosition();
    const { id } = things['account'];
    const refused: [string, object, number, string][] = [
      ['subscriptions', { accountId: id, plan: 'pro' }, 404, '/accountId'],
      ['accounts', { name: 'Child', currency: 'USD', parentAccountId: id }, 404, '/parentAccountId'],
      ['billing-runs', { billThrough: '2025-02-01T00:00:00Z', accounts: [id] }, 404, '/accounts/0'],
      ['audit/verifications', { accountId: id }, 404, '/accountId'],
    ];
    for (const [path, body, status, pointer] of refused) {
      expect(await other.post(path, body)).toMatchObject({
        status,
        body: { code: 'account_not_found', errors: [{ pointer, code: 'account_not_found' }] },
      });
    }
    const sent = await other.post('usage', {
      events: [
        { id: '1', event: 'llm_request', accountId: id },
        { id: '2', event: 'llm_request', accountId: 'external:ada' },
      ],
    });
    expect(sent.body.results).toMatchObject([{ code: 'account_not_found' }, { code: 'account_not_found' }]);
    expect(await recount.store.lastPosition()).toBe(before);
  });

  it('may use the same names for things of their own', async () => {
    await withCatalog(other);
    const own = await openAccount(other, { externalId: 'ada' });
    expect(own.id).not.toBe(things['account'].id);
    const subscription = await subscribe(other, 'external:ada', { externalId: 'ada-pro' });
    expect(subscription.id).not.toBe(things['subscription'].id);
    expect(await other.read('accounts/external:ada')).toMatchObject({ id: own.id });
    expect(await owner.read('accounts/external:ada')).toMatchObject({ id: things['account'].id });
    const stolen = { id: '3', event: 'llm_request', accountId: own.id, subscriptionId: things['subscription'].id };
    expect((await other.post('usage', stolen)).body.results).toMatchObject([{ code: 'subscription_not_found' }]);
  });

  it('see of what has the same name their own alone', async () => {
    await other.create('meters', { ...METER, key: 'own' });
    expect((await other.read('meters')).data.map(({ key }: Any) => key)).toEqual(['own', 'tokens']);
    expect((await owner.read('meters')).data.map(({ key }: Any) => key)).toEqual(['tokens']);
    expect((await other.read('invoices')).data).toEqual([]);
  });
});
