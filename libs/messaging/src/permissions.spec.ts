import { readFileSync } from 'node:fs';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ConfiguredNats } from '../../../test/services/configured-nats.js';
import { Stopping } from '../../../test/services/stopping.js';
import { EVENTS_STREAM } from './event-publication.js';
import { Messages } from './messages.js';

const CONFIGURATION = readFileSync('docs/nats-server.conf', 'utf8');
const EVENT = { id: 'one', subject: 'recount.events.tnt_a.invoice.finalized', body: '{}' };
const HEARD_MILLISECONDS = 5_000;

/** The configuration that is shipped, in force. */
describe('permissions at NATS', () => {
  const stopping = new Stopping();
  let nats: ConfiguredNats;
  let messages: Messages;
  let shop: NatsConnection;
  let mails: NatsConnection;

  const connected = async (user: string): Promise<NatsConnection> => {
    const connection = await connect({
      servers: nats.address,
      user,
      pass: `${user}-secret`,
      inboxPrefix: `_INBOX_${user}`,
    });
    await stopping.use({ stop: () => connection.close() });
    return connection;
  };

  /** What the server says to a subscription that it does not allow. */
  const refusal = (connection: NatsConnection, subject: string): Promise<unknown> =>
    Promise.race([
      connection.subscribe(subject).closed,
      new Promise((resolve) => setTimeout(resolve, HEARD_MILLISECONDS, 'it was taken').unref()),
    ]);

  beforeAll(async () => {
    nats = await stopping.use(ConfiguredNats.start(CONFIGURATION));
    messages = await Messages.connect(`nats://recount:recount-secret@${nats.address}`);
    await stopping.use({ stop: () => messages.close() });
    for (const kind of ['commands', 'queries']) {
      messages.answer(`recount.${kind}.*`, 'recount', ({ subject }) => Promise.resolve({ headers: {}, body: subject }));
    }
    [shop, mails] = [await connected('shop'), await connected('mails')];
  });

  it('let Recount in by the user of its URL alone', async () => {
    await expect(Messages.connect(`nats://recount:other@${nats.address}`)).rejects.toThrow('Authorization Violation');
    await expect(Messages.connect(`nats://${nats.address}`)).rejects.toThrow('Authorization Violation');
  });

  it.each(['recount.queries.ListInvoices', 'recount.commands.RecordUsage'])('let a caller ask %s', async (subject) => {
    expect((await shop.request(subject, '{}')).string()).toBe(subject);
  });

  it.each(['recount.commands.CloseAccount', EVENT.subject])('keep a caller from sending %s', async (subject) => {
    await expect(shop.request(subject, '{}')).rejects.toThrow('Permissions Violation for Publish');
  });

  it.each(['recount.events.>', 'recount.commands.*', '_INBOX.>', '_INBOX_mails.>'])(
    'keep a caller from hearing %s',
    async (subject) => {
      expect(String(await refusal(shop, subject))).toContain('Permissions Violation for Subscription');
    },
  );

  it('let a reader take what its consumer holds, and nothing else', async () => {
    await messages.publication.ensure();
    const { consumers } = await jetstreamManager(await connected('operator'));
    await consumers.add(EVENTS_STREAM, {
      durable_name: 'mails',
      ack_policy: 'explicit',
      filter_subject: 'recount.events.tnt_a.invoice.>',
    });
    await messages.publication.publish([
      { ...EVENT, id: 'other', subject: 'recount.events.tnt_b.invoice.finalized' },
      EVENT,
    ]);
    const consumer = await jetstream(mails).consumers.get(EVENTS_STREAM, 'mails');
    const message = await consumer.next();
    expect(message?.subject).toBe(EVENT.subject);
    expect(await message!.ackAck()).toBe(true);
    expect(await consumer.next({ expires: 1_000 })).toBeNull();

    const manager = await jetstreamManager(mails);
    const all = { durable_name: 'all', ack_policy: 'explicit' } as const;
    await expect(manager.consumers.add(EVENTS_STREAM, all)).rejects.toThrow('Permissions Violation for Publish');
    await expect(manager.streams.purge(EVENTS_STREAM)).rejects.toThrow('Permissions Violation for Publish');
    expect(String(await refusal(mails, 'recount.events.>'))).toContain('Permissions Violation for Subscription');
  });
});
