import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type protobuf from 'protobufjs';
import { TOLD } from '../../documentation/proto/protocol.js';
import { asMessage } from './json-form.js';

interface ServerSentEvent {
  readonly id: string | undefined;
  readonly data: string | undefined;
}

/** Whether its stream goes on for ever, and can be gone on with after any message. */
export const isResumable = ({ name }: protobuf.Type): boolean => name.startsWith(TOLD);

/** Writes the server-sent events of a stream to a call, as fast as the caller takes them. Ends with the stream. */
export const tellEvents = async (
  stream: Readable,
  call: ServerWritableStream<object, object>,
  type: protobuf.Type,
): Promise<void> => {
  const gone = new AbortController();
  call.once('cancelled', () => gone.abort());
  for await (const event of serverSentEvents(stream)) {
    if (call.cancelled) return;
    const message = messageOf(event, type);
    // Whoever goes while the call is full drains nothing any more.
    if (message && !call.write(message)) await once(call, 'drain', gone).catch(() => undefined);
  }
};

/** Without data, an event only says how far the log was looked through, or that somebody is there. */
const messageOf = ({ id, data }: ServerSentEvent, type: protobuf.Type): object | undefined => {
  const thing = data === undefined ? undefined : (JSON.parse(data) as Readonly<Record<string, unknown>>);
  if (!isResumable(type)) return thing && asMessage(type, thing);
  const noun = type.name.slice(TOLD.length).toLowerCase();
  return id === undefined ? undefined : asMessage(type, { position: id, ...(thing && { [noun]: thing }) });
};

async function* serverSentEvents(stream: Readable): AsyncGenerator<ServerSentEvent> {
  let rest = '';
  try {
    for await (const chunk of stream.setEncoding('utf8')) {
      const blocks = (rest + String(chunk)).split('\n\n');
      rest = blocks.pop()!;
      for (const block of blocks) {
        const fields = new Map(block.split('\n').map((line) => splitAt(line, ': ')));
        yield { id: fields.get('id'), data: fields.get('data') };
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
