import {
  Client,
  credentials,
  Metadata,
  type ClientReadableStream,
  type MetadataValue,
  type ServiceError,
} from '@grpc/grpc-js';
import { packageDefinition, protoRoot, rpcsIn } from '../../../apps/server/src/doors/grpc/definition.js';
import type { Any } from '../../services/test-client.js';
import type { DoorClient, Reply } from './door-client.js';

const details = protoRoot('google/rpc/status.proto', 'google/rpc/error_details.proto');
const messages = protoRoot('recount/v1/billing.proto');
const rpcs = rpcsIn(packageDefinition());

/** Recount by gRPC, as a program with a generated client sees it. */
export class GrpcDoorClient implements DoorClient {
  readonly door = 'gRPC';

  private constructor(
    private readonly client: Client,
    private readonly key: string,
  ) {}

  static connect(address: string, key: string): GrpcDoorClient {
    return new GrpcDoorClient(new Client(address, credentials.createInsecure()), key);
  }

  withKey(key: string): GrpcDoorClient {
    return new GrpcDoorClient(this.client, key);
  }

  ask(operation: string, payload: object, headers?: Readonly<Record<string, string>>): Promise<Reply> {
    return this.raw(operation, encoded(operation, payload), headers);
  }

  raw(operation: string, bytes: Buffer, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const metadata = new Metadata();
    if (this.key !== '') metadata.set('authorization', `Bearer ${this.key}`);
    for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
    const { path, responseDeserialize } = rpcs[operation]!;
    return new Promise((resolve) => {
      let told: Reply['headers'] = {};
      const call = this.client.makeUnaryRequest(
        path,
        (message: Buffer) => message,
        responseDeserialize,
        bytes,
        metadata,
        (error, body) => resolve(error ? { ...problemIn(error), headers: told } : { status: 200, headers: told, body }),
      );
      call.on('metadata', (answer: Metadata) => (told = texts(answer)));
    });
  }

  /** What is told until the caller has had enough; a refusal is thrown as a reply. */
  listen(operation: string, payload: object): Listening {
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${this.key}`);
    const { path, responseDeserialize } = rpcs[operation]!;
    const call = this.client.makeServerStreamRequest(
      path,
      (message: Buffer) => message,
      responseDeserialize,
      encoded(operation, payload),
      metadata,
    );
    return new Listening(call);
  }

  stop(): Promise<void> {
    this.client.close();
    return Promise.resolve();
  }
}

/** A call that tells things one after the other. */
export class Listening {
  private readonly told: AsyncIterator<Any>;

  constructor(private readonly call: ClientReadableStream<Any>) {
    this.told = call[Symbol.asyncIterator]();
  }

  /** The next so many events. */
  async take(count: number): Promise<Any[]> {
    const events: Any[] = [];
    while (events.length < count) {
      const { value, done } = await this.told.next();
      if (done === true) throw new Error(`The call ended after ${events.length} events.`);
      if (value.event) events.push(value.event);
    }
    return events;
  }

  /** How the call ends that nobody ends from here. */
  async end(): Promise<Omit<Reply, 'headers'>> {
    try {
      while ((await this.told.next()).done !== true);
      return { status: 200, body: {} };
    } catch (error) {
      return problemIn(error as ServiceError);
    }
  }

  leave(): void {
    this.call.on('error', () => undefined);
    this.call.cancel();
  }
}

/** A field with the name of a number goes along under that number: as from a client that was made of another `.proto`. */
export const encoded = (operation: string, payload: object): Buffer => {
  const type = messages.lookupType((rpcs[operation]!.requestType.type as { readonly name: string }).name);
  const writer = type.encode(type.fromObject(withoutNulls(operation, payload)));
  for (const [name, value] of Object.entries(payload)) {
    if (/^\d+$/.test(name)) writer.uint32((Number(name) << 3) | 2).string(String(value));
  }
  return Buffer.from(writer.finish());
};

/** A map of messages has no null in it: what takes back is empty. */
const withoutNulls = (operation: string, payload: Maps): object => ({
  ...payload,
  ...(payload.overrides ? { overrides: mapped(payload.overrides, (override) => override ?? {}) } : {}),
  ...(payload.metadata && operation === 'ChangeSubscription'
    ? { metadata: mapped(payload.metadata, (text) => (text === null ? {} : { text })) }
    : {}),
});

interface Maps {
  readonly overrides?: Readonly<Record<string, object | null>>;
  readonly metadata?: Readonly<Record<string, string | null>>;
}

const mapped = <Value>(map: Readonly<Record<string, Value>>, change: (value: Value) => unknown): object =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));

const texts = (metadata: Metadata): Record<string, string> =>
  Object.fromEntries(
    Object.entries(metadata.getMap()).map(([name, value]: [string, MetadataValue]) => [name, String(value)]),
  );

/** The problem that an error tells of, and its status of HTTP. */
const problemIn = (error: ServiceError): Omit<Reply, 'headers'> => {
  const [bytes] = error.metadata.get('grpc-status-details-bin') as [Buffer?];
  if (!bytes) return { status: 0, body: { grpc: error.code, detail: error.details } };
  const status = details.lookupType('google.rpc.Status').decode(bytes) as Any;
  const found = Object.fromEntries(
    status.details.map(({ type_url, value }: Any) => {
      const type = details.lookupType(type_url.split('/').at(-1));
      return [type.name, type.toObject(type.decode(value), { longs: Number })];
    }),
  );
  const { ErrorInfo: info, BadRequest: bad, RetryInfo: retry } = found;
  const errors = bad?.fieldViolations.map(({ field = '', reason, description }: Any) => ({
    pointer: field,
    code: reason,
    message: description,
  }));
  return {
    status: Number(info.metadata.status),
    body: {
      grpc: error.code,
      code: info.reason,
      domain: info.domain,
      detail: error.details,
      ...(errors ? { errors } : {}),
      ...(retry ? { retry } : {}),
    },
  };
};
