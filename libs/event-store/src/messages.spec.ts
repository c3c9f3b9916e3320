import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { describe, expect, it } from '@jest/globals';

import { decodeEnvelope, decodeMessage } from './messages.js';

const { ReadResp } = streams;

/** As the package's own code writes it: fields in the order of their numbers. */
const anEventMessage = (data: string, position = '9007199254740993', metadata = '{"by":"spec"}'): Buffer => {
  const recorded = new ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(new shared.UUID().setString('5a1f4a52-1f6a-4b3e-8f0e-0f1e2d3c4b5a'));
  recorded.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from('konto-ä')));
  recorded.setStreamRevision('7').setPreparePosition(position).setCommitPosition(position);
  recorded.getMetadataMap().set('created', '17000000000000000').set('type', 'Gezählt');
  recorded.setCustomMetadata(Buffer.from(metadata)).setData(Buffer.from(data));
  const event = new ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(position);
  return Buffer.from(new ReadResp().setEvent(event).serializeBinary());
};

describe('a message of the protocol', () => {
  it('is an event, with a position beyond what a double can hold', () => {
    const message = anEventMessage('{"number":1}');
    expect(decodeMessage(message)).toEqual({
      kind: 'event',
      bytes: message.length,
      event: {
        id: '5a1f4a52-1f6a-4b3e-8f0e-0f1e2d3c4b5a',
        stream: 'konto-ä',
        type: 'Gezählt',
        revision: 7,
        position: 9_007_199_254_740_993n,
        data: { number: 1 },
        metadata: { by: 'spec' },
      },
    });
  });

  it.each([
    ['{ "by": "spec", "$schema.name": "Counted", "$schema.format": "Json" }', { by: 'spec' }],
    ['{ "$schema.name": "Counted", "$schema.format": "Json" }', {}],
    ['{ "$schema.format": "Json" }', { '$schema.format': 'Json' }],
    ['null', null],
  ])('is an event whose metadata are what was said: %s', (metadata, said) => {
    const message = decodeMessage(anEventMessage('{}', '1', metadata));
    expect(message.kind === 'event' && message.event.metadata).toEqual(said);
  });

  it('is an event that is not ours, and says so when it is read whole', () => {
    const message = anEventMessage('not JSON', '12');
    expect(() => decodeMessage(message)).toThrow('Stream konto-ä holds an event that is not JSON.');
    expect(decodeEnvelope(message)).toMatchObject({ stream: 'konto-ä', type: 'Gezählt', position: 12n });
  });

  it('is a checkpoint', () => {
    const checkpoint = new ReadResp.Checkpoint().setCommitPosition('5').setPreparePosition('5');
    const message = Buffer.from(new ReadResp().setCheckpoint(checkpoint).serializeBinary());
    expect(decodeMessage(message)).toEqual({ kind: 'checkpoint', position: 5n });
    expect(decodeEnvelope(message)).toBeUndefined();
  });

  it('tells that a subscription has caught up', () => {
    const message = Buffer.from(new ReadResp().setCaughtUp(new ReadResp.CaughtUp()).serializeBinary());
    expect(decodeMessage(message)).toEqual({ kind: 'caught_up' });
  });

  it('is something else', () => {
    const confirmation = new ReadResp.SubscriptionConfirmation().setSubscriptionId('1');
    const message = Buffer.from(new ReadResp().setConfirmation(confirmation).serializeBinary());
    expect(decodeMessage(message)).toEqual({ kind: 'other' });
  });
});
