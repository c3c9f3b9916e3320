import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { bill, JANUARY, openAccount, subscribe, withCatalog } from './samples.js';

const OPENING = { externalId: 'back', name: 'Ada', currency: 'USD' };

describe('an external id whose person was erased', () => {
  const stopping = new Stopping();
  const key = { 'idempotency-key': randomUUID() };
  let recount: TestRecount;
  let client: TestClient;
  let first: Any;
  let second: Any;
  let desk: Any;

  const record = async (accountId: string, id: string, fields: object = {}): Promise<Any> => {
    const event = { id, event: 'llm_request', accountId, at: '2025-01-10T00:00:00Z', properties: { tokens: '1' } };
    const { body } = await client.post('usage', { events: [{ ...event, ...fields }] });
    return body.results[0];
  };
  const gone = async (account: string): Promise<void> => {
    await client.create(`accounts/${account}/close`);
    await client.create(`accounts/${account}/erase`);
  };

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
    first = await client.done('POST', 'accounts', OPENING, key);
    await recount.caughtUp();
    expect(await record('external:back', 'r1')).toMatchObject({ status: 'accepted' });
    await gone('external:back');
  });

  it('names nobody, and nothing tells that it was taken', async () => {
    for (const path of ['accounts/external:back', 'accounts/external:back/book', 'accounts/external:back/state'])
      expect(await client.get(path)).toMatchObject({ status: 404, body: { code: 'account_not_found' } });
    const refused = await client.post('subscriptions', { accountId: 'external:back', plan: 'pro' });
    expect(refused).toMatchObject({ status: 404, body: { code: 'account_not_found' } });
    expect(await record('external:back', 'between')).toMatchObject({ status: 'rejected', code: 'account_not_found' });
    expect((await client.read('accounts?externalId=back')).data).toEqual([]);
  });

  it('is free again, for one', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => client.post('accounts', OPENING)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
    second = answers.find(({ status }) => status === 201)!.body;
    expect(second.id).not.toBe(first.id);
    expect(await client.post('accounts', OPENING)).toMatchObject({
      status: 409,
      body: { code: 'account_already_exists' },
    });
  });

  it('names the new one, at once', async () => {
    await subscribe(client, 'external:back', { externalId: 'desk' });
    expect(await record('external:back', 'r1')).toMatchObject({ status: 'accepted' });
    expect(await client.read('accounts/external:back')).toMatchObject({ id: second.id, name: 'Ada' });
    expect((await client.read('accounts?externalId=back')).data).toMatchObject([{ id: second.id }]);
    expect((await client.read('subscriptions?accountId=external:back')).data).toHaveLength(1);
    expect(await client.read(`accounts/${first.id}`)).toMatchObject({ externalId: null, name: null, status: 'closed' });
    expect(await client.read(`usage/r1?accountId=external:back`)).toMatchObject({ accountId: second.id });
    expect(await client.read(`usage/r1?accountId=${first.id}`)).toMatchObject({ accountId: first.id });
    expect(await bill(client, JANUARY.end, { accounts: ['external:back'] })).toMatchObject({ accounts: { billed: 1 } });
  });

  it('answers the first request as before when it comes again', async () => {
    const again = await client.post('accounts', OPENING, key);
    expect(again).toMatchObject({ status: 201, body: { id: first.id, name: null, externalId: null } });
  });

  it('of a subscription is free as well', async () => {
    desk = await client.read('subscriptions/external:desk');
    const other = await openAccount(client);
    const wanted = { accountId: other.id, plan: 'pro', startAt: JANUARY.start, externalId: 'desk' };
    expect(await client.post('subscriptions', wanted)).toMatchObject({
      status: 409,
      body: { code: 'external_id_taken' },
    });
    await client.create(`accounts/${second.id}/erase`);
    expect(await client.get('subscriptions/external:desk')).toMatchObject({ status: 404 });
    const creating = { 'idempotency-key': randomUUID() };
    const created = await client.done('POST', 'subscriptions', wanted, creating);
    expect(created.id).not.toBe(desk.id);
    expect(await client.read('subscriptions/external:desk')).toMatchObject({ id: created.id, accountId: other.id });
    expect(await client.done('POST', 'subscriptions', wanted, creating)).toMatchObject({ id: created.id });
    expect(await record(other.id, 'r2', { subscriptionId: 'external:desk' })).toMatchObject({ status: 'accepted' });
    expect(await client.read(`usage/r2`)).toMatchObject({ subscriptionId: created.id });
    const third = await openAccount(client);
    expect(await client.post('subscriptions', { ...wanted, accountId: third.id })).toMatchObject({
      status: 409,
      body: { code: 'external_id_taken' },
    });
  });

  it('is free as often as it is erased, and names the same after a rebuild', async () => {
    const third = await client.create('accounts', OPENING);
    await gone(third.id);
    const fourth = await client.create('accounts', OPENING);
    expect(new Set([first.id, second.id, third.id, fourth.id]).size).toBe(4);
    for (const name of ['accounts', 'subscriptions']) {
      await recount.caughtUp();
      await recount.client.create(`projections/${name}/rebuild`, {});
      const { rebuild } = await eventually(
        async () => (await recount.client.read('projections')).find((found: Any) => found.name === name),
        (found: Any) => found.rebuild !== null && ['completed', 'failed'].includes(found.rebuild.status),
        'the end of a rebuild',
      );
      expect(rebuild.status).toBe('completed');
    }
    expect(await client.read('accounts/external:back')).toMatchObject({ id: fourth.id });
    expect((await client.read('subscriptions/external:desk')).id).not.toBe(desk.id);
  });
});
