import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import {
  bill,
  FEBRUARY,
  JANUARY,
  METER,
  openAccount,
  reading,
  recordUsage,
  subscribe,
  usd,
  withCatalog,
} from './samples.js';

/** Tokens at 0.01 and calls at 0.05 each, and nothing beside them. */
const DUO = {
  key: 'duo',
  name: 'Duo',
  currency: 'USD',
  interval: { unit: 'month', count: 1 },
  charges: [
    { key: 'tokens', meter: 'model-tokens', unitAmount: '0.01' },
    { key: 'calls', meter: 'calls', unitAmount: '0.05' },
  ].map(({ unitAmount, ...charge }) => ({
    ...charge,
    name: charge.key,
    kind: 'usage',
    timing: 'in_arrears',
    price: { model: 'per_unit', unitAmount },
  })),
};

const withDuo = async (client: TestClient): Promise<void> => {
  await withCatalog(client);
  await client.create('meters', { ...METER, key: 'model-tokens', groupBy: ['model'] });
  await client.create('meters', { key: 'calls', name: 'Calls', eventName: 'call', aggregation: 'count' });
  await client.create('plans', DUO);
};

const call = (accountId: string, at: string) => ({ id: randomUUID(), event: 'call', accountId, at, properties: {} });

const csv = async (client: TestClient, path: string): Promise<Any[]> => {
  const { status, body } = await client.get(path, { accept: 'text/csv' });
  expect(status).toBe(200);
  return parse(body, { columns: true, record_delimiter: '\r\n' });
};

describe('the usage of a subscription', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let account: Any;
  let subscription: Any;
  let second: Any;
  let invoice: Any;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withDuo(client);
    account = await openAccount(client, { externalId: 'ada' });
    subscription = await subscribe(client, account.id, { plan: 'duo', externalId: 'ada-duo' });
    second = await subscribe(client, account.id, { plan: 'duo' });
    await recordUsage(client, [
      reading(account.id, 100, '2025-01-10T12:00:00Z'),
      reading(account.id, 50, '2025-01-20T12:00:00Z'),
      reading(account.id, 8, '2025-01-21T12:00:00Z', { subscriptionId: second.id }),
      call(account.id, '2025-01-10T12:00:00Z'),
      call(account.id, '2025-01-11T12:00:00Z'),
      reading(account.id, 30, '2025-02-03T12:00:00Z'),
      call(account.id, '2025-02-03T12:00:00Z'),
    ]);
    await recount.caughtUp();
    await bill(client, JANUARY.end, { accounts: [account.id] });
    await recordUsage(client, [reading(account.id, 7, '2025-01-31T12:00:00Z')]);
    await recount.caughtUp();
    [invoice] = (await client.read('invoices')).data;
  });

  const usageOf = (query = '', { id } = subscription): Promise<Any> =>
    client.read(`subscriptions/${id}/usage?to=${FEBRUARY.end}${query}`);
  const row = (charge: string, { start, end }: { start: string; end: string }, told: object) => ({
    charge,
    meter: charge === 'calls' ? 'calls' : 'model-tokens',
    plan: 'duo',
    planVersion: 1,
    start,
    end,
    quantityBilled: null,
    billed: null,
    ...told,
  });
  const JANUARY_CALLS = { quantity: '2', count: 2, quantityBilled: '2', billed: usd('0.10'), upcoming: usd('0.00') };
  const JANUARY_TOKENS = {
    quantity: '157',
    count: 3,
    quantityBilled: '150',
    billed: usd('1.50'),
    upcoming: usd('0.07'),
  };

  it('is that of all its charges by period, with what is billed and what will be', async () => {
    const { data, page } = await usageOf();
    expect(data).toEqual([
      row('calls', JANUARY, JANUARY_CALLS),
      row('tokens', JANUARY, JANUARY_TOKENS),
      row('calls', FEBRUARY, { quantity: '1', count: 1, upcoming: usd('0.05') }),
      row('tokens', FEBRUARY, { quantity: '30', count: 1, upcoming: usd('0.30') }),
    ]);
    expect(page).toEqual({ next: null, previous: null });
    expect((await client.read(`subscriptions/external:ada-duo/usage?to=${FEBRUARY.end}`)).data).toEqual(data);
  });

  it('is attributed as billing does: what names no subscription goes to the one that was created first', async () => {
    const { data } = await usageOf('&meter=model-tokens', second);
    expect(data.map(({ quantity, count, billed }: Any) => [quantity, count, billed])).toEqual([
      ['8', 1, usd('0.08')],
      ['0', 0, null],
    ]);
  });

  it('comes to what the invoices say', async () => {
    expect(invoice.subtotal).toEqual(usd('1.68'));
    const [all, others] = await Promise.all([usageOf(), usageOf('', second)]);
    const cents = [...all.data, ...others.data].map(({ upcoming }: Any) => Number(upcoming.amount.replace('.', '')));
    expect(cents.reduce((total, amount) => total + amount, 0)).toBe(42);
    const dry = await client.create('billing-runs', { billThrough: FEBRUARY.end, dryRun: true });
    expect(dry.preview[0].subtotal).toEqual(usd('0.42'));
  });

  it('is narrowed to a charge, a meter and a time, and whole periods stay whole', async () => {
    const of = async (query: string) => (await usageOf(query)).data.map(({ charge, start }: Any) => [charge, start]);
    expect(await of('&charge=calls')).toEqual([
      ['calls', JANUARY.start],
      ['calls', FEBRUARY.start],
    ]);
    expect(await of('&charge=seats')).toEqual([]);
    expect(await of(`&meter=model-tokens&from=${FEBRUARY.start}`)).toEqual([['tokens', FEBRUARY.start]]);
    const [january] = (await usageOf('&charge=tokens&from=2025-01-31T00:00:00Z')).data;
    expect(january).toMatchObject(JANUARY_TOKENS);
  });

  it('is told by windows, the empty ones too, without amounts', async () => {
    const { data } = await client.read(
      `subscriptions/${subscription.id}/usage?window=day&charge=tokens&from=2025-01-30T06:00:00Z&to=2025-02-01T00:00:00Z`,
    );
    const none = { quantityBilled: null, billed: null, upcoming: null };
    expect(data).toEqual([
      row(
        'tokens',
        { start: '2025-01-30T06:00:00Z', end: '2025-01-31T00:00:00Z' },
        { quantity: '0', count: 0, ...none },
      ),
      row('tokens', { start: '2025-01-31T00:00:00Z', end: JANUARY.end }, { quantity: '7', count: 1, ...none }),
    ]);
    const months = await usageOf('&window=month&charge=tokens');
    expect(months.data.map(({ quantity }: Any) => quantity)).toEqual(['157', '30']);
  });

  it('is read page by page, there and back', async () => {
    const whole = (await usageOf()).data;
    const first = await usageOf('&limit=3');
    expect(first.data).toEqual(whole.slice(0, 3));
    expect(first.page.previous).toBeNull();
    const last = await usageOf(`&limit=3&after=${first.page.next}`);
    expect(last.data).toEqual(whole.slice(3));
    expect(last.page.next).toBeNull();
    const back = await usageOf(`&limit=2&before=${last.page.previous}`);
    expect(back.data).toEqual(whole.slice(1, 3));
    expect((await usageOf(`&limit=2&before=${back.page.previous}`)).data).toEqual(whole.slice(0, 1));
  });

  it('is had as CSV, all of it', async () => {
    const rows = await csv(client, `subscriptions/${subscription.id}/usage?to=${FEBRUARY.end}`);
    expect(rows).toHaveLength(4);
    expect(rows[1]).toEqual({
      charge: 'tokens',
      meter: 'model-tokens',
      plan: 'duo',
      planVersion: '1',
      start: JANUARY.start,
      end: JANUARY.end,
      quantity: '157',
      count: '3',
      quantityBilled: '150',
      billed: '1.50',
      'billed.currency': 'USD',
      upcoming: '0.07',
      'upcoming.currency': 'USD',
    });
    const hours = `window=hour&charge=tokens&from=${JANUARY.start}&to=${JANUARY.end}`;
    const windows = await csv(client, `subscriptions/${subscription.id}/usage?${hours}`);
    expect(windows).toHaveLength(31 * 24);
    expect(windows.filter(({ quantity }) => quantity !== '0').map(({ start, quantity }) => [start, quantity])).toEqual([
      ['2025-01-10T12:00:00Z', '100'],
      ['2025-01-20T12:00:00Z', '50'],
      ['2025-01-31T12:00:00Z', '7'],
    ]);
  });

  it('goes up to now unless told, and ends with the subscription', async () => {
    const ending = await subscribe(client, account.id, { plan: 'duo' });
    await client.create(`subscriptions/${ending.id}/cancel`, { at: '2025-02-11T00:00:00Z' });
    const { data } = await client.read(`subscriptions/${ending.id}/usage?charge=calls`);
    expect(data.map(({ start, end, upcoming }: Any) => [start, end, upcoming])).toEqual([
      [JANUARY.start, JANUARY.end, usd('0.00')],
      [FEBRUARY.start, '2025-02-11T00:00:00Z', usd('0.00')],
    ]);
  });

  it('of a void invoice is to be billed again', async () => {
    await client.create(`invoices/${invoice.id}/void`);
    const [, tokens] = (await usageOf()).data;
    expect(tokens).toMatchObject({ quantity: '157', quantityBilled: null, billed: null, upcoming: usd('1.57') });
  });

  it.each([
    ['from=yesterday', '/from', 'invalid_instant'],
    ['window=week', '/window', 'invalid_in'],
    ['limit=0', '/limit', 'min'],
    ['colour=red', '/colour', 'unknown_field'],
    [`from=${JANUARY.end}&to=${JANUARY.end}`, '/to', 'invalid_request'],
    ['after=nonsense', '/after', 'invalid_cursor'],
    [`before=${Buffer.from('["x","y"]').toString('base64url')}`, '/before', 'invalid_cursor'],
    [`window=hour&from=${JANUARY.start}&to=2026-11-01T00:00:00Z`, '/window', 'too_many_points'],
  ])('is not asked for by %s', async (query, pointer, code) => {
    const { status, body } = await client.get(`subscriptions/${subscription.id}/usage?${query}`);
    expect([status, body.errors[0]]).toMatchObject([400, { pointer, code }]);
  });

  it('is nothing of a subscription that is not there', async () => {
    const { status, body } = await client.get('subscriptions/external:nobody/usage');
    expect([status, body.code]).toEqual([404, 'subscription_not_found']);
  });
});

describe('those who used most of a meter', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let ada: Any;
  let bob: Any;
  let carol: Any;
  let position: string;
  let retracted: Any;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withDuo(client);
    ada = await openAccount(client, { name: 'Ada' });
    bob = await openAccount(client, { name: 'Bob', externalId: 'bob' });
    carol = await openAccount(client, { name: 'Carol' });
    const test = await openAccount(client, { name: 'Test', test: true });
    const used = (account: Any, tokens: number, model: string | null, fields: object = {}) =>
      reading(account.id, tokens, '2025-01-10T12:00:00Z', {
        properties: { tokens, ...(model === null ? {} : { model }) },
        ...fields,
      });
    retracted = used(bob, 50, 'large');
    await recordUsage(client, [
      used(ada, 60, 'large'),
      used(ada, 40, 'small'),
      used(bob, 200, 'large'),
      retracted,
      used(carol, 30, 'small'),
      used(carol, 5, null),
      used(test, 1_000, 'large'),
      used(carol, 900, 'small', { at: JANUARY.end }),
      used(carol, 900, 'small', { event: 'other' }),
    ]);
    await recount.caughtUp();
    ({ position } = (await recordUsage(client, [used(ada, 1, 'large')])).log);
    await client.create(`usage/${retracted.id}/retract`, { reason: 'a load test' });
    await recordUsage(client, [used(ada, 500, 'large')]);
    await recount.caughtUp();
  });

  const RANGE = 'meter=model-tokens&from=2025-01-01&to=2025-02-01';
  const top = (query = ''): Promise<Any> => client.read(`reports/top-consumers?${RANGE}${query}`);

  it('are accounts, the most first, without test accounts', async () => {
    const whole = { subscriptionId: null, group: {} };
    expect(await top()).toEqual([
      { rank: 1, accountId: ada.id, accountName: 'Ada', quantity: '601', count: 4, ...whole },
      { rank: 2, accountId: bob.id, accountName: 'Bob', quantity: '200', count: 1, ...whole },
      { rank: 3, accountId: carol.id, accountName: 'Carol', quantity: '35', count: 2, ...whole },
    ]);
    expect((await top('&limit=1')).map(({ accountId }: Any) => accountId)).toEqual([ada.id]);
  });

  it('are as they were known at a position: before one reading was taken back and another came', async () => {
    const then = (await top(`&asOf=position:${position}`)).map(({ quantity, accountId }: Any) => [accountId, quantity]);
    expect(then).toEqual([
      [bob.id, '250'],
      [ada.id, '101'],
      [carol.id, '35'],
    ]);
    expect(await top('&asOf=2024-12-31T00:00:00Z')).toEqual([]);
    const range = `from=${JANUARY.start}&to=${JANUARY.end}`;
    const usage = `accounts/external:bob/usage?meter=model-tokens&${range}`;
    expect((await client.read(usage)).total).toBe('200');
    expect((await client.read(`${usage}&asOf=position:${position}`)).total).toBe('250');
    expect((await client.read(`${usage}&asOf=${new Date().toISOString()}`)).total).toBe('200');
  });

  it('are values of a group, also that of readings without one', async () => {
    const groups = (rows: Any[]) => rows.map(({ group, quantity, count }) => [group.model, quantity, count]);
    expect(groups(await top('&groupBy=model'))).toEqual([
      ['large', '761', 4],
      ['small', '70', 2],
      [null, '5', 1],
    ]);
    expect(groups(await top(`&by=group&groupBy=model&accountId=${ada.id}`))).toEqual([
      ['large', '561', 3],
      ['small', '40', 1],
    ]);
    expect((await top('&groupBy=model'))[0]).toMatchObject({ accountId: null, accountName: null, rank: 1 });
  });

  it('are subscriptions: the one that is named, or that was created first and is billed for it then', async () => {
    const grace = await openAccount(client, { name: 'Grace' });
    const early = await subscribe(client, grace.id, { plan: 'duo' });
    await client.create(`subscriptions/${early.id}/cancel`, { at: '2025-01-15T00:00:00Z' });
    const late = await subscribe(client, grace.id, { plan: 'duo' });
    const other = await subscribe(client, grace.id);
    await recordUsage(client, [
      reading(grace.id, 10, '2025-01-14T00:00:00Z'),
      reading(grace.id, 20, '2025-01-15T00:00:00Z'),
      reading(grace.id, 4, '2025-01-16T00:00:00Z', { subscriptionId: other.id }),
    ]);
    await recount.caughtUp();
    const rows = await top(`&by=subscription&accountId=${grace.id}`);
    expect(rows.map(({ subscriptionId, quantity }: Any) => [subscriptionId, quantity])).toEqual([
      [late.id, '20'],
      [early.id, '10'],
      [other.id, '4'],
    ]);
    const [bobs] = await top('&by=subscription&accountId=external:bob');
    expect(bobs).toMatchObject({ accountId: bob.id, accountName: 'Bob', subscriptionId: null, quantity: '200' });
  });

  it('are had as CSV', async () => {
    const rows = await csv(client, `reports/top-consumers?${RANGE}&groupBy=model`);
    expect(rows[0]).toEqual({
      rank: '1',
      accountId: '',
      accountName: '',
      subscriptionId: '',
      group: '{"model":"large"}',
      quantity: '761',
      count: '4',
    });
  });

  it('are those of other aggregations, too: the largest number of calls', async () => {
    await recordUsage(client, [call(carol.id, '2025-01-02T00:00:00Z'), call(carol.id, '2025-01-03T00:00:00Z')]);
    await recordUsage(client, [call(ada.id, '2025-01-02T00:00:00Z')]);
    await recount.caughtUp();
    const rows = await client.read(`reports/top-consumers?meter=calls&from=2025-01-01&to=2025-02-01`);
    expect(rows.map(({ accountName, quantity }: Any) => [accountName, quantity])).toEqual([
      ['Carol', '2'],
      ['Ada', '1'],
    ]);
  });

  it('are written down as read, where they are people', async () => {
    await top();
    const { data } = await client.read(`audit/personal-data-reads?account=${ada.id}&limit=1`);
    expect(data).toEqual([expect.objectContaining({ operation: 'ReportTopConsumers', accountId: ada.id })]);
  });

  it.each([
    ['from=2025-01-01&to=2025-02-01', 400, '/meter', 'required'],
    ['meter=calls&from=2025-02-01&to=2025-01-01', 400, '/to', 'invalid_request'],
    ['meter=calls&from=2025-02-30&to=2025-03-01', 400, '/from', 'invalid_instant'],
    [`${RANGE}&limit=1001`, 400, '/limit', 'max'],
    [`${RANGE}&by=plan`, 400, '/by', 'invalid_in'],
    [`${RANGE}&by=group`, 400, '/groupBy', 'invalid_request'],
    [`${RANGE}&by=account&groupBy=model`, 400, '/groupBy', 'invalid_request'],
    [`${RANGE}&groupBy=region`, 422, '/groupBy', 'group_not_found'],
  ])('are not asked for by %s', async (query, status, pointer, code) => {
    const answer = await client.get(`reports/top-consumers?${query}`);
    expect([answer.status, answer.body.errors[0]]).toMatchObject([status, { pointer, code }]);
  });

  it.each([
    ['meter=nothing&from=2025-01-01&to=2025-02-01', 404, 'meter_not_found'],
    [`${RANGE}&accountId=external:nobody`, 200, undefined],
    [`${RANGE}&asOf=revision:3`, 400, 'invalid_as_of'],
  ])('of %s are answered by %s', async (query, status, code) => {
    const answer = await client.get(`reports/top-consumers?${query}`);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});
