import type { Readable } from 'node:stream';
import type { FoundRow } from './reading-inputs.js';
import { jsonLine } from '../../pipeline/json-body.js';

/** A body of one JSON document a line, not read yet. */
export class LinesBody {
  readonly #stream: Readable;

  constructor(stream: Readable) {
    this.#stream = stream;
  }

  get stream(): Readable {
    return this.#stream;
  }
}

export const NDJSON_TYPES = ['application/x-ndjson', 'application/ndjson'];

const LINE_BYTES_MAX = 64 * 1024;
const ROWS_PER_BATCH = 500;
const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Rows by the batch, each with the number of its line. As much is read as is asked for: a slow reader slows the sender. */
export async function* batchesOfLines(body: LinesBody): AsyncGenerator<FoundRow[]> {
  let batch: FoundRow[] = [];
  let number = 0;
  for await (const line of linesOf(body.stream)) {
    number += 1;
    const row = rowOf(number === 1 ? withoutMark(line) : line, number);
    if (row) batch.push(row);
    if (batch.length === ROWS_PER_BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** Null of an empty line. A line that was too long is undefined. */
const rowOf = (line: Buffer | undefined, number: number): FoundRow | null => {
  if (line === undefined) return unreadableLine(number, 'line_too_long', `A line has at most ${LINE_BYTES_MAX} bytes.`);
  if (isBlank(line)) return null;
  const { value, violation } = jsonLine(line);
  return { value, pointer: '', line: number, violation };
};

const unreadableLine = (line: number, code: string, message: string): FoundRow => ({
  value: null,
  pointer: '',
  line,
  violation: { pointer: '', code, message },
});

const isBlank = (line: Buffer): boolean => line.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09);

const withoutMark = (line: Buffer | undefined): Buffer | undefined =>
  line?.subarray(0, 3).equals(BYTE_ORDER_MARK) ? line.subarray(3) : line;

/** What is left of a line that is too long is passed over: no more than one line is ever kept. */
async function* linesOf(stream: Readable): AsyncGenerator<Buffer | undefined> {
  let parts: Buffer[] = [];
  let bytes = 0;
  const finished = (): Buffer | undefined => {
    const line = bytes > LINE_BYTES_MAX ? undefined : Buffer.concat(parts);
    [parts, bytes] = [[], 0];
    return line;
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      keep(chunk.subarray(from, end));
      yield finished();
      from = end + 1;
    }
    keep(chunk.subarray(from));
  }
  if (bytes > 0) yield finished();

  function keep(part: Buffer): void {
    bytes += part.length;
    if (bytes <= LINE_BYTES_MAX) parts.push(part);
    else parts = [];
  }
}
