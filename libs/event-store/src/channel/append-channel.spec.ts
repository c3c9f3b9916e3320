import { setTimeout as delay } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { aStream, anEvent } from '#testing';

import { eventually } from '../../../../test/services/eventually.js';
import { Relay } from '../../../../test/services/relay.js';

import { AttemptTimedOut } from '../client-errors.js';
import { connectionSettings } from '../connection-string.js';
import { AppendChannel } from './append-channel.js';
import { type Append } from './batch-messages.js';
import { connectTo, type NodeSession } from './node-session.js';
import { SlowNode } from './slow-node.js';
import { LeftUnsent, NotByChannel } from './surprise.js';

const MEBIBYTE = 1024 * 1024;

const anAppend = (bytes = 10): Append => ({
  stream: aStream(),
  events: [{ ...anEvent(), data: { text: 'x'.repeat(bytes) } }],
  expected: 'no_stream',
});

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

const until = (isSo: () => boolean): Promise<boolean> => eventually(() => Promise.resolve(isSo()), Boolean);

describe('a channel to a node', () => {
  let node: SlowNode;
  let channel: AppendChannel;

  beforeEach(async () => {
    node = await SlowNode.start();
    channel = channelTo(node.address);
  });

  afterEach(async () => {
    channel.close();
    await node.stop();
  });

  const channelTo = (address: string, answeredWithinMs = 60_000): AppendChannel =>
    new AppendChannel(() => connectTo(address, connectionSettings(`esdb://${address}?tls=false`)), answeredWithinMs);

  it('sends what the protocol wants, and knows the position to its last digit', async () => {
    const append: Append = { stream: 'größer-1', events: [anEvent(1), anEvent(2)], expected: 41 };
    await expect(channel.append(append)).resolves.toEqual({ revision: 0, position: 9_007_199_254_740_993n });
    const [request] = node.requests;
    expect(request!.getIsFinal()).toBe(true);
    expect(request!.getOptions()!.getStreamPosition()).toBe('41');
    expect(textOf(request!.getOptions()!.getStreamIdentifier()!.getStreamName_asU8())).toBe(append.stream);
    const sent = request!.getProposedMessagesList().map((message) => ({
      id: message.getId()!.getString(),
      type: message.getMetadataMap().get('type'),
      contentType: message.getMetadataMap().get('content-type'),
      data: JSON.parse(textOf(message.getData_asU8())) as unknown,
      metadata: JSON.parse(textOf(message.getCustomMetadata_asU8())) as unknown,
    }));
    expect(sent).toEqual(append.events.map((event) => ({ ...event, contentType: 'application/json' })));
  });

  it('sends the very text that was hashed, where there is one', async () => {
    const text = { data: '{ "number": 1 }', metadata: '{ }' };
    await channel.append({ ...anAppend(), events: [{ ...anEvent(1), text }] });
    const [message] = node.requests[0]!.getProposedMessagesList();
    expect(textOf(message!.getData_asU8())).toBe(text.data);
    expect(textOf(message!.getCustomMetadata_asU8())).toBe(text.metadata);
  });

  it('goes over one connection and one call, whoever appends', async () => {
    await Promise.all(Array.from({ length: 200 }, () => channel.append(anAppend())));
    await channel.append(anAppend());
    expect(node.sessions).toHaveLength(1);
    expect(new Set(node.requests.map((request) => request.getCorrelationId()!.serializeBinary().join())).size).toBe(
      201,
    );
  });

  it('has a bounded part of what is appended under way while the node is slow, and sends the rest as it answers', async () => {
    node.answers = false;
    const appends = Array.from({ length: 64 }, () => channel.append(anAppend(MEBIBYTE / 2)));
    await until(() => node.received > 8 * MEBIBYTE);
    await delay(50);
    expect(node.received).toBeLessThan(9 * MEBIBYTE);
    node.answerAll();
    await Promise.all(appends);
    expect(node.requests).toHaveLength(64);
  });

  it('has a bounded number of appends under way', async () => {
    node.answers = false;
    const appends = Array.from({ length: 2_000 }, () => channel.append(anAppend()));
    await until(() => node.requests.length === 512);
    await delay(50);
    expect(node.requests).toHaveLength(512);
    node.answerAll();
    await Promise.all(appends);
  });

  it('says of what was sent that no answer came, and of what was not that it was not', async () => {
    const impatient = channelTo(node.address, 100);
    node.answers = false;
    const outcomes = await Promise.allSettled(Array.from({ length: 600 }, () => impatient.append(anAppend())));
    const reasons = outcomes.map((outcome) => (outcome as PromiseRejectedResult).reason as Error);
    expect(reasons.filter((error) => error instanceof AttemptTimedOut)).toHaveLength(512);
    expect(reasons.filter((error) => error instanceof LeftUnsent)).toHaveLength(88);
    impatient.close();
  });

  it('is not troubled by an answer that comes too late', async () => {
    const impatient = channelTo(node.address, 50);
    node.answers = false;
    await expect(impatient.append(anAppend())).rejects.toThrow(AttemptTimedOut);
    node.answerAll();
    await expect(impatient.append(anAppend())).resolves.toMatchObject({ revision: 0 });
    impatient.close();
  });

  it('leaves a node that shuts down, which still answers what it has', async () => {
    node.answers = false;
    const before = channel.append(anAppend());
    await until(() => node.requests.length === 1);
    node.sessions[0]!.goaway();
    await delay(20);
    const after = channel.append(anAppend());
    await until(() => node.sessions.length === 2);
    node.answerAll();
    await until(() => node.requests.length === 2);
    await expect(Promise.all([before, after])).resolves.toHaveLength(2);
  });

  it('connects again after a connection was lost, and says that nobody knows what became of what was under way', async () => {
    node.answers = false;
    const lost = channel.append(anAppend());
    await until(() => node.requests.length === 1);
    node.sessions[0]!.destroy();
    await expect(lost).rejects.toMatchObject({ type: 'unavailable' });
    node.answerAll();
    await expect(channel.append(anAppend())).resolves.toMatchObject({ revision: 0 });
  });

  it('notices a node that is gone though its connection is not', async () => {
    const port = Number(node.address.split(':')[1]);
    const relay = await Relay.before(port);
    const address = `127.0.0.1:${relay.port}`;
    const settings = connectionSettings(`esdb://${address}?tls=false&keepAliveInterval=200&keepAliveTimeout=2000`);
    const watchful = new AppendChannel(() => connectTo(address, settings), 60_000);
    await watchful.append(anAppend());
    relay.fallSilent('holds');
    await expect(watchful.append(anAppend())).rejects.toMatchObject({ type: 'unavailable' });
    watchful.close();
    await relay.stop();
  });

  it('leaves to the package what is large, and everything for a while where it cannot connect', async () => {
    await expect(channel.append(anAppend(MEBIBYTE))).rejects.toThrow(NotByChannel);
    expect(channel.isUsable).toBe(true);
    const nowhere = channelTo('127.0.0.1:1');
    await expect(nowhere.append(anAppend())).rejects.toThrow(NotByChannel);
    expect(nowhere.isUsable).toBe(false);
  });

  it('waits for a connection no longer than for an answer, and leaves one that comes too late', async () => {
    const coming = Promise.withResolvers<NodeSession>();
    const waiting = new AppendChannel(() => coming.promise, 20);
    await expect(waiting.append(anAppend())).rejects.toThrow(NotByChannel);
    expect(waiting.isUsable).toBe(false);
    const late = await connectTo(node.address, connectionSettings(`esdb://${node.address}?tls=false`));
    coming.resolve(late);
    await until(() => late.session.destroyed);
  });

  it('fails an append that cannot be written down by itself', async () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    const append = { ...anAppend(), events: [{ ...anEvent(), data: cyclic as never }] };
    const [failed, fine] = await Promise.allSettled([channel.append(append), channel.append(anAppend())]);
    expect([failed.status, fine.status]).toEqual(['rejected', 'fulfilled']);
  });
});
