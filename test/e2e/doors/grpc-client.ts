import {
  Client,
  credentials,
  Metadata,
  type ClientReadableStream,
  type MetadataValue,
  type ServiceError,
} from '@grpc/grpc-js';
import protobuf from 'protobufjs';
import {
  answerType,
  packageDefinition,
  protoRoot,
  requestType,
  rpcsIn,
} from '../../../apps/server/src/doors/grpc/definition.js';
import type { Any } from '../../services/test-client.js';
import type { DoorClient, Reply } from './door-client.js';

const details = protoRoot('google/rpc/status.proto', 'google/rpc/error_details.proto');
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
        (error, body) =>
          resolve(
            error
              ? { ...problemIn(error), headers: told }
              : { status: 200, headers: told, body: jsonOf(answerType(rpcs[operation]!), body!) },
          ),
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

  async next(): Promise<Any> {
    return (await this.told.next()).value;
  }

  /** All that comes until the call ends by itself. */
  async all(): Promise<Any[]> {
    const messages: Any[] = [];
    for (let next = await this.told.next(); next.done !== true; next = await this.told.next())
      messages.push(next.value);
    return messages;
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
  const type = requestType(rpcs[operation]!);
  const writer = type.encode(type.fromObject(messageOf(type, payload as Any) as Any));
  for (const [name, value] of Object.entries(payload)) {
    if (/^\d+$/.test(name)) writer.uint32((Number(name) << 3) | 2).string(String(value));
  }
  return Buffer.from(writer.finish());
};

/** What the callers of other transports write in JSON, as a program with a generated client writes it. */
const messageOf = (type: protobuf.Type, json: Any): unknown => {
  if (type.fullName === '.google.protobuf.Value') return anyValue(json);
  // Where null takes something away, the message is there and empty; the texts among them are messages of a text.
  if (json === null) return {};
  if (typeof json !== 'object') return { text: json };
  const filter = type.fields['filter'] ? { filter: json.filter ?? json } : {};
  const fields = Object.entries({ ...json, ...filter }).map(([name, value]) => {
    const { resolvedType, map, repeated } = type.fields[name] ?? {};
    if (!(resolvedType instanceof protobuf.Type) || value === undefined) return [name, value];
    if (map) return [name, mapped(value as object, (member) => messageOf(resolvedType, member))];
    return [
      name,
      repeated && Array.isArray(value)
        ? value.map((member) => messageOf(resolvedType, member))
        : messageOf(resolvedType, value),
    ];
  });
  return Object.fromEntries(fields) as object;
};

const anyValue = (json: Any): object => {
  if (Array.isArray(json)) return { listValue: { values: json.map(anyValue) } };
  return typeof json === 'boolean' ? { boolValue: json } : { stringValue: String(json) };
};

/** What a program reads of a message, as the callers of other transports have it in JSON. */
export const jsonOf = (type: protobuf.Type, message: object): object => {
  const json = plain(type, message) as { readonly data?: object };
  // JSON has a list by itself.
  return type.name.endsWith('List') ? (json.data ?? []) : json;
};

/** Values and objects of any kind, without the words of Protobuf around them. */
const plain = (type: protobuf.Type, message: Any): unknown => {
  if (type.fullName === '.google.protobuf.Struct') return mapped(message.fields ?? {}, valueIn);
  if (type.fullName === '.google.protobuf.Value') return valueIn(message);
  const json: Record<string, unknown> = { ...message };
  for (const { name, map, repeated, resolvedType } of type.fieldsArray) {
    if (!(resolvedType instanceof protobuf.Type) || message[name] == null) continue;
    const turn = (member: Any): unknown => plain(resolvedType, member);
    json[name] = map ? mapped(message[name], turn) : repeated ? message[name].map(turn) : turn(message[name]);
  }
  return json;
};

const valueIn = (value: Any): unknown => {
  const [[kind, only] = ['nullValue', null]] = Object.entries<Any>(value);
  if (kind === 'listValue') return (only.values ?? []).map(valueIn);
  if (kind === 'structValue') return mapped(only.fields ?? {}, valueIn);
  return kind === 'nullValue' ? null : only;
};

const mapped = (map: object, change: (value: Any) => unknown): object =>
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
