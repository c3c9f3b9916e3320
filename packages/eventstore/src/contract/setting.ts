import {
  type AppendExpectedRevision,
  type AppendResult,
  type EventData,
  EventStoreDBClient,
  jsonEvent,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { ServerFeaturesClient } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { type ChannelCredentials, credentials } from '@grpc/grpc-js';

/** For tests: the server under contract. Its address is known when the tests run, not when they are described. */
export interface Setting {
  readonly name: string;
  readonly connectionString: () => string;
}

/** Both ways to append: credentials of its own keep a call from sharing the batch call. */
export const WAYS = [
  ['BatchAppend', {}],
  ['Append', { credentials: { username: 'admin', password: 'changeit' } }],
] as const;

export const clientOf = ({ connectionString }: Setting): EventStoreDBClient =>
  EventStoreDBClient.connectionString(connectionString());

/** For what the client package cannot ask, or does not tell. */
export const rawClientOf = ({ connectionString }: Setting): StreamsClient =>
  new StreamsClient(new URL(connectionString()).host, channelOf(connectionString()));

export const channelOf = (connectionString: string): ChannelCredentials =>
  new URL(connectionString).searchParams.get('tls') === 'false'
    ? credentials.createInsecure()
    : credentials.createSsl();

export const supportedMethods = (connectionString: string): Promise<features.SupportedMethods> =>
  new Promise((resolve, reject) => {
    const client = new ServerFeaturesClient(new URL(connectionString).host, channelOf(connectionString));
    client.getSupportedMethods(new shared.Empty(), (error, answer) => {
      client.close();
      if (error === null) resolve(answer);
      else reject(error);
    });
  });

/** The most that a server of this version takes in one append: 1 MiB before 25.1, far more than a test sends since then. */
export const mostOfAnAppend = async ({ connectionString }: Setting): Promise<number> => {
  const version = (await supportedMethods(connectionString())).getEventStoreServerVersion();
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 25 || (major === 25 && minor >= 1) ? Infinity : 1024 * 1024;
};

/** Events by letters: the same letter within a case is the same event, id and all. */
export const lettersOf = (): ((letters: string) => EventData[]) => {
  const known = new Map<string, EventData>();
  return (letters) =>
    [...letters].map((letter) => {
      const event = known.get(letter) ?? jsonEvent({ type: 'Letter', data: { letter } });
      known.set(letter, event);
      return event;
    });
};

interface ReadLetter {
  readonly event?: { readonly data: unknown } | undefined;
}

export const letterOf = ({ event }: ReadLetter): string | undefined =>
  (event?.data as { letter?: string } | undefined)?.letter;

/** What a stream shows from its start; a word if it shows nothing at all. */
export const storedLetters = async (client: EventStoreDBClient, stream: string): Promise<string> => {
  let letters = '';
  try {
    for await (const read of client.readStream(stream)) letters += letterOf(read) ?? '?';
  } catch (error) {
    if (error instanceof StreamNotFoundError) return 'not found';
    if (error instanceof StreamDeletedError) return 'deleted';
    throw error;
  }
  return letters;
};

/** `conflict` for a wrong expected version, with what the stream is said to be at. */
export type Outcome = { readonly revision: number } | { readonly conflict: number | 'no_stream' } | 'deleted';

export const outcomeOf = async (result: Promise<AppendResult>): Promise<Outcome> => {
  try {
    return { revision: Number((await result).nextExpectedRevision) };
  } catch (error) {
    if (error instanceof StreamDeletedError) return 'deleted';
    if (!(error instanceof WrongExpectedVersionError)) throw error;
    return { conflict: error.actualVersion === 'no_stream' ? 'no_stream' : Number(error.actualVersion) };
  }
};

export type Expected = AppendExpectedRevision;
