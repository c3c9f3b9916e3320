import { setTimeout as sleep } from 'node:timers/promises';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { DOMAIN_STREAM_PREFIXES, publicEventOf, type PublicEvent } from '#contracts';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Publishing } from '../../apps/server/src/publishing/publishing.js';
import { Metrics } from '../../apps/server/src/telemetry/metrics.js';
import { eventually } from '../services/eventually.js';
import { RestartableNats } from '../services/restartable-nats.js';
import { Stopping } from '../services/stopping.js';
import type { TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { billedAccount, openAccount, reading, recordUsage, withCatalog } from './samples.js';

const STREAM = 'RECOUNT_EVENTS';

interface Received {
  readonly subject: string;
  readonly messageId: string;
  readonly event: PublicEvent;
}

describe('events in JetStream', () => {
  const stopping = new Stopping();
  let nats: RestartableNats;
  let recount: TestRecount;
  let client: TestClient;

  beforeAll(async () => {
    nats = await stopping.use(RestartableNats.start());
    recount = await stopping.use(TestRecount.start({ natsUrl: nats.url }));
    client = await recount.manualTenant();
    await withCatalog(client);
  });

  const inLog = async (): Promise<PublicEvent[]> => {
    const events: PublicEvent[] = [];
    for await (const logged of recount.store.log.readAll({ filter: { streamPrefixes: DOMAIN_STREAM_PREFIXES } })) {
      const event = publicEventOf(logged);
      if (event) events.push(JSON.parse(JSON.stringify(event)) as PublicEvent);
    }
    return events;
  };

  const status = async () => (await recount.app.get(Publishing).status())!;
  const published = () => eventually(status, ({ connected, lag }) => connected && lag === 0n, 'the end of the log');

  const withNats = async <Result>(work: (connection: NatsConnection) => Promise<Result>): Promise<Result> => {
    const connection = await connect({ servers: nats.url });
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  };

  /** What JetStream took so far, by result. */
  const taken = async (): Promise<Record<string, number>> => {
    const { values } = await recount.app.get(Metrics).publishedEvents.get();
    return Object.fromEntries(values.map(({ labels, value }) => [labels.result, value]));
  };

  /** Everything that the stream has, as a consumer gets it. */
  const inJetStream = (subjects?: string): Promise<Received[]> =>
    withNats(async (connection) => {
      const consumer = await jetstream(connection).consumers.get(
        STREAM,
        subjects === undefined ? {} : { filter_subjects: subjects },
      );
      const { num_pending: pending } = await consumer.info();
      const received: Received[] = [];
      if (pending === 0) return received;
      for await (const message of await consumer.consume()) {
        const messageId = message.headers!.get('Nats-Msg-Id');
        received.push({ subject: message.subject, messageId, event: message.json<PublicEvent>() });
        if (received.length === pending) break;
      }
      return received;
    });

  /** Business as usual until it is told to stop: accounts, usage, invoices. Every command must be carried out. */
  const business = (): (() => Promise<number>) => {
    let isOver = false;
    let commands = 0;
    const work = async (): Promise<void> => {
      while (!isOver) {
        const { id } = await openAccount(client);
        await recordUsage(client, [reading(id, 5, '2025-01-12T12:00:00Z')]);
        await client.done('PATCH', `accounts/${id}`, { netTermsDays: 30 });
        commands += 3;
      }
    };
    const working = Promise.all([work(), work(), work()]);
    return async () => {
      isOver = true;
      await working;
      return commands;
    };
  };

  it('are those of the log, in its order, each under the name of its tenant and its own', async () => {
    await billedAccount(client);
    await recount.caughtUp();
    await published();
    const expected = await inLog();
    const received = await inJetStream();
    expect(received.map(({ event }) => event)).toEqual(expected);
    for (const { subject, messageId, event } of received) {
      expect(subject).toBe(`recount.events.${event.tenantId}.${event.type}`);
      expect(messageId).toBe(event.id);
    }
    const { tenantId } = expected.at(-1)!;
    const finalized = await inJetStream(`recount.events.${tenantId}.invoice.finalized`);
    expect(finalized.map(({ event }) => event)).toEqual(
      expected.filter((event) => event.tenantId === tenantId && event.type === 'invoice.finalized'),
    );
    expect(finalized.length).toBeGreaterThan(0);
  });

  it('are all there, once, however often the server is killed while business goes on', async () => {
    const stop = business();
    const outages = 3;
    for (let outage = 0; outage < outages; outage++) {
      await sleep(700);
      await nats.kill();
      await sleep(900);
      expect(await status()).toMatchObject({ connected: false });
      await nats.comeBack();
    }
    const commands = await stop();
    await published();
    const expected = await inLog();
    const received = await inJetStream();
    const ids = new Set(received.map(({ messageId }) => messageId));
    const missing = expected.filter(({ id }) => !ids.has(id));
    console.log(
      `nats-server killed ${outages} times under ${commands} commands: ${expected.length} public events in the log, ` +
        `${received.length} in JetStream, ${missing.length} missing, ${received.length - ids.size} twice.`,
    );
    expect(missing).toEqual([]);
    expect(received).toHaveLength(expected.length);
  });

  it('go on where the server lost everything, and are published again on request', async () => {
    const before = (await inLog()).length;
    await nats.kill();
    nats.loseEverything();
    await nats.comeBack();
    await openAccount(client);
    await published();
    const lost = await inJetStream();
    const answer = await recount.client.done('POST', 'events/republish', { from: '0' });
    expect(BigInt(answer.through)).toBeGreaterThan(0n);
    await eventually(
      () => inJetStream(),
      ({ length }) => length >= before + 1,
      'what was lost',
    );
    await published();
    const expected = await inLog();
    const received = await inJetStream();
    const ids = new Set(received.map(({ event }) => event.id));
    console.log(
      `A wiped store had ${lost.length} of ${expected.length} public events; published again: ` +
        `${ids.size} of ${expected.length}, ${received.length - ids.size} twice.`,
    );
    expect(lost.length).toBeLessThan(expected.length);
    expect(expected.filter(({ id }) => !ids.has(id))).toEqual([]);
    // What it had already is told once more, as it was asked for; nothing else.
    expect(received).toHaveLength(ids.size + lost.length);
    expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(received.length);
  });

  it('fill a stream again that lost them a moment ago', async () => {
    await published();
    await withNats(async (connection) => (await jetstreamManager(connection)).streams.purge(STREAM));
    expect(await inJetStream()).toEqual([]);
    const before = await taken();
    await recount.client.done('POST', 'events/republish', { from: '0' });
    await published();
    const received = await inJetStream();
    expect(received.map(({ event }) => event)).toEqual(await inLog());
    const after = await taken();
    expect(after['stored']! - before['stored']!).toBe(received.length);
    expect(after['duplicate']).toBe(before['duplicate']);
  });

  it('are published again by who looks after the installation alone', async () => {
    expect((await client.post('events/republish', { from: '0' })).status).toBe(403);
    expect((await recount.client.post('events/republish', { from: 'start' })).status).toBe(400);
    expect((await recount.client.post('events/republish', {})).status).toBe(400);
  });

  it('are kept by a stream that an operator made, as it was made', async () => {
    await withNats(async (connection) => {
      const { streams } = await jetstreamManager(connection);
      await streams.update(STREAM, { max_msgs: 1_000_000 });
    });
    await nats.kill();
    await nats.comeBack();
    const { id } = await openAccount(client);
    await published();
    const opened = await inJetStream('recount.events.*.account.opened');
    expect(opened.at(-1)!.event.accountId).toBe(id);
    await withNats(async (connection) => {
      const { streams } = await jetstreamManager(connection);
      expect((await streams.info(STREAM)).config.max_msgs).toBe(1_000_000);
    });
  });
});
