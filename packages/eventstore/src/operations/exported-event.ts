/**
 * Operations: an event as a line of JSON. Bodies that are JSON as `JSON.stringify` writes it stand there as such, to be read
 * and searched; all others are base64. Either way every byte comes back.
 */
import { OperationRefused } from './operation.js';

export interface ExportedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

type Body = { readonly json: unknown } | { readonly base64: string };

export const writeLine = ({ data, metadata, created, ...event }: ExportedEvent): string =>
  JSON.stringify({
    ...event,
    created: new Date(created).toISOString(),
    ...(data.length > 0 && { data: bodyOf(data) }),
    ...(metadata.length > 0 && { metadata: bodyOf(metadata) }),
  });

const bodyOf = (bytes: Uint8Array): Body => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const json: unknown = JSON.parse(buffer.toString());
    if (Buffer.from(JSON.stringify(json)).equals(buffer)) return { json };
  } catch {
    // Not JSON at all.
  }
  return { base64: buffer.toString('base64') };
};

const NOTHING = Buffer.alloc(0);

const bytesOf = (body: unknown): Uint8Array => {
  if (body === undefined) return NOTHING;
  if (isObject(body) && typeof body['base64'] === 'string') return Buffer.from(body['base64'], 'base64');
  if (isObject(body) && 'json' in body) return Buffer.from(JSON.stringify(body['json']));
  throw new OperationRefused('a body is neither "json" nor "base64"');
};

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @throws OperationRefused */
export const readEvent = (line: Readonly<Record<string, unknown>>): ExportedEvent => {
  const { stream, revision, id, type, isJson, created } = line;
  if (typeof stream !== 'string' || stream === '') throw new OperationRefused('"stream" is not a name');
  if (typeof revision !== 'number' || !Number.isInteger(revision) || revision < 0)
    throw new OperationRefused('"revision" is not one');
  if (typeof id !== 'string' || !ID.test(id)) throw new OperationRefused('"id" is not a UUID');
  if (typeof type !== 'string' || type === '') throw new OperationRefused('"type" is not a name');
  if (typeof isJson !== 'boolean') throw new OperationRefused('"isJson" is neither true nor false');
  const time = typeof created === 'string' ? Date.parse(created) : NaN;
  if (Number.isNaN(time)) throw new OperationRefused('"created" is not an instant');
  const bodies = { data: bytesOf(line['data']), metadata: bytesOf(line['metadata']) };
  return { stream, revision, id, type, isJson, created: time, ...bodies };
};

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
