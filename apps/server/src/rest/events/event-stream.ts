import { Readable } from 'node:stream';
import type { FeedPage } from '../../feed/event-feed.js';

/** Sent at once, so that the client knows that it listens; and how long it waits before it comes back. */
const PREFACE = ': Recount tells events from here on.\nretry: 2000\n\n';
const LAST_CHUNK_MILLISECONDS_MAX = 2_000;

/**
 * Pages as server-sent events. The id is the position, so that `Last-Event-ID` goes on after it; a page without events moves it
 * on, too, and is the heartbeat. Nothing is read ahead: the next page is asked for when the socket has taken the one before.
 */
export const eventStream = (pages: AsyncIterable<FeedPage>, ending: AbortSignal): Readable => {
  const stream = Readable.from(chunks(pages), { objectMode: false });
  const cutOff = (): void => {
    // Whoever takes nothing would not take the end either.
    setTimeout(() => stream.destroy(), LAST_CHUNK_MILLISECONDS_MAX).unref();
  };
  ending.addEventListener('abort', cutOff, { once: true });
  stream.once('close', () => ending.removeEventListener('abort', cutOff));
  return stream;
};

async function* chunks(pages: AsyncIterable<FeedPage>): AsyncGenerator<string> {
  yield PREFACE;
  for await (const page of pages) yield chunkOf(page);
}

const chunkOf = ({ events, position }: FeedPage): string => {
  const told = events.map((event) => `id: ${event.position}\ndata: ${JSON.stringify(event)}\n\n`);
  const last = events.at(-1);
  // Without data a client remembers the id and tells its application nothing.
  const looked =
    last !== undefined && BigInt(last.position) >= position ? [] : [`: looked so far\nid: ${position}\n\n`];
  return [...told, ...looked].join('');
};
