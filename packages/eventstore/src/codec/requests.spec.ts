import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { readAppendMessage, readBatchAppendChunk } from './append-requests.js';
import { encode, MalformedMessage, writeBytes, writeEmpty, writeInteger, writeMessage } from './fields.js';
import { MissingProperty, readProposedEvent } from './proposed-event.js';
import { readReadRequest, NoInterval } from './read-requests.js';

const { AppendReq, BatchAppendReq, ReadReq } = streams;
const { Empty, StreamIdentifier, UUID } = shared;

const ID = '5a1f4a52-1f6a-4b3e-8f0e-0f1e2d3c4b5a';

const identifier = (name: string) => new StreamIdentifier().setStreamName(Buffer.from(name));
const bytesOf = (message: { serializeBinary(): Uint8Array }): Buffer => Buffer.from(message.serializeBinary());

const aMessage = () => {
  const message = new AppendReq.ProposedMessage().setId(new UUID().setString(ID.toUpperCase()));
  message.getMetadataMap().set('content-type', 'application/json').set('type', 'Opened').set('more', 'ignored');
  return message.setData(Buffer.from('{}')).setCustomMetadata(Buffer.from('[]'));
};

const halvesOf = (uuid: string) => {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  const structured = new UUID.Structured().setMostSignificantBits(String(bytes.readBigInt64BE(0)));
  return new UUID().setStructured(structured.setLeastSignificantBits(String(bytes.readBigInt64BE(8))));
};

describe('a proposed event', () => {
  it('is read from what the client package writes', () => {
    expect(readProposedEvent(bytesOf(aMessage()))).toEqual({
      id: ID,
      type: 'Opened',
      isJson: true,
      data: Buffer.from('{}'),
      metadata: Buffer.from('[]'),
    });
  });

  it('may have its id as two numbers', () => {
    expect(readProposedEvent(bytesOf(aMessage().setId(halvesOf(ID)))).id).toBe(ID);
  });

  it('needs a type and an id', () => {
    const untyped = aMessage();
    untyped.getMetadataMap().del('type');
    expect(() => readProposedEvent(bytesOf(untyped))).toThrow(MissingProperty);
    const nameless = aMessage();
    nameless.clearId();
    expect(() => readProposedEvent(bytesOf(nameless))).toThrow(/empty UUID/u);
    const five = new UUID().setString('five');
    expect(() => readProposedEvent(bytesOf(aMessage().setId(five)))).toThrow(/"five" is not a UUID/u);
  });
});

describe('an append request', () => {
  it.each([
    ['exact', (options: streams.AppendReq.Options) => options.setRevision('18446744073709551615'), 2n ** 64n - 1n],
    ['no-stream', (options: streams.AppendReq.Options) => options.setNoStream(new Empty()), 'no_stream'],
    ['any', (options: streams.AppendReq.Options) => options.setAny(new Empty()), 'any'],
    ['exists', (options: streams.AppendReq.Options) => options.setStreamExists(new Empty()), 'stream_exists'],
    ['none', (options: streams.AppendReq.Options) => options, undefined],
  ] as const)('says which revision it expects [2.4/%s]', (_id, expecting, expected) => {
    const options = expecting(new AppendReq.Options().setStreamIdentifier(identifier('konto-ä')));
    const message = readAppendMessage(bytesOf(new AppendReq().setOptions(options)));
    expect(message.options).toEqual({ stream: 'konto-ä', expected, deadline: undefined });
  });

  it.each([
    ['timestamp', 6, 1_700_000_000_500],
    ['duration', 7, 1_700_000_001_500],
  ])('may be one chunk of a batch append, with a deadline as a %s [2.4/deadline]', (_id, field, deadline) => {
    const chunk = encode((writer) => {
      writeBytes(writer, 1, bytesOf(halvesOf(ID)));
      writeMessage(writer, 2, (options) => {
        writeBytes(options, 1, bytesOf(identifier('a')));
        writeEmpty(options, 4);
        writeMessage(options, field, (time) => {
          writeInteger(time, 1, 1_700_000_000);
          writeInteger(time, 2, 500_000_000);
        });
      });
      writeBytes(writer, 3, bytesOf(aMessage()));
      writeInteger(writer, 4, 1);
    });
    const now = field === 6 ? 0 : 1_000;
    expect(readBatchAppendChunk(chunk, now)).toEqual({
      correlationId: ID,
      correlation: bytesOf(halvesOf(ID)),
      options: { stream: 'a', expected: 'any', deadline },
      events: [bytesOf(aMessage())],
      isFinal: true,
    });
  });

  it('of a batch needs a correlation id', () => {
    expect(() => readBatchAppendChunk(bytesOf(new BatchAppendReq()), 0)).toThrow(MalformedMessage);
  });
});

const { Options } = ReadReq;
const ofStream = () => new Options.StreamOptions().setStreamIdentifier(identifier('a')).setRevision('7');
const ofAll = () => new Options.AllOptions().setEnd(new Empty());
const aFilter = (multiplier = 2) =>
  new Options.FilterOptions()
    .setEventType(new Options.FilterOptions.Expression().setPrefixList(['A', 'B']))
    .setCheckpointintervalmultiplier(multiplier);
const reading = (options: streams.ReadReq.Options) => readReadRequest(bytesOf(new ReadReq().setOptions(options)));

describe('a read request', () => {
  it('is for a stream', () => {
    expect(reading(new Options().setStream(ofStream()).setCount('9').setReadDirection(1))).toMatchObject({
      stream: 'a',
      from: 7n,
      limit: 9n,
      backward: true,
      structuredIds: false,
      filter: undefined,
    });
  });

  it('is for a filtered subscription to the whole log', () => {
    const options = new Options().setAll(ofAll()).setSubscription(new Options.SubscriptionOptions());
    const uuids = new Options.UUIDOption().setStructured(new Empty());
    expect(reading(options.setFilter(aFilter()).setUuidOption(uuids))).toMatchObject({
      stream: undefined,
      from: 'end',
      limit: undefined,
      structuredIds: true,
      filter: { on: 'type', prefixes: ['A', 'B'], pattern: undefined, checkpointInterval: 64 },
    });
  });

  it.each([
    ['neither stream nor log', () => new Options().setCount('1')],
    ['a stream without a name', () => new Options().setStream(new Options.StreamOptions()).setCount('1')],
    ['neither count nor subscription', () => new Options().setStream(ofStream())],
    ['a backward subscription', () => aSubscription().setReadDirection(1)],
    ['a filtered stream', () => new Options().setStream(ofStream()).setCount('1').setFilter(aFilter())],
    ['a filter without a pattern', () => aSubscription().setFilter(new Options.FilterOptions())],
  ])('is refused for %s [2.6/invalid]', (_case, options) => {
    expect(() => reading(options())).toThrow(MalformedMessage);
  });

  it('is refused for a filter without checkpoints, in the words of the server', () => {
    expect(() => reading(aSubscription().setFilter(aFilter(0)))).toThrow(NoInterval);
  });
});

const aSubscription = () => new Options().setAll(ofAll()).setSubscription(new Options.SubscriptionOptions());

describe('bytes that are no request', () => {
  it('are refused as malformed, whatever they are', () => {
    const readers = [
      readAppendMessage,
      (bytes: Uint8Array) => readBatchAppendChunk(bytes, 0),
      readProposedEvent,
      readReadRequest,
    ];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(...readers), (bytes, read) => {
        try {
          read(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedMessage);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
