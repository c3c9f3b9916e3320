import { beforeAll, describe, expect, it } from '@jest/globals';
import { EventStream } from '../services/event-stream.js';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { bill, billedAccount, FEBRUARY, invoicesOf, openAccount, withCatalog } from './samples.js';

const stopping = new Stopping();
let recount: TestRecount;

beforeAll(async () => {
  const invoiceNumbers = { prefix: 'ACME-{year}-' };
  const firstTenant = {
    name: 'Acme',
    legalName: 'Acme GmbH',
    timeZone: 'Europe/Berlin',
    netTermsDays: 7,
    invoiceNumbers,
  };
  recount = await stopping.use(TestRecount.start({ firstTenant }));
});

const numberOf = async (client: TestClient, id: string): Promise<string> =>
  (
    await eventually(
      () => client.read(`invoices/${id}`),
      ({ number }) => number !== null,
    )
  ).number;

describe('the settings of the first tenant', () => {
  it('are what the first start was asked for', async () => {
    expect(await recount.client.read('tenant')).toMatchObject({
      name: 'Acme',
      legalName: 'Acme GmbH',
      timeZone: 'Europe/Berlin',
      netTermsDays: 7,
      invoiceNumbers: { prefix: 'ACME-{year}-', digits: 6 },
    });
    expect(await openAccount(recount.client)).toMatchObject({ netTermsDays: 7, timeZone: 'Europe/Berlin' });
    const [first] = (await recount.client.read('tenants')).data.toReversed();
    expect(first).toMatchObject({ name: 'Acme' });
  });

  it('number its invoices by the year of the day of issue', async () => {
    await recount.client.done('PUT', 'settings/billing', { billing: 'manual' });
    await withCatalog(recount.client);
    const { invoice } = await billedAccount(recount.client);
    const { issueDate } = await recount.client.read(`invoices/${invoice.id}`);
    expect(await numberOf(recount.client, invoice.id)).toBe(`ACME-${issueDate.slice(0, 4)}-000001`);
  });
});

/** One story, told in order. */
describe('the settings of a tenant', () => {
  let client: TestClient;

  beforeAll(async () => {
    client = await recount.manualTenant('Acme Cloud');
  });

  it('are those that every tenant begins with', async () => {
    expect(await client.read('tenant')).toMatchObject({
      name: 'Acme Cloud',
      legalName: null,
      timeZone: 'UTC',
      netTermsDays: 30,
      invoiceNumbers: { prefix: 'INV-', digits: 6 },
    });
  });

  it('are changed in part, and read at once', async () => {
    const changed = await client.done('PATCH', 'tenant', { legalName: 'Acme Cloud Inc', timeZone: 'Asia/Tokyo' });
    expect(changed).toMatchObject({ name: 'Acme Cloud', legalName: 'Acme Cloud Inc', timeZone: 'Asia/Tokyo' });
    expect(changed).toMatchObject(await client.read('tenant'));
    const renamed = await client.done('PATCH', 'tenant', { name: 'Acme Air', legalName: null });
    expect(renamed).toEqual({ ...changed, name: 'Acme Air', legalName: null, log: expect.anything() });
    expect(await recount.client.read(`tenants/${changed.id}`)).toMatchObject({ name: 'Acme Air' });
    const [told] = await client.read('audit/log?limit=1').then(({ data }) => data);
    expect(told).toMatchObject({ type: 'TenantSettingsChanged', command: 'ChangeTenantSettings' });
  });

  it('are changed by whoever saw them last', async () => {
    const { headers } = await client.get('tenant');
    const ifMatch = { 'if-match': headers.get('etag')! };
    await client.done('PATCH', 'tenant', { netTermsDays: 14 }, ifMatch);
    expect(await client.ask('PATCH', 'tenant', { netTermsDays: 60 }, { headers: ifMatch })).toMatchObject({
      status: 412,
    });
  });

  it('count for new accounts, not for those that name their own', async () => {
    expect(await openAccount(client)).toMatchObject({ netTermsDays: 14, timeZone: 'Asia/Tokyo' });
    const own = await openAccount(client, { netTermsDays: 60, timeZone: 'UTC' });
    expect(own).toMatchObject({ netTermsDays: 60, timeZone: 'UTC' });
    await client.done('PATCH', 'tenant', { netTermsDays: 10 });
    expect(await client.read(`accounts/${own.id}`)).toMatchObject({ netTermsDays: 60 });
  });

  it('number invoices anew from the next one on, without a gap', async () => {
    await withCatalog(client);
    const { account, invoice } = await billedAccount(client, { externalId: 'ada', timeZone: 'UTC', netTermsDays: 14 });
    expect(await numberOf(client, invoice.id)).toBe('INV-000001');
    await client.done('PATCH', 'tenant', { invoiceNumbers: { prefix: 'ACME/' } });
    await client.done('PATCH', 'tenant', { invoiceNumbers: { digits: 3 } });
    const [next] = await invoicesOf(client, await bill(client, FEBRUARY.end));
    expect(next.accountId).toBe(account.id);
    expect(await numberOf(client, next.id)).toBe('ACME/002');
    expect(await numberOf(client, invoice.id)).toBe('INV-000001');
    expect((await client.read('invoices?number=ACME/002')).data).toMatchObject([{ id: next.id }]);
  });

  it('do not number invoices of test accounts, which stay apart', async () => {
    const { invoice } = await billedAccount(client, { test: true });
    expect(await numberOf(client, invoice.id)).toBe('TEST-000001');
  });

  it('are told to whoever listens, whole', async () => {
    const stream = await EventStream.open(client, 'events?from=start&types=tenant.settings_changed');
    const told = await stream.take(6);
    expect(told.at(-1)).toMatchObject({
      type: 'tenant.settings_changed',
      data: {
        name: 'Acme Air',
        legalName: null,
        timeZone: 'Asia/Tokyo',
        netTermsDays: 10,
        invoiceNumberFormat: 'ACME/{sequence:3}',
      },
    });
    await stream.close();
  });
});
