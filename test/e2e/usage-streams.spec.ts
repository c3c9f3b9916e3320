import { idSuffix, type TenantId } from '#kernel';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { EventStream } from '../services/event-stream.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import {
  bill,
  invoicesOf,
  JANUARY,
  openAccount,
  reading,
  recordUsage,
  subscribe,
  usd,
  withCatalog,
} from './samples.js';
import { expectVerified } from './verified.js';

/** A tenant whose accounts all have one usage stream, and two of them with a plan. */
describe('accounts that share a usage stream', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let tenantId: TenantId;
  let ada: Any;
  let bob: Any;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    const tenant = await recount.createTenant('One stream', { usageShards: 1 });
    client = tenant.client;
    tenantId = tenant.tenantId as TenantId;
    await client.done('PUT', 'settings/billing', { billing: 'manual' });
    await withCatalog(client);
    [ada, bob] = [await openAccount(client), await openAccount(client)];
    for (const { id } of [ada, bob]) await subscribe(client, id);
    await recordUsage(client, [
      reading(ada.id, 1_100, '2025-01-10T12:00:00Z', { id: 'same' }),
      reading(bob.id, 1_300, '2025-01-10T12:00:00Z', { id: 'same' }),
      reading(ada.id, 50, '2025-01-11T12:00:00Z', { id: 'again' }),
    ]);
  });

  const amounts = (invoices: readonly Any[]) => invoices.map(({ accountId, total }) => [accountId, total]);

  it('are those of a tenant that was created so, with as many streams as it says', async () => {
    const all = await recount.client.read('tenants');
    const found = Object.fromEntries(all.data.map(({ name, usageShards }: Any) => [name, usageShards]));
    expect(found).toMatchObject({ 'One stream': 1, 'First tenant': 16 });
    for (const usageShards of [0, 3, 128, '16', null]) {
      const { status, body } = await recount.client.post('tenants', { name: 'Other', usageShards });
      expect([status, body.errors?.[0].pointer]).toEqual([400, '/usageShards']);
    }
    const filter = { streamPrefixes: [`usage-${idSuffix(tenantId)}`] };
    const events = await Array.fromAsync(recount.store.log.readAll({ filter }));
    expect(events.map(({ stream }) => stream)).toEqual([`usage-${idSuffix(tenantId)}_00`]);
  });

  it('are told of each other’s usage to nobody who listens to one of them', async () => {
    const counted = async (query: string, count: number): Promise<unknown[]> => {
      const stream = await EventStream.open(client, `events?from=start&types=usage.*${query}`);
      const events = await stream.take(count);
      await stream.close();
      return events.map(({ accountId, data }) => [
        accountId,
        (data['accounts'] as unknown as Any[]).map((own) => [own.accountId, own.readings]),
      ]);
    };
    const own: [string, number][] = [
      [ada.id, 2],
      [bob.id, 1],
    ];
    expect(await counted('', 1)).toEqual([[undefined, own.toSorted(([left], [right]) => (left < right ? -1 : 1))]]);
    for (const [id, count] of own) expect(await counted(`&account=${id}`, 1)).toEqual([[id, [[id, count]]]]);
  });

  it('are each listed by the audit log, which counts readings and names the account where an event is of one alone', async () => {
    await recount.caughtUp();
    const entries = async (query: string) => (await client.read(`audit/log?type=UsageRecorded${query}`)).data;
    expect(await entries('')).toMatchObject([{ accountId: null, command: 'RecordUsage' }]);
    const [shared] = await entries('');
    expect(shared.changes).toContainEqual({ field: 'readings', before: null, after: '3' });
    expect(await entries(`&account=${ada.id}`)).toEqual([shared]);
    expect(await entries(`&account=${bob.id}`)).toEqual([shared]);
    expect(await entries(`&account=${(await openAccount(client)).id}`)).toEqual([]);
  });

  it('are billed each by its own usage, and again only for what came late for itself', async () => {
    expect(amounts(await invoicesOf(client, await bill(client, JANUARY.end, { accounts: [ada.id] })))).toEqual([
      [ada.id, usd('41.50')],
    ]);
    expect(amounts(await invoicesOf(client, await bill(client, JANUARY.end, { accounts: [bob.id] })))).toEqual([
      [bob.id, usd('43.00')],
    ]);
    await recordUsage(client, [reading(bob.id, 700, '2025-01-20T12:00:00Z')]);
    await recount.caughtUp();
    const late = await bill(client, JANUARY.end);
    expect(late.accounts).toMatchObject({ due: 1, billed: 1 });
    expect(amounts(await invoicesOf(client, late))).toEqual([[bob.id, usd('7.00')]]);
  });

  it('have readings of one id each, that are corrected by themselves', async () => {
    const ambiguous = await client.post('usage/same/amend', { properties: { tokens: 0 }, reason: 'whose?' });
    expect([ambiguous.status, ambiguous.body.code]).toEqual([409, 'reading_ambiguous']);
    await client.create(`usage/same/retract?accountId=${ada.id}`, { reason: 'a test' });
    await recount.caughtUp();
    const run = await bill(client, JANUARY.end);
    expect(amounts(await invoicesOf(client, run))).toEqual([[ada.id, usd('-1.50')]]);
    expect(await client.read(`usage/same?accountId=${bob.id}`)).toMatchObject({ status: 'recorded' });
  });

  it('are verified together and alone', async () => {
    await expectVerified(client);
    await expectVerified(client, ada);
  });

  it('take no word back by one that comes again, whatever was said and recorded in between', async () => {
    await recordUsage(client, [reading(bob.id, 10, '2025-01-12T12:00:00Z', { id: 'corrected' })]);
    await recount.caughtUp();
    const amend = (tokens: number, key: string) =>
      client.done(
        'POST',
        `usage/corrected/amend?accountId=${bob.id}`,
        { properties: { tokens }, reason: 'x' },
        {
          'idempotency-key': key,
        },
      );
    const first = await amend(20, 'first word');
    await amend(30, 'last word');
    for (let index = 0; index < 20; index++)
      await recordUsage(client, [reading(ada.id, 1, '2025-01-12T12:00:00Z', { id: `between-${index}` })]);
    await recount.caughtUp();
    await recount.database.owner.query('DELETE FROM ops.idempotency');
    expect((await amend(20, 'first word')).log).toEqual(first.log);
    await recount.caughtUp();
    expect(await client.read(`usage/corrected?accountId=${bob.id}`)).toMatchObject({ properties: { tokens: '30' } });
  });
});
