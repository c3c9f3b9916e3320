import { type ReadableOptions, type TransformCallback } from 'node:stream';

import { type AllStreamSubscription, type StreamingRead } from '@eventstore/db-client';

import { Inbox } from './inbox.js';

type PackageStream = StreamingRead<unknown> | AllStreamSubscription;

const MESSAGES_UNDER_WAY = 64;

export interface Call<Item> {
  readonly inbox: Inbox<Item>;
  close(): void;
}

/**
 * Opens a call whose messages go to an inbox. The package would pipe them through a transformation of its own, in which
 * checkpoints overtake events; its options let us put ours in its place, and with it the inbox's back-pressure.
 * @param put takes a message; false if the inbox is full and will call `goOn`
 */
export const openCall = <Item>(
  start: (options: ReadableOptions) => PackageStream,
  put: (inbox: Inbox<Item>, message: Buffer, goOn: () => void) => boolean,
): Call<Item> => {
  const inbox = new Inbox<Item>();
  const options = {
    highWaterMark: MESSAGES_UNDER_WAY,
    transform(message: Buffer, _encoding: BufferEncoding, goOn: TransformCallback) {
      try {
        if (put(inbox, message, goOn)) goOn();
      } catch (error) {
        inbox.end(error as Error);
      }
    },
  };
  const stream = start(options);
  stream.on('error', (error: Error) => inbox.end(error));
  stream.on('finish', () => inbox.end());
  stream.resume();
  return { inbox, close: () => closeQuietly(stream) };
};

/** A call that never came about cannot be cancelled either; whoever opened it knows from the inbox. */
const closeQuietly = (stream: PackageStream): void => {
  const cancelled = 'unsubscribe' in stream ? stream.unsubscribe() : stream.cancel();
  cancelled.catch(() => undefined);
};
