import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import {
  bill,
  billedAccount,
  METER,
  openAccount,
  PLAN,
  reading,
  recordUsage,
  subscribe,
  usd,
  withCatalog,
} from './samples.js';

const COUNT = 7;

describe('lists', () => {
  const stopping = new Stopping();
  let client: TestClient;
  let recount: TestRecount;
  let account: Any;
  let invoice: Any;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
    ({ account, invoice } = await billedAccount(client, { externalId: 'ada' }));
    for (let index = 1; index < COUNT; index++) {
      const another = await openAccount(client, { name: `Account ${index}` });
      await subscribe(client, another.id);
      await bill(client, '2025-01-15T00:00:00Z', { accounts: [another.id] });
      await client.create('meters', { ...METER, key: `meter-${index}` });
      await client.create('plans', { ...PLAN, key: `plan-${index}` });
      await client.create('api-keys', { name: `key ${index}` });
      await client.create(`invoices/${invoice.id}/payments`, { amount: usd(`${index}.00`) });
    }
    await client.create(`invoices/${invoice.id}/payments`, { amount: usd('7.00') });
    await recordUsage(
      client,
      Array.from({ length: COUNT }, (_, index) =>
        reading(account.id, 1, `2025-01-0${index + 1}T00:00:00Z`, { event: 'other' }),
      ),
    );
    await recount.caughtUp();
  });

  const keyOf = ({ id, key }: Any): string => id ?? key;

  const pages = async (path: string, direction: 'next' | 'previous', from?: string): Promise<string[][]> => {
    const found: string[][] = [];
    let cursor = from;
    do {
      const parameter = cursor === undefined ? '' : `&${direction === 'next' ? 'after' : 'before'}=${cursor}`;
      const { data, page } = await client.read(`${path}${path.includes('?') ? '&' : '?'}limit=3${parameter}`);
      found.push(data.map(keyOf));
      cursor = page[direction] ?? undefined;
    } while (cursor !== undefined);
    return found;
  };

  const LISTS = ['accounts', 'subscriptions', 'invoices', 'payments', 'billing-runs', 'meters', 'plans', 'api-keys'];

  it.each([...LISTS, 'accounts/external:ada/transfers'])(
    '%s go forwards and backwards over the same rows',
    async (path) => {
      const whole: string[] = (await client.read(`${path}?limit=200`)).data.map(keyOf);
      expect(whole.length).toBeGreaterThanOrEqual(COUNT);
      expect(new Set(whole).size).toBe(whole.length);
      const forwards = await pages(path, 'next');
      expect(forwards.flat()).toEqual(whole);
      expect(forwards.slice(0, -1).every(({ length }) => length === 3)).toBe(true);
      const { page } = await client.read(`${path}?limit=3`);
      expect(page.previous).toBeNull();
      const second = await client.read(`${path}?limit=3&after=${page.next}`);
      const back = await client.read(`${path}?limit=3&before=${second.page.previous}`);
      expect(back.data.map(keyOf)).toEqual(whole.slice(0, 3));
      expect(back.page.previous).toBeNull();
      const last = await client.read(`${path}?limit=200`);
      expect(last.page).toEqual({ next: null, previous: null });
    },
  );

  it.each(['accounts', 'invoices'])('%s can be read from the end to the beginning', async (path) => {
    const whole: string[] = (await client.read(`${path}?limit=200`)).data.map(keyOf);
    let page = await client.read(`${path}?limit=${whole.length - 1}`);
    page = await client.read(`${path}?limit=3&after=${page.page.next}`);
    expect(page.data.map(keyOf)).toEqual(whole.slice(-1));
    expect((await pages(path, 'previous', page.page.previous)).reverse().flat()).toEqual(whole.slice(0, -1));
  });

  it('of unbilled usage goes forwards', async () => {
    const whole = (await client.read('usage/unbilled?limit=200')).data.map(keyOf);
    expect(whole).toHaveLength(COUNT);
    expect((await pages('usage/unbilled', 'next')).flat()).toEqual(whole);
    expect((await client.read(`usage/unbilled?accountId=external:ada&limit=200`)).data).toHaveLength(COUNT);
    expect((await client.read(`usage/unbilled?accountId=external:nobody`)).data).toEqual([]);
  });

  it('show the newest first, and stay put while things are added', async () => {
    const { data, page } = await client.read('accounts?limit=2');
    const added = await openAccount(client, { name: 'Added' });
    const next = await client.read(`accounts?limit=2&after=${page.next}`);
    expect(next.data.map(keyOf)).not.toContain(data[1].id);
    expect((await client.read('accounts?limit=1')).data.map(keyOf)).toEqual([added.id]);
    const newer = await client.read(`accounts?limit=2&before=${next.page.previous}`);
    expect(newer.data.map(keyOf)).toEqual(data.map(keyOf));
  });

  it('have fifty elements unless told', async () => {
    const events = Array.from({ length: 60 }, (_, index) =>
      reading(account.id, 1, '2025-01-01T00:00:00Z', { event: `e${index}` }),
    );
    await recordUsage(client, events);
    expect((await client.read('usage/unbilled')).data).toHaveLength(50);
  });

  it('are filtered by plain parameters', async () => {
    const ids = async (query: string) => (await client.read(query)).data.map(keyOf);
    const open = await ids('invoices?status=open&limit=200');
    const paid = await ids('invoices?status=paid&limit=200');
    expect((await ids('invoices?status=open,paid&limit=200')).sort()).toEqual([...open, ...paid].sort());
    expect(await ids('invoices?status=void')).toEqual([]);
    expect(await ids(`invoices?accountId=${account.id}`)).toEqual([invoice.id]);
    expect(await ids(`invoices?accountId=external:ada&createdAt[lt]=2025-01-01T00:00:00Z`)).toEqual([]);
    const now = new Date().toISOString();
    expect(await ids(`invoices?createdAt[gte]=${now}`)).toEqual([]);
    expect(await ids(`invoices?createdAt[lt]=${now}&limit=200`)).toHaveLength(COUNT);
    expect(await ids('accounts?externalId=ada')).toEqual([account.id]);
    expect(await ids('accounts?externalId=nobody')).toEqual([]);
    expect(await ids('accounts?status=closed')).toEqual([]);
    expect(await ids('subscriptions?plan=unknown')).toEqual([]);
    expect(await ids('subscriptions?status=active&limit=200')).toHaveLength(COUNT);
    expect(await ids('subscriptions?status=ended,pending,canceled')).toEqual([]);
    expect(await ids('payments?accountId=external:nobody')).toEqual([]);
  });

  it('know at once what was opened a moment ago', async () => {
    for (let index = 0; index < 20; index++) {
      const parent = await openAccount(client);
      const child = await client.create('accounts', { name: 'Child', currency: 'USD', parentAccountId: parent.id });
      expect(child.parentAccountId).toBe(parent.id);
      const subscription = await subscribe(client, parent.id);
      expect((await client.post(`subscriptions/${subscription.id}/cancel`, { at: 'now' })).status).toBe(200);
      expect(
        (await client.post('billing-runs', { billThrough: '2025-01-01T00:00:00Z', accounts: [parent.id] })).status,
      ).toBe(201);
      expect((await client.post('audit/verifications', { accountId: parent.id })).status).toBe(201);
    }
  });
});
