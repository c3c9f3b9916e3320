/** Semantics: links, events of type `$>` that stand for another event: `revision@stream`. */
import { encodeResolved } from '../codec/resolved-event.js';
import { dataOf, typeOf } from '../codec/record-fields.js';
import { type Streams } from './streams.js';

const LINK_TYPE = '$>';
/** As .NET reads a number: blanks and a sign may stand around it. */
const REVISION = /^\s{0,9}[+-]?[0-9]{1,32}\s{0,9}$/;
const LEAST = -(2n ** 63n);
const GREATEST = 2n ** 63n - 1n;

/** How an event is answered to a reader who wants links resolved. */
export type ResolveLinks = (record: Buffer, position: number) => Buffer;

/** What cannot be found is answered as the link alone; what names no revision is no link. One step only. */
export const resolvingLinks =
  (streams: Streams): ResolveLinks =>
  (record, position) => {
    if (typeOf(record) !== LINK_TYPE) return record;
    const text = dataOf(record).toString();
    const at = text.indexOf('@');
    const revision = revisionIn(at < 0 ? text : text.slice(0, at));
    if (revision === undefined) return record;
    const target = at < 0 || revision < -1 ? undefined : streams.shownEvent(text.slice(at + 1), revision);
    return encodeResolved(record, target?.record, position);
  };

const revisionIn = (text: string): number | undefined => {
  if (!REVISION.test(text)) return undefined;
  const revision = BigInt(text.trim().replace(/^\+/, ''));
  return revision < LEAST || revision > GREATEST ? undefined : Number(revision);
};
