import shared from '@eventstore/db-client/generated/shared_pb.js';
import { type StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { type ServiceError, status } from '@grpc/grpc-js';

const { ReadReq, ReadResp } = streams;
const { Empty, StreamIdentifier } = shared;
const { Options } = ReadReq;

export type ReadOptions = streams.ReadReq.Options;

/** For tests: a request that is well-formed, to be changed from there. */
export const aStreamRead = (stream: string, revision = 0): ReadOptions =>
  aRead().setStream(
    new Options.StreamOptions()
      .setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from(stream)))
      .setRevision(String(revision)),
  );

export const aLogRead = (commit = 0n): ReadOptions => {
  const position = new Options.Position().setCommitPosition(String(commit)).setPreparePosition(String(commit));
  return aRead().setAll(new Options.AllOptions().setPosition(position));
};

const aRead = (): ReadOptions =>
  new Options()
    .setCount('1000')
    .setNoFilter(new Empty())
    .setUuidOption(new Options.UUIDOption().setString(new Empty()));

export interface FilterWish {
  readonly prefixes?: readonly string[];
  readonly regex?: string;
  readonly window?: number;
  readonly multiplier?: number;
}

export const onType = ({ prefixes = [], regex = '', window = 32, multiplier = 1 }: FilterWish) =>
  new Options.FilterOptions()
    .setEventType(new Options.FilterOptions.Expression().setPrefixList([...prefixes]).setRegex(regex))
    .setMax(window)
    .setCheckpointintervalmultiplier(multiplier);

export const asSubscription = (options: ReadOptions): ReadOptions =>
  options.setSubscription(new Options.SubscriptionOptions());

/** What a message is, and what it carries that tests ask for. */
export type Told =
  | { readonly kind: 'event'; readonly revision: bigint; readonly position: bigint; readonly stream: string }
  | { readonly kind: 'checkpoint'; readonly position: bigint }
  | { readonly kind: 'first' | 'last'; readonly revision: bigint }
  | { readonly kind: 'not_found' | 'confirmation' | 'caught_up' };

export const tell = (message: streams.ReadResp): Told | undefined => {
  const event = message.getEvent()?.getEvent();
  switch (message.getContentCase()) {
    case ReadResp.ContentCase.EVENT:
      return {
        kind: 'event',
        revision: BigInt(event?.getStreamRevision() ?? -1),
        position: BigInt(message.getEvent()?.getCommitPosition() ?? -1),
        stream: Buffer.from(event?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString(),
      };
    case ReadResp.ContentCase.CHECKPOINT:
      return { kind: 'checkpoint', position: BigInt(message.getCheckpoint()?.getCommitPosition() ?? -1) };
    case ReadResp.ContentCase.FIRST_STREAM_POSITION:
      return { kind: 'first', revision: BigInt(message.getFirstStreamPosition()) };
    case ReadResp.ContentCase.LAST_STREAM_POSITION:
      return { kind: 'last', revision: BigInt(message.getLastStreamPosition()) };
    case ReadResp.ContentCase.STREAM_NOT_FOUND:
      return { kind: 'not_found' };
    case ReadResp.ContentCase.CONFIRMATION:
      return { kind: 'confirmation' };
    case ReadResp.ContentCase.CAUGHT_UP:
      return { kind: 'caught_up' };
    default:
      return undefined;
  }
};

export interface Answered {
  readonly messages: readonly Told[];
  readonly code: status;
  /** By name, with the trailers that say nothing of the refusal left out. */
  readonly trailers: Readonly<Record<string, string>>;
}

export const trailersOf = ({ metadata }: Pick<ServiceError, 'metadata'>): Readonly<Record<string, string>> => {
  const { date: _date, ['content-type']: _type, server: _server, ...trailers } = metadata.getMap();
  return Object.fromEntries(Object.entries(trailers).map(([key, value]) => [key, value.toString()]));
};

/** Until the server ends the call. */
export const readRaw = (client: StreamsClient, options: ReadOptions): Promise<Answered> =>
  new Promise((resolve) => {
    const messages: Told[] = [];
    const call = client.read(new ReadReq().setOptions(options));
    call.on('data', (message: streams.ReadResp) => messages.push(...[tell(message) ?? []].flat()));
    call.on('error', (error: ServiceError) => resolve({ messages, code: error.code, trailers: trailersOf(error) }));
    call.on('end', () => resolve({ messages, code: status.OK, trailers: {} }));
  });

/** The messages of a subscription, up to the first of which `enough` is true. */
export const subscribeRaw = (
  client: StreamsClient,
  options: ReadOptions,
  enough: (messages: readonly Told[]) => boolean,
): Promise<readonly Told[]> =>
  new Promise((resolve, reject) => {
    const messages: Told[] = [];
    const call = client.read(new ReadReq().setOptions(asSubscription(options)));
    call.on('error', (error: ServiceError) => (error.code === status.CANCELLED ? undefined : reject(error)));
    call.on('data', (message: streams.ReadResp) => {
      messages.push(...[tell(message) ?? []].flat());
      if (!enough(messages)) return;
      call.cancel();
      resolve(messages);
    });
  });
