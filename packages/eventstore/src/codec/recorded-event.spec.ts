import streams from '@eventstore/db-client/generated/streams_pb.js';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { TOMBSTONE_REVISION } from '../storage/storage.js';
import { createdOf, dataOf, idOf, isJson, isOfSystemStream, streamNameOf, typeOf } from './record-fields.js';
import { encodeRecord, type Place, type ProposedEvent } from './recorded-event.js';
import { withStructuredId } from './structured-ids.js';

const { ReadResp } = streams;

const events: fc.Arbitrary<ProposedEvent> = fc.record({
  id: fc.uuid(),
  type: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
  isJson: fc.boolean(),
  data: fc.uint8Array({ maxLength: 300 }),
  metadata: fc.uint8Array({ maxLength: 300 }),
});

const places: fc.Arbitrary<Place> = fc.record({
  stream: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
  revision: fc.maxSafeNat(),
  position: fc.maxSafeNat(),
  created: fc.bigInt({ min: 10_000n, max: 10n ** 18n }).map(String),
});

/** As the client package reads it. */
const decoded = (record: Buffer) => {
  const event = ReadResp.deserializeBinary(record).getEvent();
  const recorded = event?.getEvent();
  if (event === undefined || recorded === undefined) throw new Error('It is not an event.');
  return { event, recorded };
};

describe('a recorded event', () => {
  it('is read by the client package as it was proposed and placed', () => {
    fc.assert(
      fc.property(events, places, (proposed, place) => {
        const { event, recorded } = decoded(encodeRecord(proposed, place));
        expect(event.getCommitPosition()).toBe(String(place.position));
        expect(recorded.getCommitPosition()).toBe(String(place.position));
        expect(recorded.getPreparePosition()).toBe(String(place.position));
        expect(recorded.getStreamRevision()).toBe(String(place.revision));
        expect(recorded.getId()?.getString()).toBe(proposed.id);
        expect(Buffer.from(recorded.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString()).toBe(place.stream);
        expect(recorded.getMetadataMap().get('type')).toBe(proposed.type);
        expect(recorded.getMetadataMap().get('created')).toBe(place.created);
        expect(recorded.getMetadataMap().get('content-type')).toBe(
          proposed.isJson ? 'application/json' : 'application/octet-stream',
        );
        expect(Buffer.from(recorded.getData_asU8())).toEqual(Buffer.from(proposed.data));
        expect(Buffer.from(recorded.getCustomMetadata_asU8())).toEqual(Buffer.from(proposed.metadata));
      }),
    );
  });

  it('tells what is asked of it without being decoded', () => {
    fc.assert(
      fc.property(events, places, (proposed, place) => {
        const record = encodeRecord(proposed, place);
        expect([streamNameOf(record), typeOf(record), idOf(record), isJson(record)]).toEqual([
          place.stream,
          proposed.type,
          proposed.id,
          proposed.isJson,
        ]);
        expect(Buffer.from(dataOf(record))).toEqual(Buffer.from(proposed.data));
        expect(createdOf(record)).toBe(Number(BigInt(place.created) / 10_000n));
        expect(isOfSystemStream(record)).toBe(place.stream.startsWith('$'));
      }),
    );
  });

  it('may be the last that its stream can have', () => {
    const [proposed] = fc.sample(events, 1);
    const place = { stream: 'a', revision: TOMBSTONE_REVISION, position: 7, created: '0' };
    if (proposed === undefined) throw new Error('There is no sample.');
    expect(decoded(encodeRecord(proposed, place)).recorded.getStreamRevision()).toBe('9223372036854775807');
  });

  it('can be given with its id as two numbers, and otherwise unchanged', () => {
    fc.assert(
      fc.property(events, places, (proposed, place) => {
        const record = encodeRecord(proposed, place);
        const { event, recorded } = decoded(withStructuredId(record));
        const halves = recorded.getId()?.getStructured();
        const bytes = Buffer.alloc(16);
        bytes.writeBigInt64BE(BigInt(halves?.getMostSignificantBits() ?? 0), 0);
        bytes.writeBigInt64BE(BigInt(halves?.getLeastSignificantBits() ?? 0), 8);
        expect(bytes.toString('hex')).toBe(proposed.id.replaceAll('-', ''));
        recorded.setId(decoded(record).recorded.getId());
        expect(event.toObject()).toEqual(decoded(record).event.toObject());
      }),
    );
  });
});
