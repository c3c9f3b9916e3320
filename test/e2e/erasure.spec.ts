import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import {
  balances,
  bill,
  billedAccount,
  FEBRUARY,
  invoicesOf,
  openAccount,
  subscribe,
  usd,
  withCatalog,
} from './samples.js';

const PERSON = {
  externalId: 'ada',
  name: 'Ada Lovelace Ltd',
  email: 'billing@ada.example',
  billingAddress: { line1: '1 Analytical Way', country: 'GB' },
  taxId: 'GB123456789',
  shippingAddress: { city: 'Bath' },
  contacts: [{ name: 'Grace Hopper' }],
  purchaseOrder: 'PO-4711',
  buyerReference: '04011000-12345-03',
};
const NOBODY = Object.fromEntries([...Object.keys(PERSON), 'taxIds'].map((field) => [field, null]));

describe('an account whose personal data was erased', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let account: Any;
  let invoice: Any;
  let before: Any;
  let erased: Any;
  const opening = { 'idempotency-key': randomUUID() };
  const opened = { ...PERSON, currency: 'USD', externalId: 'grace' };

  const money = async (): Promise<Any> => ({
    invoices: (await client.read(`invoices?accountId=${account.id}`)).data,
    invoice: await client.read(`invoices/${invoice.id}`),
    book: balances(await client.read(`accounts/${account.id}/book`)),
    trialBalance: await client.read('reports/trial-balance'),
  });

  const verified = async (): Promise<Any> => {
    const { id } = await client.create('audit/verifications');
    return eventually(
      () => client.read(`audit/verifications/${id}`),
      ({ status }) => status !== 'running',
      'the end of a verification',
    );
  };

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
    ({ account, invoice } = await billedAccount(client, PERSON));
    await subscribe(client, account.id, { externalId: 'ada-pro' });
    await client.create(`invoices/${invoice.id}/payments`, { amount: usd('5.00') });
    await client.done('POST', 'accounts', opened, opening);
    before = await money();
    erased = await client.create('accounts/external:ada/erase', { reason: 'asked for' });
  });

  it('tells nothing of the person, now or as of any time', async () => {
    expect(erased).toMatchObject({ ...NOBODY, id: account.id, currency: 'USD', status: 'open' });
    expect(Date.parse(erased.erasedAt)).not.toBeNaN();
    const { log: _, ...resource } = erased;
    expect(await client.read(`accounts/${account.id}`)).toEqual(resource);
    expect((await client.get('accounts/external:ada')).status).toBe(404);
    expect((await client.read('accounts')).data).toContainEqual(resource);
    const revisions = Array.from({ length: erased.log.revision + 1 }, (_, revision) => revision);
    for (const revision of revisions) {
      const erasedAt = revision === erased.log.revision ? erased.erasedAt : null;
      for (const path of ['', '/state']) {
        const answer = await client.read(`accounts/${account.id}${path}?asOf=revision:${revision}`);
        expect(answer.account ?? answer).toMatchObject({ ...NOBODY, erasedAt });
        expect(JSON.stringify(answer)).not.toMatch(/Lovelace|"ada|@ada|Analytical|GB123/u);
      }
    }
    for (const { externalId } of (await client.read('subscriptions')).data) expect(externalId).toBeNull();
  });

  it('changes nothing when it is erased again', async () => {
    const head = await recount.store.lastPosition();
    const again = await client.create(`accounts/${account.id}/erase`);
    expect(again).toMatchObject({ ...NOBODY, erasedAt: erased.erasedAt });
    expect(await recount.store.lastPosition()).toBe(head);
  });

  it('takes no personal data any more', async () => {
    const refused = [
      await client.patch(`accounts/${account.id}`, { name: 'Ada' }),
      await client.patch(`accounts/${account.id}`, { email: null }),
      await client.post('subscriptions', { accountId: account.id, plan: 'pro', externalId: 'ada-again' }),
    ];
    for (const answer of refused) expect(answer).toMatchObject({ status: 422, body: { code: 'personal_data_erased' } });
    expect(await client.done('PATCH', `accounts/${account.id}`, { netTermsDays: 14 })).toMatchObject({
      ...NOBODY,
      netTermsDays: 14,
    });
  });

  it('keeps what it owes, and the books balance', async () => {
    expect(await money()).toEqual(before);
    expect(await verified()).toMatchObject({ status: 'completed', differences: [] });
  });

  it('is billed on', async () => {
    const run = await bill(client, FEBRUARY.end, { accounts: [account.id] });
    const [next] = await invoicesOf(client, run);
    expect(next).toMatchObject({ accountId: account.id, status: 'open' });
    expect(next.amountDue.amount).toBe(next.total.amount);
    await client.create(`invoices/${next.id}/payments`, { amount: next.amountDue });
    expect(await client.read(`invoices/${next.id}`)).toMatchObject({ status: 'paid' });
    expect(await verified()).toMatchObject({ status: 'completed', differences: [] });
  });

  it('has its read models rebuilt as they are', async () => {
    for (const name of ['accounts', 'invoices', 'subscriptions']) {
      await recount.client.create(`projections/${name}/rebuild`, { compare: true });
      const { rebuild } = await eventually(
        async () => (await recount.client.read('projections')).find((found: Any) => found.name === name),
        (found: Any) => found.rebuild !== null && ['completed', 'failed'].includes(found.rebuild.status),
        'the end of a rebuild',
      );
      expect(rebuild.status).toBe('completed');
      expect(rebuild.hashes.rebuilt).toBe(rebuild.hashes.live);
    }
  });

  it('leaves the documents key, which the law wants kept, where invoices were issued', async () => {
    expect(await client.post(`accounts/${account.id}/erase`, { documents: true })).toMatchObject({
      status: 422,
      body: { code: 'documents_retained', errors: [{ pointer: '/documents' }] },
    });
    const { id } = await openAccount(client, { ...PERSON, externalId: 'never-billed' });
    expect(await client.create(`accounts/${id}/erase`, { documents: true })).toMatchObject(NOBODY);
  });

  it('is told of as nobody when an old request comes again', async () => {
    const again = await client.post('accounts', opened, opening);
    expect(again).toMatchObject({ status: 201, body: { name: PERSON.name } });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    await client.create('accounts/external:grace/erase');
    const later = await client.post('accounts', opened, opening);
    expect(later).toMatchObject({ status: 201, body: { ...NOBODY, id: again.body.id, log: again.body.log } });
    expect((await client.post('accounts', opened, opening)).headers.get('idempotency-replayed')).toBe('true');
  });

  it('is found as ever by those who may erase, and refused to those who may not', async () => {
    expect((await client.post('accounts/external:nobody/erase')).body.code).toBe('account_not_found');
    expect((await client.post(`accounts/${account.id}/erase`, { reason: 7 })).status).toBe(400);
  });
});

describe('reading personal data', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
  });

  const reads = async (account: string): Promise<Any[]> =>
    (await client.read(`audit/personal-data-reads?account=${account}`)).data;

  it('is written down before it is answered: who, whose, by what, in which request', async () => {
    const { id } = await openAccount(client, PERSON);
    await client.read('accounts');
    await client.done('GET', `accounts/${id}/state`, undefined, { 'x-request-id': 'the-third' });
    const found = await reads('external:ada');
    expect(found.map(({ operation }) => operation)).toEqual(['GetAccountState', 'ListAccounts', 'OpenAccount']);
    expect(found[0]).toMatchObject({
      accountId: id,
      actor: { type: 'api_key', id: expect.stringMatching(/^key_/u), role: 'billing_admin' },
      requestId: 'the-third',
      readAt: expect.stringMatching(/Z$/u),
    });
  });

  it('of many at once is written down for each', async () => {
    const accounts = await Promise.all(
      Array.from({ length: 20 }, (_, index) => openAccount(client, { externalId: `many-${index}` })),
    );
    await recount.caughtUp();
    await Promise.all(Array.from({ length: 10 }, () => client.read('accounts?limit=200')));
    for (const { id } of accounts) expect(await reads(id)).toHaveLength(11);
  });

  it('that tells nothing is not: of the erased, of what has none', async () => {
    const { id } = await openAccount(client);
    await client.create(`accounts/${id}/erase`);
    const before = await reads(id);
    await client.read(`accounts/${id}`);
    await client.read(`accounts/${id}/book`);
    expect(await reads(id)).toEqual(before);
  });

  it('is listed page by page, and to the tenant alone', async () => {
    const first = await client.read('audit/personal-data-reads?limit=2');
    const second = await client.read(`audit/personal-data-reads?limit=2&after=${first.page.next}`);
    const all = await client.read('audit/personal-data-reads?limit=4');
    expect([...first.data, ...second.data]).toEqual(all.data);
    const other = await recount.manualTenant();
    expect((await other.read('audit/personal-data-reads')).data).toEqual([]);
  });
});
