import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { framed, FrameReader } from './grpc-frames.js';
import { ProtocolSurprise } from './surprise.js';

const MOST_BYTES = 1024 * 1024;

const messages = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 10 });
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 10 });

const piecesOf = (bytes: Buffer, at: readonly number[]): Buffer[] => {
  const ends = [...at.map((part) => Math.floor(part * bytes.length)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
};

describe('what arrives of a call', () => {
  it('is the messages that were sent, however it was cut on the way', () => {
    fc.assert(
      fc.property(messages, cuts, (sent, at) => {
        const reader = new FrameReader(MOST_BYTES);
        const received = piecesOf(Buffer.concat(sent.flatMap(framed)), at).flatMap((piece) => [...reader.read(piece)]);
        expect(received.map((message) => [...message])).toEqual(sent.map((message) => [...message]));
      }),
    );
  });

  it('is a large message that comes in many pieces', () => {
    const large = Buffer.alloc(MOST_BYTES, 'x');
    const reader = new FrameReader(MOST_BYTES);
    const bytes = Buffer.concat([...framed(large), ...framed(Buffer.from('next'))]);
    const pieces = piecesOf(
      bytes,
      Array.from({ length: 999 }, (_, index) => index / 1_000),
    );
    expect(pieces.flatMap((piece) => [...reader.read(piece)]).map(({ length }) => length)).toEqual([MOST_BYTES, 4]);
  });

  it('is refused where a message is larger than any should be', () => {
    const reader = new FrameReader(9);
    expect(() => [...reader.read(Buffer.concat(framed(Buffer.alloc(10))))]).toThrow(ProtocolSurprise);
  });
});
