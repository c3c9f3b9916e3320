import { accountStream, tenantStream, USAGE_SHARDS_DEFAULT, usageStream } from '#contracts';
import type { LoggedEvent, TenantId } from '#kernel';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { expectVerified } from './verified.js';
import { openAccount, withCatalog } from './samples.js';

describe('a verification, of a log that somebody else wrote to', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let tenantId: TenantId;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    tenantId = (await client.read('tenant')).id as TenantId;
    await withCatalog(client);
  });

  const differences = async (account?: Any): Promise<Any[]> => {
    await recount.caughtUp();
    const { id } = await client.create('audit/verifications', account === undefined ? {} : { accountId: account.id });
    const verified = await eventually(
      () => client.done('GET', `audit/verifications/${id}`),
      ({ status }) => status !== 'running',
    );
    return verified.differences.filter(({ subject }: Any) => subject === 'log');
  };

  /** The last event of a stream once more, as if Recount had appended it, with something else in it. */
  const forge = async (stream: string, change: (event: LoggedEvent) => Partial<LoggedEvent>): Promise<number> => {
    const [last] = await Array.fromAsync(recount.store.log.readStream(stream, { direction: 'backward', limit: 1 }));
    const { type, data, metadata, revision } = { ...last!, ...change(last!) };
    return (await recount.store.log.append(stream, [{ id: randomUUID(), type, data, metadata }], revision)).revision;
  };

  it('finds nothing where only Recount did, however much happened at once', async () => {
    const account = await openAccount(client, {});
    const readings = Array.from({ length: 40 }, (_, number) => ({
      id: `reading-${number}`,
      event: 'llm_request',
      accountId: account.id,
      properties: { tokens: '1' },
    }));
    await Promise.all([
      ...readings.map((reading) => client.create('usage', { events: [reading] })),
      ...['a', 'b', 'c'].map((tier) => client.done('PATCH', `accounts/${account.id}`, { metadata: { tier } })),
    ]);
    const usage = await Array.fromAsync(
      recount.store.log.readStream(usageStream(tenantId, account.id, USAGE_SHARDS_DEFAULT)),
    );
    expect(usage.length).toBeGreaterThan(0);
    for (const { metadata } of usage) expect(metadata['chain']).toMatch(/^[\w-]{43}$/);
    await recount.caughtUp();
    await expectVerified(client);
  });

  it('names the event of an account, by stream and revision, and goes on behind it', async () => {
    const account = await openAccount(client, { metadata: { tier: 'gold' } });
    await client.done('PATCH', `accounts/${account.id}`, { metadata: { tier: 'silver' } });
    const stream = accountStream(tenantId, account.id);
    const revision = await forge(stream, ({ data }) => ({ data: { ...data, metadata: { tier: 'forged' } } }));
    await client.done('PATCH', `accounts/${account.id}`, { metadata: { region: 'eu' } });
    const found = { accountId: account.id, subject: 'log', field: 'chain', event: { stream, revision } };
    expect(await differences(account)).toMatchObject([found]);
    expect(await differences()).toMatchObject([found]);
  });

  it('names one without a chain, and one of the tenant itself', async () => {
    const account = await openAccount(client, { metadata: { tier: 'gold' } });
    await client.done('PATCH', `accounts/${account.id}`, { metadata: { tier: 'silver' } });
    const stream = accountStream(tenantId, account.id);
    const revision = await forge(stream, ({ metadata: { chain: _, ...metadata } }) => ({ metadata }));
    expect(await differences(account)).toMatchObject([{ field: 'chain', found: null, event: { stream, revision } }]);
    const settings = tenantStream(tenantId);
    const place = { stream: settings, revision: await forge(settings, () => ({})) };
    expect(await differences()).toContainEqual(expect.objectContaining({ accountId: null, event: place }));
  });
});
