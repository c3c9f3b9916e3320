/** Codec: finds in a stored event what filters and idempotency checks need, by the order that `recorded-event` writes. */
import { fieldSize } from './byte-writer.js';
import { encode, writeBytes, writeInteger, writeMessage } from './fields.js';
import { uuidHalves } from './uuid.js';

const TYPE_KEY_SIZE = fieldSize('type'.length);
const UUID_LENGTH = 36;
const ID_SIZE = fieldSize(fieldSize(UUID_LENGTH));

type Span = readonly [start: number, end: number];

/** Where the contents of the field that begins at `at` stand; its tag takes one byte. */
const contentsAt = (record: Buffer, at: number): Span => {
  let length = 0;
  let scale = 1;
  for (let next = at + 1; next < record.length; next++) {
    const byte = record[next] ?? 0;
    length += (byte & 0x7f) * scale;
    if (byte < 0x80) return [next + 1, next + 1 + length];
    scale *= 0x80;
  }
  throw new RangeError('A stored event ends within a number.');
};

const recordedAt = (record: Buffer): Span => contentsAt(record, contentsAt(record, 0)[0]);

const streamNameAt = (record: Buffer): Span => contentsAt(record, contentsAt(record, recordedAt(record)[0])[0]);

const typeAt = (record: Buffer): Span => {
  const [entry] = contentsAt(record, streamNameAt(record)[1]);
  return contentsAt(record, entry + TYPE_KEY_SIZE);
};

export const streamNameOf = (record: Buffer): string => record.toString('utf8', ...streamNameAt(record));

export const typeOf = (record: Buffer): string => record.toString('utf8', ...typeAt(record));

export const idOf = (record: Buffer): string => {
  const end = typeAt(record)[1] + ID_SIZE;
  return record.toString('latin1', end - UUID_LENGTH, end);
};

const EVENT_TAG = 0x0a;

/** For readers that ask for ids as two numbers instead of text. Messages other than events pass as they are. */
export const withStructuredId = (record: Buffer): Buffer => {
  if (record[0] !== EVENT_TAG) return record;
  const [start, end] = recordedAt(record);
  const id = typeAt(record)[1];
  const [high, low] = uuidHalves(idOf(record));
  const structured = encode((writer) =>
    writeMessage(writer, 1, (uuid) =>
      writeMessage(uuid, 1, (halves) => {
        writeInteger(halves, 1, high);
        writeInteger(halves, 2, low);
      }),
    ),
  );
  const recorded = Buffer.concat([record.subarray(start, id), structured, record.subarray(id + ID_SIZE, end)]);
  const readEvent = encode((writer) => writeBytes(writer, 1, recorded));
  const event = Buffer.concat([readEvent, record.subarray(end)]);
  return encode((writer) => writeBytes(writer, 1, event));
};
