/** Services: the client package's service definitions, with messages left as bytes: the codec knows them better. */
import { type MethodDefinition, type ServiceDefinition } from '@grpc/grpc-js';

const asIs = (bytes: Buffer): Buffer => bytes;

/** A method that is not implemented answers UNIMPLEMENTED, as grpc-js does for those without a handler. */
export const rawDefinition = (definition: ServiceDefinition): ServiceDefinition =>
  Object.fromEntries(
    Object.entries(definition).map(([name, method]: [string, MethodDefinition<unknown, unknown>]) => [
      name,
      { ...method, requestDeserialize: asIs, responseSerialize: asIs },
    ]),
  );
