/** Services: gRPC's own health service, for those who run and probe the process. */
import {
  type sendUnaryData,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';

import { encodeServingStatus, readHealthCheck } from '../codec/health.js';
import { type OpenCalls } from './open-calls.js';
import { Refusal, refusalOf } from './refusal.js';

const asIs = (bytes: Buffer): Buffer => bytes;
const RAW = {
  requestStream: false,
  requestSerialize: asIs,
  requestDeserialize: asIs,
  responseSerialize: asIs,
  responseDeserialize: asIs,
};

export const HEALTH: ServiceDefinition = {
  check: { path: '/grpc.health.v1.Health/Check', responseStream: false, ...RAW },
  watch: { path: '/grpc.health.v1.Health/Watch', responseStream: true, ...RAW },
};

/** The server as a whole, and the services that it has. */
const SERVICES = ['', 'event_store.client.streams.Streams', 'event_store.client.server_features.ServerFeatures'];

/** A process that answers is serving: one that fails to write ends. A watch lasts until the server stops. */
export const healthServices = (openCalls: OpenCalls): UntypedServiceImplementation => ({
  check: ({ request }: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>): void => {
    try {
      const service = readHealthCheck(request);
      if (SERVICES.includes(service)) answer(null, encodeServingStatus('serving'));
      else answer(new Refusal(status.NOT_FOUND, `There is no service '${service}' here.`));
    } catch (error) {
      answer(refusalOf(error));
    }
  },
  watch: openCalls.counting((call: ServerWritableStream<Buffer, Buffer>): void => {
    try {
      call.write(encodeServingStatus(SERVICES.includes(readHealthCheck(call.request)) ? 'serving' : 'service_unknown'));
    } catch (error) {
      call.emit('error', refusalOf(error));
    }
  }),
});
