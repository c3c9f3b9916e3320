import { Client, type ServiceError } from '@grpc/grpc-js';
import { v4 as randomId } from 'uuid';

import {
  bytesOf,
  encode,
  type FieldWriter,
  readFields,
  sint64,
  writeBytes,
  writeInteger,
  writeMessage,
  writeSint,
  writeString,
} from '../codec/fields.js';
import { channelOf } from './setting.js';

/** What a property of a record may be. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/** For tests: a record, as the newer protocol has events. */
export interface SessionRecord {
  readonly id?: string;
  readonly format?: number;
  readonly name?: string;
  readonly data?: string;
  readonly properties?: Readonly<Record<string, Value>>;
}

export interface SessionRequest {
  readonly stream: string;
  readonly records: readonly SessionRecord[];
  readonly expected?: number;
}

export interface SessionAnswer {
  readonly revisions: Readonly<Record<string, bigint>>;
  readonly position: bigint;
}

/** The refusal of a session, of which the details say more than the code. */
export interface SessionRefusal {
  readonly code: number;
  readonly reason: string | undefined;
  /** The stream of a conflict, with what was expected and what was found. */
  readonly conflict: { readonly stream: string; readonly expected: bigint; readonly actual: bigint } | undefined;
}

const JSON_FORMAT = 1;
const asIs = (bytes: Buffer): Buffer => bytes;
const PATH = '/kurrentdb.protocol.v2.streams.StreamsService/AppendSession';

export class RawSessions {
  private readonly client: Client;

  constructor(connectionString: string) {
    this.client = new Client(new URL(connectionString).host, channelOf(connectionString));
  }

  /** Rejects with a `SessionRefusal`. */
  append(...requests: readonly SessionRequest[]): Promise<SessionAnswer> {
    return new Promise((resolve, reject) => {
      const call = this.client.makeClientStreamRequest(PATH, asIs, asIs, (error, answer) => {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- What is refused is what is looked at.
        if (error !== null) reject(refusalIn(error));
        else resolve(answerIn(answer!));
      });
      for (const request of requests) call.write(encodeRequest(request));
      call.end();
    });
  }

  close(): void {
    this.client.close();
  }
}

const encodeRequest = ({ stream, records, expected }: SessionRequest): Buffer =>
  encode((writer) => {
    writeString(writer, 1, stream);
    for (const record of records) writeMessage(writer, 2, (one) => writeRecord(one, record));
    if (expected !== undefined) writeSint(writer, 3, expected);
  });

const writeRecord = (writer: FieldWriter, record: SessionRecord): void => {
  const { id = randomId(), format = JSON_FORMAT, name = 'Letter', data = '{}', properties = {} } = record;
  writeString(writer, 1, id);
  for (const [key, value] of Object.entries(properties)) writeEntry(writer, 2, key, value);
  writeMessage(writer, 3, (schema) => {
    writeInteger(schema, 1, format);
    writeString(schema, 2, name);
  });
  writeBytes(writer, 4, Buffer.from(data));
};

const writeEntry = (writer: FieldWriter, field: number, key: string, value: Value): void =>
  writeMessage(writer, field, (entry) => {
    writeString(entry, 1, key);
    writeMessage(entry, 2, (one) => writeValue(one, value));
  });

const writeValue = (writer: FieldWriter, value: Value): void => {
  if (value === null) writeInteger(writer, 1, 0);
  else if (typeof value === 'number') writer.uint32((2 << 3) | 1).double(value);
  else if (typeof value === 'string') writeString(writer, 3, value);
  else if (typeof value === 'boolean') writeInteger(writer, 4, Number(value));
  else if (Array.isArray(value)) {
    writeMessage(writer, 6, (list) => {
      for (const one of value as readonly Value[]) writeMessage(list, 1, (each) => writeValue(each, one));
    });
  } else {
    writeMessage(writer, 5, (struct) => {
      for (const [key, one] of Object.entries(value)) writeEntry(struct, 1, key, one);
    });
  }
};

const answerIn = (bytes: Buffer): SessionAnswer => {
  const revisions: Record<string, bigint> = {};
  let position = 0n;
  readFields(bytes, {
    1: (reader) => {
      const output = { stream: '', revision: 0n };
      readFields(bytesOf(reader), {
        1: (field) => (output.stream = field.string()),
        2: (field) => (output.revision = sint64(field)),
      });
      revisions[output.stream] = output.revision;
    },
    2: (reader) => (position = sint64(reader)),
  });
  return { revisions, position };
};

const refusalIn = ({ code, metadata }: ServiceError): SessionRefusal => {
  const [details] = metadata.get('grpc-status-details-bin');
  const refusal: { -readonly [Key in keyof SessionRefusal]: SessionRefusal[Key] } = {
    code,
    reason: undefined,
    conflict: undefined,
  };
  if (!Buffer.isBuffer(details)) return refusal;
  readFields(details, {
    3: (reader) => {
      const any: { kind: string; value: Buffer } = { kind: '', value: Buffer.alloc(0) };
      readFields(bytesOf(reader), {
        1: (field) => (any.kind = field.string().split('.').at(-1)!),
        2: (field) => (any.value = bytesOf(field)),
      });
      if (any.kind === 'ErrorInfo') readFields(any.value, { 1: (field) => (refusal.reason = field.string()) });
      if (any.kind === 'StreamRevisionConflictErrorDetails') refusal.conflict = conflictIn(any.value);
    },
  });
  return refusal;
};

const conflictIn = (bytes: Buffer): SessionRefusal['conflict'] => {
  const conflict = { stream: '', expected: 0n, actual: 0n };
  readFields(bytes, {
    1: (field) => (conflict.stream = field.string()),
    2: (field) => (conflict.expected = sint64(field)),
    3: (field) => (conflict.actual = sint64(field)),
  });
  return conflict;
};
