import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { EventStream } from '../services/event-stream.js';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { bill, JANUARY, openAccount, subscribe, withCatalog } from './samples.js';

const TAKEN = { status: 409, body: { code: 'external_id_taken', errors: [{ pointer: '/externalId' }] } };
const UNKNOWN = { status: 404, body: { code: 'account_not_found' } };

describe('an external id that is changed', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
  });

  const name = (): string => `name-${randomUUID()}`;
  const rename = (account: string, externalId: string | null, more: object = {}) =>
    client.ask('PATCH', `accounts/${account}`, { externalId, ...more });
  const record = async (accountId: string, id: string): Promise<Any> => {
    const event = { id, event: 'llm_request', accountId, at: '2025-01-10T00:00:00Z', properties: { tokens: '1' } };
    return (await client.post('usage', { events: [event] })).body.results[0];
  };

  it('names the account at once, and the old one nobody', async () => {
    const [before, after] = [name(), name()];
    const { id } = await openAccount(client, { externalId: before, name: 'Ada' });
    const subscription = await subscribe(client, `external:${before}`);
    expect(await record(`external:${before}`, 'r1')).toMatchObject({ status: 'accepted' });
    expect(await rename(`external:${before}`, after)).toMatchObject({
      status: 200,
      body: { id, externalId: after, name: 'Ada' },
    });
    for (const path of ['', '/book', '/state', '/upcoming-invoice'])
      expect(await client.get(`accounts/external:${before}${path}`)).toMatchObject(UNKNOWN);
    expect(await client.post('subscriptions', { accountId: `external:${before}`, plan: 'pro' })).toMatchObject(UNKNOWN);
    expect(await record(`external:${before}`, 'r2')).toMatchObject({ status: 'rejected', code: 'account_not_found' });
    expect(await record(`external:${after}`, 'r2')).toMatchObject({ status: 'accepted' });
    expect(await record(`external:${after}`, 'r1')).toMatchObject({ status: 'duplicate' });
    expect(await client.read(`accounts/external:${after}`)).toMatchObject({ id, externalId: after, name: 'Ada' });
    expect((await client.read(`accounts?externalId=${after}`)).data).toMatchObject([{ id }]);
    expect((await client.read(`accounts?externalId=${before}`)).data).toEqual([]);
    expect((await client.read(`subscriptions?accountId=external:${after}`)).data).toMatchObject([
      { id: subscription.id },
    ]);
    expect(await bill(client, JANUARY.end, { accounts: [`external:${after}`] })).toMatchObject({
      accounts: { billed: 1 },
    });
  });

  it('leaves the old one to the next account, for one', async () => {
    const [before, after] = [name(), name()];
    const opening = { externalId: before, name: 'Ada', currency: 'USD' };
    const key = { 'idempotency-key': randomUUID() };
    const first = await client.done('POST', 'accounts', opening, key);
    await rename(first.id, after);
    const answers = await Promise.all(Array.from({ length: 10 }, () => client.post('accounts', opening)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
    const second = answers.find(({ status }) => status === 201)!.body;
    expect(second.id).not.toBe(first.id);
    expect(await client.read(`accounts/external:${before}`)).toMatchObject({ id: second.id });
    expect(await client.read(`accounts/external:${after}`)).toMatchObject({ id: first.id });
    expect(await client.post('accounts', opening, key)).toMatchObject({ status: 201, body: { id: first.id } });
    expect(await client.post('accounts', { ...opening, externalId: after })).toMatchObject({
      status: 409,
      body: { code: 'account_already_exists' },
    });
  });

  it('names at any moment whom it named then', async () => {
    const [before, after] = [name(), name()];
    const opened = await openAccount(client, { externalId: before });
    const moment = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await rename(opened.id, after);
    const next = await openAccount(client, { externalId: before });
    await recount.caughtUp();
    for (const asOf of [`position:${opened.log.position}`, moment]) {
      const then = { id: opened.id, externalId: before };
      expect(await client.read(`accounts/external:${before}?asOf=${asOf}`)).toMatchObject(then);
      expect(await client.read(`accounts/external:${before}/state?asOf=${asOf}`)).toMatchObject({ account: then });
      expect(await client.get(`accounts/external:${after}?asOf=${asOf}`)).toMatchObject(UNKNOWN);
    }
    const now = `position:${next.log.position}`;
    expect(await client.read(`accounts/external:${before}?asOf=${now}`)).toMatchObject({ id: next.id });
    expect(await client.read(`accounts/external:${after}?asOf=${now}`)).toMatchObject({ id: opened.id });
    // A revision is of the account that has the name now, or had it last.
    expect(await client.read(`accounts/external:${before}?asOf=revision:0`)).toMatchObject({ id: next.id });
    expect(await client.read(`accounts/external:${after}?asOf=revision:0`)).toMatchObject({
      id: opened.id,
      externalId: before,
    });
    await rename(next.id, null);
    expect(await client.read(`accounts/external:${before}?asOf=revision:0`)).toMatchObject({ id: next.id });
  });

  it('is that of one account, whoever asks at the same time', async () => {
    const wanted = name();
    const opening = { externalId: wanted, name: 'Eve', currency: 'USD' };
    const accounts = await Promise.all(Array.from({ length: 5 }, () => openAccount(client, { externalId: name() })));
    const answers = await Promise.all([
      ...accounts.map(({ id }) => rename(id, wanted)),
      ...accounts.map(() => client.post('accounts', opening)),
    ]);
    const winners = answers.filter(({ status }) => status < 300);
    expect(winners).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status >= 300))
      expect(['external_id_taken', 'account_already_exists']).toContain(answer.body.code);
    expect(await client.read(`accounts/external:${wanted}`)).toMatchObject({ id: winners[0]!.body.id });
    const holders = await Promise.all(accounts.map(({ id }) => client.read(`accounts/${id}`)));
    expect(holders.filter(({ externalId }) => externalId === wanted).length).toBeLessThanOrEqual(1);
  });

  it('is not taken from another account, and nothing else changes then', async () => {
    const [mine, theirs] = [name(), name()];
    const { id } = await openAccount(client, { externalId: mine });
    await openAccount(client, { externalId: theirs });
    expect(await rename(id, theirs, { netTermsDays: 3 })).toMatchObject(TAKEN);
    expect(await client.read(`accounts/${id}`)).toMatchObject({ externalId: mine, netTermsDays: 30 });
  });

  it('is free for others where the change is refused', async () => {
    const [mine, wanted] = [name(), name()];
    const { id } = await openAccount(client, { externalId: mine });
    const outdated = { headers: { 'if-match': '"99"' } };
    expect(await client.ask('PATCH', `accounts/${id}`, { externalId: wanted }, outdated)).toMatchObject({
      status: 412,
    });
    expect(await rename(id, wanted, { parentAccountId: id })).toMatchObject({ status: 422 });
    expect(await rename('acc_00000000000000000000000000', wanted)).toMatchObject(UNKNOWN);
    const other = await openAccount(client, { externalId: wanted });
    expect(await client.read(`accounts/external:${wanted}`)).toMatchObject({ id: other.id });
  });

  it('is changed once by a request that comes again, by whatever name', async () => {
    const [first, second, third] = [name(), name(), name()];
    const { id } = await openAccount(client, { externalId: first });
    const asking = { headers: { 'idempotency-key': randomUUID() } };
    const change = () => client.ask('PATCH', `accounts/external:${first}`, { externalId: second }, asking);
    const answer = await change();
    expect(answer).toMatchObject({ status: 200, body: { id, externalId: second } });
    expect(await change()).toMatchObject({ status: 200, body: answer.body });
    await rename(id, third);
    expect(await change()).toMatchObject({ status: 200, body: { id, log: answer.body.log } });
    expect(await client.read(`accounts/${id}`)).toMatchObject({ externalId: third });
    expect(await openAccount(client, { externalId: second })).toMatchObject({ externalId: second });
    expect(await rename(id, third)).toMatchObject({ status: 200, body: { externalId: third } });
  });

  it('is removed by null, given for the first time, and the old one again', async () => {
    const own = name();
    const { id } = await openAccount(client, { externalId: own });
    expect(await rename(id, null)).toMatchObject({ status: 200, body: { externalId: null } });
    expect(await client.get(`accounts/external:${own}`)).toMatchObject(UNKNOWN);
    expect(await rename(id, own, { name: 'Countess' })).toMatchObject({ status: 200, body: { externalId: own } });
    expect(await client.read(`accounts/external:${own}`)).toMatchObject({ id, externalId: own, name: 'Countess' });
    const other = await openAccount(client);
    expect(await rename(other.id, own)).toMatchObject(TAKEN);
    await rename(id, null);
    expect(await rename(other.id, own)).toMatchObject({ status: 200, body: { id: other.id, externalId: own } });
    expect(await client.read(`accounts/external:${own}`)).toMatchObject({ id: other.id });
  });

  it('is of an open account, and free once its person is erased', async () => {
    const [before, after] = [name(), name()];
    const { id } = await openAccount(client, { externalId: before });
    await rename(id, after);
    await client.create(`accounts/${id}/close`);
    expect(await rename(id, before)).toMatchObject({ status: 422, body: { code: 'account_closed' } });
    await client.create(`accounts/${id}/erase`);
    await recount.caughtUp();
    for (const gone of [before, after]) {
      expect(await client.get(`accounts/external:${gone}`)).toMatchObject(UNKNOWN);
      expect(await client.get(`accounts/external:${gone}?asOf=revision:0`)).toMatchObject(UNKNOWN);
      const { id: next } = await openAccount(client, { externalId: gone });
      expect(await client.read(`accounts/external:${gone}`)).toMatchObject({ id: next });
    }
    const erased = await openAccount(client, { externalId: name() });
    await client.create(`accounts/${erased.id}/erase`);
    expect(await rename(erased.id, name())).toMatchObject({ status: 422, body: { code: 'personal_data_erased' } });
  });

  it('is each tenant’s own, told without the name, and the same after a rebuild', async () => {
    const [before, after] = [name(), name()];
    const { id } = await openAccount(client, { externalId: before });
    const other = await recount.manualTenant();
    const theirs = await openAccount(other, { externalId: after });
    expect(await rename(id, after)).toMatchObject({ status: 200 });
    expect(await other.read(`accounts/external:${after}`)).toMatchObject({ id: theirs.id });
    expect(await other.get(`accounts/external:${before}`)).toMatchObject(UNKNOWN);
    const stream = await EventStream.open(client, `events?from=start&types=account.external_id_changed&account=${id}`);
    expect(await stream.take(1)).toMatchObject([{ accountId: id, data: {} }]);
    await stream.close();
    const { data } = await client.read(`audit/log?account=${id}&type=AccountExternalIdChanged&personal=true`);
    expect(data[0].changes).toContainEqual({ field: 'externalId', before, after });
    await recount.client.create('projections/accounts/rebuild', { compare: true });
    const { rebuild } = await eventually(
      async () => (await recount.client.read('projections')).find((found: Any) => found.name === 'accounts'),
      (found: Any) => found.rebuild !== null && ['completed', 'failed'].includes(found.rebuild.status),
      'the end of a rebuild',
    );
    expect(rebuild).toMatchObject({ status: 'completed' });
    expect(await client.read(`accounts/external:${after}`)).toMatchObject({ id });
    expect(await client.get(`accounts/external:${before}`)).toMatchObject(UNKNOWN);
  });
});
