import {
  credentials,
  loadPackageDefinition,
  Metadata,
  type Client,
  type MetadataValue,
  type ServiceError,
  type requestCallback,
} from '@grpc/grpc-js';
import { packageDefinition, protoRoot } from '../../../apps/server/src/doors/grpc/definition.js';
import type { Any } from '../../services/test-client.js';
import type { DoorClient, Reply } from './door-client.js';

type Method = (
  request: object,
  metadata: Metadata,
  done: requestCallback<Any>,
) => {
  on(event: 'metadata', hear: (metadata: Metadata) => void): void;
};

const details = protoRoot('google/rpc/status.proto', 'google/rpc/error_details.proto');

/** Recount by gRPC, as a program with a generated client sees it. */
export class GrpcDoorClient implements DoorClient {
  readonly door = 'gRPC';

  private constructor(
    private readonly client: Client,
    private readonly key: string,
  ) {}

  static connect(address: string, key: string): GrpcDoorClient {
    const { recount } = loadPackageDefinition(packageDefinition()) as Any;
    return new GrpcDoorClient(new recount.v1.Billing(address, credentials.createInsecure()), key);
  }

  withKey(key: string): GrpcDoorClient {
    return new GrpcDoorClient(this.client, key);
  }

  ask(operation: string, payload: object, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const metadata = new Metadata();
    if (this.key !== '') metadata.set('authorization', `Bearer ${this.key}`);
    for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
    const method = (this.client as Any)[operation].bind(this.client) as Method;
    return new Promise((resolve) => {
      let told: Reply['headers'] = {};
      const call = method(payload, metadata, (error, body) =>
        resolve(error ? { ...problemIn(error), headers: told } : { status: 200, headers: told, body }),
      );
      call.on('metadata', (answer) => (told = texts(answer)));
    });
  }

  stop(): Promise<void> {
    this.client.close();
    return Promise.resolve();
  }
}

const texts = (metadata: Metadata): Record<string, string> =>
  Object.fromEntries(
    Object.entries(metadata.getMap()).map(([name, value]: [string, MetadataValue]) => [name, String(value)]),
  );

/** The problem that an error tells of, and its status of HTTP. */
export const problemIn = (error: ServiceError): Omit<Reply, 'headers'> & { readonly grpc: number } => {
  const [bytes] = error.metadata.get('grpc-status-details-bin') as [Buffer?];
  if (!bytes) return { status: 0, grpc: error.code, body: { detail: error.details } };
  const status = details.lookupType('google.rpc.Status').decode(bytes) as Any;
  const found = Object.fromEntries(
    status.details.map(({ type_url, value }: Any) => {
      const name = type_url.split('/').at(-1);
      const type = details.lookupType(name);
      return [name, type.toObject(type.decode(value), { longs: Number })];
    }),
  );
  const info = found['google.rpc.ErrorInfo'];
  const violations = found['google.rpc.BadRequest']?.fieldViolations;
  return {
    status: Number(info.metadata.status),
    grpc: error.code,
    body: {
      code: info.reason,
      detail: error.details,
      ...(violations
        ? {
            errors: violations.map(({ field, reason, description }: Any) => ({
              pointer: field,
              code: reason,
              message: description,
            })),
          }
        : {}),
      retry: found['google.rpc.RetryInfo'],
    },
  };
};
