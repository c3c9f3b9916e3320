import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { publicEventOf, tenantStream, DOMAIN_STREAM_PREFIXES, type PublicEvent } from '#contracts';
import { derivedUuid, type ProposedEvent, type TenantId } from '#kernel';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { EventStream } from '../services/event-stream.js';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { billedAccount, openAccount, withCatalog } from './samples.js';

/** Some servers send a flood in pieces of ten events, to each of fifteen who listen. */
const FLOOD_PATIENCE_MILLISECONDS = 180_000;

describe('events over server-sent events', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let tenantId: TenantId;
  let account: Any;
  let invoice: Any;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant('ours');
    await withCatalog(client);
    ({ account, invoice } = await billedAccount(client, { name: 'Grace Hopper Ltd', email: 'grace@example.com' }));
    const other = await recount.manualTenant('theirs');
    await withCatalog(other);
    await billedAccount(other);
    await recount.caughtUp();
    const [first] = await told();
    ({ tenantId } = first!);
  });

  /** What the log has to tell, by the log itself. */
  const inLog = async (wanted: (event: PublicEvent) => boolean = () => true): Promise<PublicEvent[]> => {
    const events: PublicEvent[] = [];
    for await (const logged of recount.store.log.readAll({ filter: { streamPrefixes: DOMAIN_STREAM_PREFIXES } })) {
      const event = publicEventOf(logged);
      if (event && event.tenantId === tenantId && wanted(event)) events.push(JSON.parse(JSON.stringify(event)));
    }
    return events;
  };

  const told = async (query = '?from=start', count = 1): Promise<PublicEvent[]> => {
    const stream = await EventStream.open(client, `events${query}`);
    const events = await stream.take(count);
    await stream.close();
    return events;
  };

  it('tell what the log has, in its order, and nothing personal', async () => {
    const expected = await inLog();
    const events = await told('?from=start', expected.length);
    expect(events).toEqual(expected);
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['account.opened', 'subscription.activated', 'usage.recorded', 'invoice.finalized']),
    );
    expect(JSON.stringify(events)).not.toMatch(/Grace|grace@|ciphertext/);
    expect(events.find(({ type }) => type === 'invoice.finalized')!.data['total']).toEqual(invoice.total);
  });

  it('tell what happens while somebody listens', async () => {
    const stream = await EventStream.open(client);
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream');
    expect(stream.response.headers.get('cache-control')).toBe('no-store');
    const opened = await openAccount(client);
    const [event] = await stream.take(1);
    expect(event).toMatchObject({ type: 'account.opened', tenantId, accountId: opened.id, version: 1 });
    expect(stream.lastEventId).toBe(event!.position);
    await stream.close();
  });

  it('go on where a connection was lost, each event once', async () => {
    const expected = await inLog();
    const received: PublicEvent[] = [];
    let lastEventId: string | undefined;
    while (received.length < expected.length) {
      const stream = await EventStream.open(client, 'events?from=start', lastEventId);
      received.push(...(await stream.take(1)));
      await stream.close();
      lastEventId = received.at(-1)!.position;
    }
    expect(received.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  });

  it('are those that are asked for', async () => {
    const types = await inLog(({ type }) => type === 'subscription.created' || type.startsWith('invoice.'));
    expect(await told('?from=start&types=invoice.*,subscription.created', types.length)).toEqual(types);
    const ofAccount = await inLog(({ accountId }) => accountId === account.id);
    expect(await told(`?from=start&account=${account.id}`, ofAccount.length)).toEqual(ofAccount);
    const after = types[1]!.position;
    expect(await told(`?from=${after}&types=invoice.*,subscription.created`, types.length - 2)).toEqual(types.slice(2));
  });

  it('are refused before they begin, as a problem', async () => {
    const foreign = await openAccount(await recount.manualTenant());
    const refusals = await Promise.all([
      client.get('events?from=yesterday'),
      client.get('events?types=invoice.folded'),
      client.get('events?colour=red'),
      client.get('events', { 'last-event-id': 'x' }),
      client.get('events', { accept: 'application/json' }),
      client.get(`events?account=${foreign.id}`),
      client.get('events?account=acc_nobody'),
      client.withKey('rk_unknown').get('events'),
    ]);
    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
      [400, 'invalid_request'],
      [400, 'invalid_request'],
      [400, 'invalid_request'],
      [400, 'invalid_request'],
      [406, 'not_acceptable'],
      [404, 'account_not_found'],
      [404, 'account_not_found'],
      [401, 'unauthenticated'],
    ]);
    for (const { headers } of refusals) expect(headers.get('content-type')).toMatch('application/problem+json');
  });

  it('tell how far a billing run is, until it is over', async () => {
    const { id } = await client.create('billing-runs', { billThrough: '2025-04-01T00:00:00Z' });
    await recount.caughtUp();
    const stream = await EventStream.open<Any>(client, `billing-runs/${id}/events`);
    const looks = await stream.untilEnd();
    expect(looks.at(-1)).toEqual(await client.read(`billing-runs/${id}`));
    expect(looks.at(-1).status).toBe('completed');
    for (const { status } of looks.slice(0, -1)) expect(status).toBe('running');
    const { status, body } = await client.get('billing-runs/run_nobody/events');
    expect([status, body.code]).toEqual([404, 'billing_run_not_found']);
  });

  it('end with the key that opened them, whatever else goes on', async () => {
    const { id, secret } = await client.create('api-keys', { name: 'listener', scopes: ['events.read'] });
    await recount.caughtUp();
    const ours = await EventStream.open(client);
    const theirs = await EventStream.open(client.withKey(secret));
    await client.create(`api-keys/${id}/revoke`);
    await recount.caughtUp();
    await theirs.untilEnd();
    const opened = await openAccount(client);
    expect((await ours.take(1))[0]).toMatchObject({ type: 'account.opened', accountId: opened.id });
    await ours.close();
    const { secret: narrow } = await client.create('api-keys', { name: 'narrow', scopes: ['usage.write'] });
    await recount.caughtUp();
    expect((await client.withKey(narrow).get('events')).status).toBe(403);
  });

  it(
    'wait for a listener that takes nothing, without piling up for it',
    async () => {
      const sockets = new Set<Socket>();
      const server = recount.app.getHttpServer();
      server.on('connection', (socket: Socket) => sockets.add(socket));
      // Of a tenant of its own: whoever sends a command reads the settings of his tenant.
      const flooded = await recount.createTenant('flooded');
      const begin = await recount.store.lastPosition();
      const count = 40_000;
      await appendPolicies(recount, flooded.tenantId as TenantId, count);

      const { hostname, port } = new URL(recount.url);
      const listener = connect(Number(port), hostname);
      const path = `/v1/events?from=${begin}&types=billing_policy.set`;
      listener.write(`GET ${path} HTTP/1.1\r\nhost: recount\r\nauthorization: Bearer ${flooded.client.key}\r\n\r\n`);
      listener.pause();
      await eventually(
        async () => {
          const before = [...sockets].map(({ bytesWritten }) => bytesWritten);
          await sleep(200);
          return [...sockets].every(({ bytesWritten }, index) => bytesWritten === before[index] && bytesWritten > 0);
        },
        (isStuck) => isStuck,
        'a listener that is stuck',
        FLOOD_PATIENCE_MILLISECONDS,
      );
      const waiting = Math.max(...[...sockets].map(({ writableLength }) => writableLength));
      expect(waiting).toBeLessThan(1024 * 1024);

      let text = '';
      listener.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      listener.resume();
      const last = `"position":"${await recount.store.lastPosition()}"`;
      await eventually(
        () => Promise.resolve(text.lastIndexOf(last)),
        (found) => found >= 0,
        'the last event',
        FLOOD_PATIENCE_MILLISECONDS,
      );
      listener.destroy();
      const positions = new Set([...text.matchAll(/"position":"(\d+)"/g)].map(([, position]) => position!));
      expect(positions.size).toBe(count);
      console.log(
        `A stuck listener had ${waiting} of ${text.length} bytes waiting in the server, and then got all ${positions.size} events.`,
      );
    },
    2 * FLOOD_PATIENCE_MILLISECONDS,
  );

  it('end when the server stops', async () => {
    const streams = await Promise.all([EventStream.open(client), EventStream.open(client, 'events?types=plan.*')]);
    const opened = await openAccount(client);
    expect(await streams[0].take(1)).toMatchObject([{ accountId: opened.id }]);
    await recount.app.close();
    for (const stream of streams) expect(await stream.untilEnd()).toEqual([]);
  });
});

/** Many small public events, without the time that as many commands take. */
const appendPolicies = async ({ store: { log } }: TestRecount, tenantId: TenantId, count: number): Promise<void> => {
  const metadata = {
    schemaVersion: 1,
    tenantId,
    recordedAt: '2026-01-01T00:00:00Z',
    effectiveAt: '2026-01-01T00:00:00Z',
  };
  const data = {
    billing: 'manual',
    finalize: 'auto',
    graceHours: 0,
    usageWindow: { pastDays: 36_500, futureHours: 1 },
  };
  for (let made = 0; made < count; made += 500) {
    const events = Array.from({ length: 500 }, (_, index): ProposedEvent => ({
      id: derivedUuid('policy', made + index),
      type: 'BillingPolicySet',
      data,
      metadata,
    }));
    await log.append(tenantStream(tenantId), events, 'any');
  }
};
