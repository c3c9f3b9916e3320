import { type ReadableOptions, type TransformCallback } from 'node:stream';

import {
  type AllStreamSubscription,
  BACKWARDS,
  END,
  type EventStoreDBClient,
  FORWARDS,
  START,
  type StreamingRead,
} from '@eventstore/db-client';

import { type ReadAnswers } from './channel/read-channel.js';
import { type ReadRequest, START_OF_LOG } from './channel/read-messages.js';
import { serverFilter } from './log-filters.js';

type PackageStream = StreamingRead<unknown> | AllStreamSubscription;

const MESSAGES_UNDER_WAY = 64;

/**
 * Opens a call of the client package: for whatever the channel does not do. The package would pipe its messages through a transformation of its
 * own, in which checkpoints overtake events; its options let us put ours in its place, and with it the back-pressure of whoever takes them.
 */
export const readByPackage = (
  client: EventStoreDBClient,
  request: ReadRequest,
  { onMessage, onOver }: ReadAnswers,
): { close(): void } => {
  const options = {
    highWaterMark: MESSAGES_UNDER_WAY,
    transform(message: Buffer, _encoding: BufferEncoding, goOn: TransformCallback) {
      try {
        if (onMessage(message, goOn)) goOn();
      } catch (error) {
        onOver(error as Error);
      }
    },
  };
  const stream = start(client, request, options);
  stream.on('error', onOver);
  stream.on('finish', () => onOver());
  stream.resume();
  return { close: () => closeQuietly(stream) };
};

const start = (client: EventStoreDBClient, request: ReadRequest, options: ReadableOptions): PackageStream => {
  switch (request.kind) {
    case 'stream': {
      const { stream, direction, from, limit } = request;
      const isForward = direction === 'forward';
      return client.readStream(
        stream,
        {
          direction: isForward ? FORWARDS : BACKWARDS,
          fromRevision: from === undefined ? (isForward ? START : END) : BigInt(from),
          ...(limit === undefined ? {} : { maxCount: limit }),
        },
        options,
      );
    }
    case 'newest':
      return client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: request.count }, options);
    case 'subscription': {
      const { after, filter } = request;
      const fromPosition = after === START_OF_LOG ? START : { commit: after, prepare: after };
      return client.subscribeToAll({ fromPosition, filter: serverFilter(filter) }, options);
    }
  }
};

/** A call that never came about cannot be cancelled either; whoever opened it was told. */
const closeQuietly = (stream: PackageStream): void => {
  const cancelled = 'unsubscribe' in stream ? stream.unsubscribe() : stream.cancel();
  cancelled.catch(() => undefined);
};
