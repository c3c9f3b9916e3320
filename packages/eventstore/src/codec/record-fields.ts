/** Codec: finds in a stored event what filters and idempotency checks need, by the order that `recorded-event` writes. */
import { fieldSize } from './byte-writer.js';

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

const DOLLAR = 0x24;

/** By the first byte of its name. */
export const isOfSystemStream = (record: Buffer): boolean => record[streamNameAt(record)[0]] === DOLLAR;

export const typeOf = (record: Buffer): string => record.toString('utf8', ...typeAt(record));

export const idOf = (record: Buffer): string => {
  const end = typeAt(record)[1] + ID_SIZE;
  return record.toString('latin1', end - UUID_LENGTH, end);
};

const TAG_SIZE = 1;
const CONTENT_TYPE_KEY_SIZE = fieldSize('content-type'.length);
const CREATED_KEY_SIZE = fieldSize('created'.length);
const DATA_TAG = 0x42;
const TICKS_DIGITS = 4;

const afterVarint = (record: Buffer, at: number): number => {
  let next = at + TAG_SIZE;
  while ((record[next] ?? 0) >= 0x80) next++;
  return next + 1;
};

/** The two properties that follow the id and three numbers. */
const contentTypeAt = (record: Buffer): Span => {
  let at = typeAt(record)[1] + ID_SIZE;
  for (let number = 0; number < 3; number++) at = afterVarint(record, at);
  const [entry] = contentsAt(record, at);
  return contentsAt(record, entry + CONTENT_TYPE_KEY_SIZE);
};

const createdAt = (record: Buffer): Span => {
  const [entry] = contentsAt(record, contentTypeAt(record)[1]);
  return contentsAt(record, entry + CREATED_KEY_SIZE);
};

/** Milliseconds since 1970. */
export const createdOf = (record: Buffer): number => {
  const [start, end] = createdAt(record);
  return Number(record.toString('latin1', start, end - TICKS_DIGITS));
};

export const isJson = (record: Buffer): boolean =>
  record.toString('latin1', ...contentTypeAt(record)) === 'application/json';

const NOTHING = Buffer.alloc(0);

/** A view of the record's bytes. */
export const dataOf = (record: Buffer): Buffer => {
  const end = recordedAt(record)[1];
  for (let at = createdAt(record)[1]; at < end; at = contentsAt(record, at)[1]) {
    if (record[at] === DATA_TAG) return record.subarray(...contentsAt(record, at));
  }
  return NOTHING;
};

/** The `RecordedEvent` within the answer that carries it. */
export const recordedEventOf = (record: Buffer): Buffer => record.subarray(...recordedAt(record));

/** The same `RecordedEvent`, given its id in another form. */
export const withId = (recorded: Buffer, encodeId: (id: string) => Buffer): Buffer => {
  const name = contentsAt(recorded, 0);
  const type = contentsAt(recorded, name[1]);
  const end = type[1] + ID_SIZE;
  const id = encodeId(recorded.toString('latin1', end - UUID_LENGTH, end));
  return Buffer.concat([recorded.subarray(0, type[1]), id, recorded.subarray(end)]);
};
