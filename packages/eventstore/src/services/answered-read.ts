/** Services: one read, of a stream or of the whole log, from its request to its last message. */
import { type ReadRequest } from '../codec/read-requests.js';
import { encodeFirstStreamPosition, encodeLastStreamPosition, encodeStreamNotFound } from '../codec/read-responses.js';
import { type EventStore } from '../event-store.js';
import { eventFilter, everyEvent, shownInLog } from '../semantics/event-filter.js';
import { resolvingLinks } from '../semantics/links.js';
import { spanOfLog, spanOfStream } from '../semantics/read-span.js';
import { type Shown, StreamDeleted } from '../semantics/streams.js';
import { followedLog, followedStream } from '../subscriptions/followed.js';
import { asStored, read } from '../subscriptions/reading.js';
import { type Sink } from '../subscriptions/sink.js';

/** @throws StreamDeleted | InvalidPattern | ForwardFromEnd */
export const answerRead = async (store: EventStore, request: ReadRequest, most: bigint, sink: Sink): Promise<void> => {
  const { stream, from, backward, filter, resolveLinks } = request;
  const limit = Math.min(Number(most), Number.MAX_SAFE_INTEGER);
  const answer = resolveLinks ? resolvingLinks(store.streams) : asStored;
  if (stream !== undefined) {
    const view = store.streams.view(stream);
    if (view.kind === 'tombstoned') throw new StreamDeleted(stream);
    if (view.kind === 'missing') return void sink.send(encodeStreamNotFound(stream));
    const span = spanOfStream(view, from, backward);
    const bounds = request.compatibility >= 1 ? boundsOf(view, request, limit) : {};
    if (bounds.first !== undefined) sink.send(encodeFirstStreamPosition(bounds.first));
    await read(followedStream(store, stream), { span, filter: everyEvent, limit, answer }, sink);
    if (bounds.last !== undefined) sink.send(encodeLastStreamPosition(bounds.last));
    return;
  }
  const span = spanOfLog(store.storage.head, from, backward);
  const wanted = filter === undefined ? shownInLog : eventFilter(filter);
  await read(followedLog(store), { span, filter: wanted, limit, answer }, sink);
};

/** The server reads page by page, and says where the stream begins if the first page is empty. */
const PAGE = 32;

const boundsOf = (
  { first, last }: Shown,
  { from, backward }: ReadRequest,
  limit: number,
): { first?: number; last?: number } => {
  const start = from === 'start' ? 0 : Number(from);
  if (backward || from === 'end') return { last };
  const endOfPage = start + Math.min(PAGE, limit) - 1;
  if (endOfPage < first) return { first, last };
  return start > last + 1 ? { first: last + 1, last } : { last };
};
