/** Services: `ServerFeatures`, by which clients learn what this server can do. Names are in lower case, as clients compare. */
import { type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';

import { encode, writeMessage, writeString } from '../codec/fields.js';

/** A version whose limits and messages are ours: appends up to 1 MiB, with type and metadata counted, and `CaughtUp` is sent. */
const SERVER_VERSION = '24.10.4';

const STREAMS = 'event_store.client.streams.streams';

interface Method {
  readonly service: string;
  readonly name: string;
  readonly features: readonly string[];
}

const METHODS: readonly Method[] = [
  { service: 'event_store.client.server_features.serverfeatures', name: 'getsupportedmethods', features: [] },
  { service: 'event_store.client.gossip.gossip', name: 'read', features: [] },
  { service: STREAMS, name: 'read', features: ['position', 'events'] },
  { service: STREAMS, name: 'append', features: [] },
  { service: STREAMS, name: 'delete', features: [] },
  { service: STREAMS, name: 'tombstone', features: [] },
  { service: STREAMS, name: 'batchappend', features: ['deadline_duration'] },
  { service: 'kurrentdb.protocol.v2.streams.streamsservice', name: 'appendsession', features: [] },
];

const SUPPORTED_METHODS = encode((writer) => {
  for (const { service, name, features } of METHODS) {
    writeMessage(writer, 1, (method) => {
      writeString(method, 1, name);
      writeString(method, 2, service);
      for (const feature of features) writeString(method, 3, feature);
    });
  }
  writeString(writer, 2, SERVER_VERSION);
});

export const serverFeaturesService = (_call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>): void =>
  answer(null, SUPPORTED_METHODS);
