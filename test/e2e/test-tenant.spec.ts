import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { AccessSettings } from '../../apps/server/src/access/access-settings.js';
import { EventStream } from '../services/event-stream.js';
import { eventually } from '../services/eventually.js';
import { TokenIssuer } from '../services/signed-tokens.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { bill, openAccount, PLAN, reading, recordUsage, usd, withCatalog } from './samples.js';

/** Years ahead of the clock on the wall: what the wall shows cannot be mistaken for it. */
const START = '2030-01-01T00:00:00Z';

describe('a test tenant', () => {
  const stopping = new Stopping();
  const issuer = new TokenIssuer();
  let recount: TestRecount;
  let live: TestClient;

  beforeAll(async () => {
    recount = await stopping.use(
      TestRecount.start({ access: new AccessSettings(1_000_000, issuer.settings, 1_000_000) }),
    );
    ({ client: live } = await recount.createTenant('Live Ltd'));
  });

  const testTenant = async (fields: object = { startAt: START }): Promise<{ tenant: Any; client: TestClient }> => {
    const tenant = await recount.client.create('tenants', { name: 'Trial Ltd', mode: 'test', ...fields });
    await recount.caughtUp();
    return { tenant, client: recount.client.withKey(tenant.apiKey) };
  };
  const withAccounts = async (...fields: object[]) => {
    const { tenant, client } = await testTenant();
    await withCatalog(client);
    const accounts: Any[] = [];
    for (const some of fields) {
      accounts.push(await openAccount(client, some));
      await client.create('subscriptions', { accountId: accounts.at(-1).id, plan: 'pro' });
    }
    return { tenant, client, accounts };
  };
  const advance = async (client: TestClient, clockId: string, to: string): Promise<void> => {
    const told = await client.create(`test-clocks/${clockId}/advance`, { to });
    expect([told.now, told.status]).toEqual([to, 'ready']);
  };
  const mrrOf = async (client: TestClient): Promise<[string, string][]> => {
    const [report] = await client.read('reports/mrr?from=2030-01-01&to=2030-04-01');
    return report?.points.map(({ at, mrr }: Any) => [at.slice(0, 10), mrr.amount]) ?? [];
  };

  it('says what it is, and so do its keys', async () => {
    const { tenant, client } = await testTenant();
    expect(tenant).toMatchObject({ mode: 'test', testClockId: expect.stringMatching(/^clk_/) });
    expect(tenant.apiKey).toMatch(/^rk_test_[\w-]{43}$/);
    expect((await client.create('api-keys', { name: 'another' })).secret).toMatch(/^rk_test_[\w-]{43}$/);
    expect((await client.read('test-clocks')).data).toMatchObject([
      { id: tenant.testClockId, default: true, now: START, status: 'ready' },
    ]);
    const other = await recount.client.create('tenants', { name: 'Real Ltd', mode: 'live' });
    expect(other).toMatchObject({ mode: 'live', testClockId: null, apiKey: expect.stringMatching(/^rk_[\w-]{43}$/) });
    const listed = (await recount.client.read('tenants')).data.map(({ id, mode }: Any) => [id, mode]);
    expect(listed).toEqual(
      expect.arrayContaining([
        [tenant.id, 'test'],
        [other.id, 'live'],
      ]),
    );
  });

  it('goes by the present unless another beginning is named, and is created once', async () => {
    const before = new Date().toISOString();
    const creation = [{ name: 'Now Ltd', mode: 'test' }, { 'idempotency-key': randomUUID() }] as const;
    const { body: tenant } = await recount.client.post('tenants', ...creation);
    expect((await recount.client.post('tenants', ...creation)).body).toEqual(tenant);
    await recount.caughtUp();
    const clock = await recount.client.withKey(tenant.apiKey).read(`test-clocks/${tenant.testClockId}`);
    expect(Date.parse(clock.now)).toBeGreaterThanOrEqual(Math.floor(Date.parse(before) / 1_000) * 1_000);
    expect(Date.parse(clock.now)).toBeLessThanOrEqual(Date.now());
  });

  it.each([
    [{ name: 'Live Ltd', startAt: START }, 422, '/startAt', 'test_tenant_required'],
    [{ name: 'Live Ltd', mode: 'live', startAt: START }, 422, '/startAt', 'test_tenant_required'],
    [{ name: 'Test Ltd', mode: 'test', startAt: '1999-12-31T00:00:00Z' }, 400, '/startAt', 'instant_out_of_reach'],
    [{ name: 'Test Ltd', mode: 'staging' }, 400, '/mode', 'invalid_in'],
  ])('is not made from %j', async (body, status, pointer, code) => {
    const before = await recount.store.lastPosition();
    expect(await recount.client.post('tenants', body)).toMatchObject({ status, body: { errors: [{ pointer, code }] } });
    expect(await recount.store.lastPosition()).toBe(before);
  });

  it('has accounts that live by its clock, and reports and numbers like a live one', async () => {
    const { tenant, client, accounts } = await withAccounts({});
    expect(accounts[0]).toMatchObject({ openedAt: START, test: false, testClockId: tenant.testClockId });
    await advance(client, tenant.testClockId, '2030-01-20T12:00:00Z');
    await recordUsage(client, [reading(accounts[0].id, 1_500, '2030-01-20T11:00:00Z')]);
    await advance(client, tenant.testClockId, '2030-03-15T00:00:00Z');
    const invoices = await eventually(
      () => client.read('invoices'),
      ({ data }) => data.every(({ number }: Any) => number !== null),
    );
    expect(
      invoices.data
        .toReversed()
        .map(({ number, issueDate, total, overdue }: Any) => [number, issueDate, total.amount, overdue]),
    ).toEqual([
      ['INV-000001', '2030-01-01', '20.00', true],
      ['INV-000002', '2030-02-01', '25.00', true],
      ['INV-000003', '2030-03-01', '20.00', false],
    ]);
    expect(await mrrOf(client)).toEqual([
      ['2030-01-01', '20.00'],
      ['2030-02-01', '20.00'],
      ['2030-03-01', '20.00'],
    ]);
    // Due on 31 January, 3 March and 31 March; it is 15 March.
    const [aging] = await client.read('reports/ar-aging');
    expect(aging.buckets).toMatchObject({
      current: usd('20.00'),
      days1to30: usd('25.00'),
      days31to60: usd('20.00'),
      days61to90: usd('0.00'),
    });
    const [balance] = await client.read('reports/trial-balance');
    expect([balance.balanced, balance.totalDebits]).toEqual([true, usd('65.00')]);
  });

  it('takes payments on the day that its clock shows', async () => {
    const { tenant, client } = await withAccounts({});
    await advance(client, tenant.testClockId, '2030-01-10T00:00:00Z');
    const [invoice] = (await client.read('invoices')).data;
    const payment = await client.create(`invoices/${invoice.id}/payments`, { amount: usd('20.00') });
    expect(payment).toMatchObject({ receivedOn: '2030-01-10' });
    expect(await client.read('reports/ar-aging')).toEqual([]);
  });

  it('counts accounts on clocks of their own, and no test accounts', async () => {
    const { tenant, client } = await withAccounts({ test: true });
    const clock = await client.create('test-clocks', { startAt: '2030-02-01T00:00:00Z' });
    expect(clock).toMatchObject({ default: false });
    const own = await openAccount(client, { testClockId: clock.id });
    expect(own).toMatchObject({ test: false, testClockId: clock.id, openedAt: '2030-02-01T00:00:00Z' });
    await client.create('subscriptions', { accountId: own.id, plan: 'pro' });
    await advance(client, tenant.testClockId, '2030-02-15T00:00:00Z');
    await advance(client, clock.id, '2030-02-02T00:00:00Z');
    expect(await mrrOf(client)).toEqual([
      ['2030-01-01', '0.00'],
      ['2030-02-01', '20.00'],
      ['2030-03-01', '20.00'],
    ]);
    const [aging] = await client.read('reports/ar-aging');
    expect(aging.accounts.map(({ accountId }: Any) => accountId)).toEqual([own.id]);
  });

  it('is billed by runs like a live one, by the time of each account', async () => {
    const { tenant, client, accounts } = await withAccounts();
    expect(accounts).toEqual([]);
    await client.done('PUT', 'settings/billing', { billing: 'manual' });
    const account = await openAccount(client);
    await client.create('subscriptions', { accountId: account.id, plan: 'pro' });
    await advance(client, tenant.testClockId, '2030-02-10T00:00:00Z');
    expect(await bill(client, '2030-02-10T00:00:00Z')).toMatchObject({ status: 'completed', invoices: 1 });
    const [invoice] = (await client.read('invoices')).data;
    expect(invoice).toMatchObject({ issueDate: '2030-02-10', total: usd('40.00') });
  });

  it('tells its events as a live one does', async () => {
    const { tenant, client } = await withAccounts({});
    await advance(client, tenant.testClockId, '2030-01-02T00:00:00Z');
    const stream = await EventStream.open(client, 'events?from=start&types=invoice.finalized');
    expect(await stream.take(1)).toMatchObject([{ tenantId: tenant.id, data: { issueDate: '2030-01-01' } }]);
    await stream.close();
  });

  it('reaches nothing of a live tenant, and none of those reaches it', async () => {
    await withCatalog(live);
    const real = await openAccount(live, { externalId: 'ada' });
    const { tenant, client, accounts } = await withAccounts({ externalId: 'bea' });
    const asked = (path: string) => async (asking: TestClient) => (await asking.get(path)).status;
    for (const path of [`accounts/${real.id}`, 'accounts/external:ada'])
      expect([await asked(path)(live), await asked(path)(client)]).toEqual([200, 404]);
    for (const path of [`accounts/${accounts[0].id}`, 'accounts/external:bea', `test-clocks/${tenant.testClockId}`])
      expect([await asked(path)(client), await asked(path)(live)]).toEqual([200, 404]);
    const onForeignClock = { name: 'Eve', currency: 'USD', test: true, testClockId: tenant.testClockId };
    expect(await live.post('accounts', onForeignClock)).toMatchObject({ status: 404 });
    const advanced = await live.post(`test-clocks/${tenant.testClockId}/advance`, { to: '2031-01-01T00:00:00Z' });
    expect(advanced.status).toBe(404);
  });

  it('looks after no other tenant, whatever its credentials say', async () => {
    const { tenant } = await testTenant();
    const asking = live.withKey(await issuer.tokenFor(tenant.id, 'super_admin'));
    expect((await asking.get('accounts')).status).toBe(200);
    expect(await asking.get('tenants')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await asking.post('tenants', { name: 'Another' })).toMatchObject({ status: 403 });
  });

  it('has no part in the figures of the installation', async () => {
    // A currency that no other tenant bills in.
    const { tenant, client } = await testTenant();
    await withCatalog(client);
    const charges = PLAN.charges.slice(0, 1);
    await client.create('plans', { ...PLAN, key: 'swiss', currency: 'CHF', charges });
    const account = await openAccount(client, { currency: 'CHF' });
    await client.create('subscriptions', { accountId: account.id, plan: 'swiss' });
    await advance(client, tenant.testClockId, '2030-01-02T00:00:00Z');
    expect(await mrrOf(client)).toContainEqual(['2030-01-01', '20.00']);
    const headers = { authorization: `Bearer ${recount.firstKey}` };
    expect(await (await fetch(`${recount.url}/metrics?include=mrr`, { headers })).text()).not.toContain(
      'currency="CHF"',
    );
  });
});
