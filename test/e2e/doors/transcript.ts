import type { Any } from '../../services/test-client.js';
import type { Reply } from './door-client.js';

/** What Protobuf has no word for: it says the same as nothing. */
const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === false ||
  value === '' ||
  value === '0' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

export const sparse = (value: Any): Any => {
  if (Array.isArray(value)) return value.map(sparse);
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, sparse(member)] as const);
  return Object.fromEntries(members.filter(([, member]) => !isNothing(member)));
};

/** What is another one with each request: ids, moments, places in the log and cursors. */
const anonymous = (text: string, unique: string): string =>
  text
    .replaceAll(unique, '<unique>')
    .replaceAll(/\b(acc|sub|run|inv|lin)_[a-z0-9]{26}\b/g, '<$1>')
    .replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"<instant>"')
    .replaceAll(/"(position|revision|next|previous)":"[^"]+"/g, '"$1":"<$1>"');

/** What a caller learned, in the words that all doors share. */
export const transcript = (replies: readonly Reply[], unique: string): unknown =>
  JSON.parse(
    anonymous(
      JSON.stringify(
        replies.map(({ status, headers, body }) => ({
          status: status < 400 ? 'done' : status,
          replayed: headers['idempotency-replayed'] ?? 'false',
          etag: 'etag' in headers,
          position: 'recount-position' in headers,
          body: sparse(status < 400 ? body : { code: body.code, detail: body.detail, errors: body.errors }),
        })),
      ),
      unique,
    ),
  );
