/** Services: who may use the streams: who shows the password of the data folder. What only tells that the server is there is open. */
import { timingSafeEqual } from 'node:crypto';

import { type Metadata, ServerInterceptingCall, type ServerInterceptor, status } from '@grpc/grpc-js';

const GUARDED = ['/event_store.client.streams.Streams/', '/kurrentdb.protocol.v2.streams.StreamsService/'];

/** Looked at before the request is read. Without credentials everybody is let in. */
export const guardedStreams =
  (credentials: string | undefined): ServerInterceptor =>
  (method, call) => {
    if (credentials === undefined || !GUARDED.some((service) => method.path.startsWith(service)))
      return new ServerInterceptingCall(call);
    const expected = Buffer.from(`Basic ${Buffer.from(credentials).toString('base64')}`);
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, goOn) => {
            if (isShown(metadata, expected)) return goOn(metadata);
            const details = 'Show the user and the password in credentials of the folder that is served.';
            call.sendStatus({ code: status.UNAUTHENTICATED, details });
          },
        }),
    });
  };

const isShown = (metadata: Metadata, expected: Buffer): boolean => {
  const [shown] = metadata.get('authorization');
  const given = Buffer.from(String(shown ?? ''));
  return given.length === expected.length && timingSafeEqual(given, expected);
};
