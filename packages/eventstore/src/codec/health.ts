/** Codec: the messages of `grpc.health.v1`. */
import { encode, readFields, writeInteger } from './fields.js';

export type ServingStatus = 'serving' | 'not_serving' | 'service_unknown';

const STATUSES: Record<ServingStatus, number> = { serving: 1, not_serving: 2, service_unknown: 3 };

/** The service that is asked for; the empty name stands for the whole server. */
export const readHealthCheck = (bytes: Uint8Array): string => {
  let service = '';
  readFields(bytes, { 1: (reader) => (service = reader.string()) });
  return service;
};

export const encodeServingStatus = (status: ServingStatus): Buffer =>
  encode((writer) => writeInteger(writer, 1, STATUSES[status]));
