import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { PublicEvent } from '#contracts';
import type { ServerWritableStream } from '@grpc/grpc-js';
import { structOf } from './struct.js';

/** Writes the server-sent events of a stream to a call, as fast as the caller takes them. Ends with the stream. */
export const tellEvents = async (stream: Readable, call: ServerWritableStream<object, object>): Promise<void> => {
  const gone = new AbortController();
  call.once('cancelled', () => gone.abort());
  for await (const { id, data } of serverSentEvents(stream)) {
    if (call.cancelled) return;
    const event = data === undefined ? {} : { event: messageOf(JSON.parse(data) as PublicEvent) };
    // Whoever goes while the call is full drains nothing any more.
    if (!call.write({ ...event, position: id })) await once(call, 'drain', gone).catch(() => undefined);
  }
};

const messageOf = ({ data, ...event }: PublicEvent): object => ({ ...event, data: structOf(data) });

/** Those that have an id: without data, they only say how far the log was looked through. */
async function* serverSentEvents(stream: Readable): AsyncGenerator<{ readonly id: string; readonly data?: string }> {
  let rest = '';
  try {
    for await (const chunk of stream.setEncoding('utf8')) {
      const blocks = (rest + String(chunk)).split('\n\n');
      rest = blocks.pop()!;
      for (const block of blocks) {
        const fields = new Map(block.split('\n').map((line) => splitAt(line, ': ')));
        const id = fields.get('id');
        const data = fields.get('data');
        if (id !== undefined) yield { id, ...(data === undefined ? {} : { data }) };
      }
    }
  } catch (error) {
    // Closed from our side: the caller is gone.
    if ((error as NodeJS.ErrnoException).code !== 'LIGHT_ECONNRESET') throw error;
  }
}

const splitAt = (line: string, separator: string): [string, string] => {
  const at = line.indexOf(separator);
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + separator.length)];
};
