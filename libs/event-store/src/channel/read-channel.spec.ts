import { once } from 'node:events';
import { constants, type ServerHttp2Stream } from 'node:http2';
import { setTimeout as delay } from 'node:timers/promises';

import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamMessages from '@eventstore/db-client/generated/streams_pb.js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { eventually } from '../../../../test/services/eventually.js';

import { connect } from '../client.js';
import { connectionSettings } from '../connection-string.js';
import { decodeMessage } from '../messages.js';
import { readByPackage } from '../package-reads.js';
import { framed } from './grpc-frames.js';
import { begin, Http2Node } from './http2-node.js';
import { connectTo } from './node-session.js';
import { type ReadAnswers, ReadChannel } from './read-channel.js';
import { type ReadRequest, START_OF_LOG } from './read-messages.js';
import { NotByChannel } from './surprise.js';

const { ReadReq, ReadResp } = streamMessages;
const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

const STREAM = { kind: 'stream', stream: 'größer-1', direction: 'forward', from: undefined, limit: undefined } as const;

const until = (isSo: () => boolean): Promise<boolean> => eventually(() => Promise.resolve(isSo()), Boolean);

const aMessage = (bytes: number): Buffer => {
  const event = new ReadResp.ReadEvent.RecordedEvent().setId(new shared.UUID().setString('an id'));
  const message = new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(event.setData(Buffer.alloc(bytes, '1'))));
  return Buffer.concat(framed(message.serializeBinary()));
};

interface Heard {
  readonly messages: Buffer[];
  over: boolean;
  error: Error | undefined;
}

const listening = (room = Infinity): { heard: Heard; answers: ReadAnswers; takeAll: () => void } => {
  const heard: Heard = { messages: [], over: false, error: undefined };
  let isTaken = false;
  let goOn: (() => void) | undefined;
  const takeAll = (): void => {
    isTaken = true;
    goOn?.();
  };
  const answers: ReadAnswers = {
    onMessage: (message, later) => {
      heard.messages.push(message);
      goOn = later;
      return isTaken || heard.messages.length < room;
    },
    onOver: (error) => Object.assign(heard, { over: true, error }),
  };
  return { heard, answers, takeAll };
};

describe('reads over a channel to a node', () => {
  let node: Http2Node;
  let channel: ReadChannel;
  let calls: ServerHttp2Stream[];
  let answer: (call: ServerHttp2Stream) => void;

  beforeEach(async () => {
    calls = [];
    answer = (call) => call.end(aMessage(1));
    node = await Http2Node.start((call) => {
      calls.push(call);
      begin(call);
      answer(call);
    });
    channel = channelTo(node.address);
  });

  afterEach(async () => {
    channel.close();
    await node.stop();
  });

  const channelTo = (address: string): ReadChannel =>
    new ReadChannel(() => connectTo(address, connectionSettings(`esdb://${address}?tls=false`)), 60_000);

  const requestIn = async (call: ServerHttp2Stream): Promise<unknown> => {
    const chunks: Buffer[] = [];
    for await (const chunk of call) chunks.push(chunk as Buffer);
    return ReadReq.deserializeBinary(Buffer.concat(chunks).subarray(5)).toObject();
  };

  it.each<[string, ReadRequest]>([
    ['a stream', STREAM],
    ['a part of a stream', { ...STREAM, from: 41, limit: 7 }],
    ['a stream backward', { ...STREAM, direction: 'backward' }],
    ['a stream backward from its first event', { ...STREAM, direction: 'backward', from: 0 }],
    ['the newest of the log', { kind: 'newest', count: 128 }],
    [
      'what comes of some streams',
      { kind: 'subscription', after: START_OF_LOG, filter: { streamPrefixes: ['a-', 'ä-'] } },
    ],
    [
      'what comes of some types',
      { kind: 'subscription', after: 9_007_199_254_740_993n, filter: { typePrefixes: ['T'] } },
    ],
  ])('ask for %s as the package does', async (_, request) => {
    const requests: Promise<unknown>[] = [];
    answer = (call) => {
      requests.push(requestIn(call));
      call.end();
    };
    const { client, close } = connect(`esdb://${node.address}?tls=false`);
    const [byPackage, byChannel] = [listening(), listening()];
    readByPackage(client, request, byPackage.answers);
    await until(() => byPackage.heard.over);
    await channel.open(request, byChannel.answers);
    await until(() => byChannel.heard.over);
    const [asked, askedByChannel] = await Promise.all(requests);
    expect(askedByChannel).toEqual(asked);
    await close();
  });

  it('go over one connection, which is not opened twice', async () => {
    const all = Array.from({ length: 50 }, () => listening());
    await Promise.all(all.map(({ answers }) => channel.open(STREAM, answers)));
    await until(() => all.every(({ heard }) => heard.over));
    expect(all.every(({ heard }) => heard.messages.length === 1 && heard.error === undefined)).toBe(true);
    expect(node.sessions).toHaveLength(1);
  });

  it('have a bounded part under way while nobody takes it, and go on with the rest', async () => {
    const count = 512;
    let written = 0;
    const writeAll = async (call: ServerHttp2Stream): Promise<void> => {
      for (; written < count; written++) if (!call.write(aMessage(16 * KIBIBYTE))) await once(call, 'drain');
      call.end();
    };
    answer = (call) => void writeAll(call);
    const { heard, answers, takeAll } = listening(1);
    await channel.open(STREAM, answers);
    await until(() => heard.messages.length > 0);
    await delay(100);
    // What the window of the call lets through, and what lies in the buffers of both sides.
    expect(written).toBeLessThan(32);
    // Another read is not held up by it, nor is it by the window of the connection.
    answer = (call) => call.end(aMessage(MEBIBYTE));
    const other = listening();
    await channel.open(STREAM, other.answers);
    await until(() => other.heard.over);
    expect(other.heard.messages).toHaveLength(1);
    takeAll();
    await until(() => heard.over);
    expect(heard.messages).toHaveLength(count);
    expect(heard.error).toBeUndefined();
  });

  it('end at the node, too, as soon as they are closed', async () => {
    answer = (call) => call.write(aMessage(1));
    const { heard, answers } = listening();
    const read = await channel.open(STREAM, answers);
    await until(() => heard.messages.length === 1);
    read.close();
    await until(() => calls[0]!.closed);
    expect(calls[0]!.rstCode).toBe(constants.NGHTTP2_CANCEL);
  });

  it('are told of a connection that is lost, and connect again', async () => {
    answer = (call) => call.write(aMessage(1));
    const { heard, answers } = listening();
    await channel.open(STREAM, answers);
    await until(() => heard.messages.length === 1);
    node.sessions[0]!.destroy();
    await until(() => heard.over);
    expect(heard.error).toMatchObject({ type: 'unavailable' });
    answer = (call) => call.end(aMessage(1));
    const again = listening();
    await channel.open(STREAM, again.answers);
    await until(() => again.heard.over);
    expect(again.heard.messages).toHaveLength(1);
  });

  it('are not over as if all had come where the connection ends here before all was taken', async () => {
    const begunWith = Buffer.concat(Array.from({ length: 8 }, () => aMessage(KIBIBYTE)));
    answer = (call) => {
      call.write(begunWith);
      // In a piece of its own, when the first has filled what there was room for.
      setTimeout(() => call.end(aMessage(KIBIBYTE)), 50);
    };
    const { heard, answers } = listening(1);
    await channel.open(STREAM, answers);
    await until(() => calls[0]?.closed === true);
    await delay(20);
    channel.close();
    await until(() => heard.over);
    expect(heard.messages).toHaveLength(8);
    expect(heard.error).toMatchObject({ type: 'unavailable' });
  });

  it('are not over as if all had come where the node ends within a message', async () => {
    answer = (call) => call.end(Buffer.concat([aMessage(1), aMessage(KIBIBYTE).subarray(0, 500)]));
    const { heard, answers } = listening();
    await channel.open(STREAM, answers);
    await until(() => heard.over);
    expect(heard.messages).toHaveLength(1);
    expect(heard.error?.message).toBe('The node answers with an end within a message.');
    expect(channel.isUsable).toBe(false);
  });

  it('leave a node that shuts down, which still answers what it has', async () => {
    answer = (call) => call.write(aMessage(1));
    const before = listening();
    await channel.open(STREAM, before.answers);
    await until(() => before.heard.messages.length === 1);
    node.sessions[0]!.goaway();
    await delay(20);
    const after = listening();
    await channel.open(STREAM, after.answers);
    await until(() => after.heard.messages.length === 1);
    expect(node.sessions).toHaveLength(2);
    calls[0]!.end(aMessage(1));
    await until(() => before.heard.over);
    expect(before.heard).toMatchObject({ error: undefined, messages: { length: 2 } });
  });

  it('leave to the package what counts nothing, and everything for a while where they cannot connect', async () => {
    await expect(channel.open({ ...STREAM, from: -1 }, listening().answers)).rejects.toThrow(NotByChannel);
    expect(channel.isUsable).toBe(true);
    const nowhere = channelTo('127.0.0.1:1');
    await expect(nowhere.open(STREAM, listening().answers)).rejects.toThrow(NotByChannel);
    expect(nowhere.isUsable).toBe(false);
  });

  it('leave a node alone for long that answers what is no answer', async () => {
    answer = (call) => call.write(Buffer.concat(framed(Buffer.from([0x0a, 0x7f, 0x00]))));
    const { heard, answers } = listening();
    const onMessage = (message: Buffer): boolean => decodeMessage(message).kind === 'event';
    await channel.open(STREAM, { ...answers, onMessage });
    await until(() => heard.over);
    expect(heard.error?.message).toBe('The node answers with what is no answer to a read.');
    expect(channel.isUsable).toBe(false);
    await until(() => calls[0]!.closed);
  });
});
