import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Stopping } from '../../../test/services/stopping.js';
import { TestNats } from '../../../test/services/test-nats.js';
import { AcknowledgedPublication, type PublishedMessage } from './acknowledged-publication.js';

const STREAM = 'MESSAGES';
const PATIENCE_MILLISECONDS = 1_000;

const message = (number: number): PublishedMessage => ({
  id: `message-${number}`,
  subject: 'messages.of.a.tenant',
  body: JSON.stringify({ number }),
});

describe('messages that are acknowledged', () => {
  const stopping = new Stopping();
  let connection: NatsConnection;
  let publication: AcknowledgedPublication;

  beforeAll(async () => {
    const nats = await stopping.use(TestNats.start());
    connection = await connect({ servers: new URL(nats.url).host });
    await (
      await jetstreamManager(connection)
    ).streams.add({ name: STREAM, subjects: ['messages.>'], max_msg_size: 1_000 });
    publication = new AcknowledgedPublication(connection, STREAM, PATIENCE_MILLISECONDS);
  });
  afterAll(() => connection.close());

  const stored = async (): Promise<number> =>
    (await (await jetstreamManager(connection)).streams.info(STREAM)).state.messages;

  it('are stored in their order, each once, and those that were there already are told', async () => {
    const all = Array.from({ length: 600 }, (_, number) => message(number));
    expect(await publication.publish(all.slice(0, 400))).toBe(0);
    expect(await publication.publish(all.slice(200))).toBe(200);
    expect(await stored()).toBe(600);
    const { streams } = await jetstreamManager(connection);
    const first = await streams.getMessage(STREAM, { seq: 1 });
    const last = await streams.getMessage(STREAM, { seq: 600 });
    expect([first!.json(), last!.json()]).toEqual([{ number: 0 }, { number: 599 }]);
  });

  it('are told apart, however many go out at once', async () => {
    const batches = Array.from({ length: 10 }, (_, batch) => [message(1_000 + batch), message(1_000 + batch)]);
    expect(await Promise.all(batches.map((batch) => publication.publish(batch)))).toEqual(batches.map(() => 1));
  });

  it('fail together with one that is not taken', async () => {
    const large = { ...message(2_000), body: 'x'.repeat(2_000) };
    await expect(publication.publish([message(2_001), large])).rejects.toThrow('JetStream did not take a message');
  });

  it('fail at once where no stream listens', async () => {
    const lost = { ...message(3_000), subject: 'nobody.listens' };
    await expect(publication.publish([lost])).rejects.toThrow('JetStream did not take a message: nobody answers.');
  });

  it('fail in time where nobody acknowledges', async () => {
    const silent = connection.subscribe('silent.*', { callback: () => undefined });
    await expect(publication.publish([{ ...message(4_000), subject: 'silent.one' }])).rejects.toThrow(
      'JetStream did not acknowledge in time.',
    );
    silent.unsubscribe();
  });

  it('are none where there are none', async () => {
    expect(await publication.publish([])).toBe(0);
  });
});
