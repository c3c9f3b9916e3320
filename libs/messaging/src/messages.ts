import { readFileSync } from 'node:fs';
import pTimeout from 'p-timeout';
import { EventPublication } from './event-publication.js';
import {
  connect,
  credsAuthenticator,
  headers,
  type ConnectionOptions,
  type Msg,
  type MsgHdrs,
  type NatsConnection,
} from '@nats-io/transport-node';

const CONNECT_MILLISECONDS_MAX = 5_000;
/**
 * A server that says nothing for three of these is given up, and connected to anew. Its word comes behind the messages that are on their
 * way: asked more often, a connection would be taken for dead by nothing but much to do.
 */
const BEAT_MILLISECONDS = 10_000;
const BEATS_MISSED_MAX = 2;
const RECONNECT_MILLISECONDS = 500;
const ANSWER_MILLISECONDS_MAX = 3_000;
const CLOSE_MILLISECONDS_MAX = 5_000;

/** What a URL cannot say; paths of files. */
export interface NatsSettings {
  /** What `nsc` calls credentials: a user's JWT and the seed of its key. */
  readonly credentialsFile?: string;
  /** Whom the server's certificate comes from, where the system does not know them. */
  readonly caFile?: string;
  /** Who this is, where the server asks for certificates; both or none. */
  readonly certFile?: string;
  readonly keyFile?: string;
  /** How long the server may be silent before it is asked whether it is there. */
  readonly beatMilliseconds?: number;
}

/** A message that waits for an answer. */
export interface AskedMessage {
  readonly subject: string;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Uint8Array;
}

export interface AnsweringMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A subject that is being answered. */
export interface Answering {
  /** Takes no more messages, and waits for the answers to those that were taken. */
  stop(): Promise<void>;
}

/** The connection to NATS. It carries only what can be sent again from the log: nothing is kept there alone. */
export class Messages {
  readonly publication: EventPublication;

  private constructor(private readonly connection: NatsConnection) {
    this.publication = new EventPublication(connection);
  }

  /** Waits for the first answer; afterwards it reconnects by itself, for ever. @throws Error if nobody answers */
  static async connect(
    url: string,
    { beatMilliseconds = BEAT_MILLISECONDS, ...files }: NatsSettings = {},
  ): Promise<Messages> {
    const connection = await connect({
      ...credentialsIn(url),
      ...securityOf(url, files),
      // The address alone: the client takes a password that begins with digits for the port.
      servers: new URL(url).host,
      name: 'recount',
      timeout: CONNECT_MILLISECONDS_MAX,
      maxReconnectAttempts: -1,
      reconnectTimeWait: RECONNECT_MILLISECONDS,
      pingInterval: beatMilliseconds,
      maxPingOut: BEATS_MISSED_MAX,
    });
    return new Messages(connection);
  }

  /**
   * Answers what is asked on a subject, one of all processes in the queue each time. A server that goes away and comes back is
   * subscribed to again by the client.
   */
  answer(subject: string, queue: string, answered: (asked: AskedMessage) => Promise<AnsweringMessage>): Answering {
    const pending = new Set<Promise<void>>();
    const subscription = this.connection.subscribe(subject, {
      queue,
      callback: (error, message) => {
        if (error) return;
        const answering = this.respond(message, answered).finally(() => pending.delete(answering));
        pending.add(answering);
      },
    });
    return {
      stop: async () => {
        await within(CLOSE_MILLISECONDS_MAX, subscription.drain()).catch(() => subscription.unsubscribe());
        await Promise.all(pending);
      },
    };
  }

  /** How many bytes an answer may have, with its headers. */
  get messageBytesMax(): number {
    return this.connection.info?.max_payload ?? 0;
  }

  private async respond(message: Msg, answered: (asked: AskedMessage) => Promise<AnsweringMessage>): Promise<void> {
    const answer = await answered({
      subject: message.subject,
      headers: valuesOf(message.headers),
      body: message.data,
    });
    // Whoever asked sees no answer from a connection that closed meanwhile, and asks again under the same key.
    if (this.connection.isClosed()) return;
    const told = headers();
    for (const [name, value] of Object.entries(answer.headers)) told.set(name, value);
    message.respond(answer.body, { headers: told });
  }

  /** @throws Error if the server does not answer */
  async checkHealth(): Promise<void> {
    await within(ANSWER_MILLISECONDS_MAX, this.connection.rtt());
  }

  async close(): Promise<void> {
    // Without a server there is nothing to drain to.
    await within(CLOSE_MILLISECONDS_MAX, this.connection.drain()).catch(() => this.connection.close());
  }
}

/** The client waits for a silent server for as long as its connection is open. @throws TimeoutError if it takes longer */
const within = <Answer>(milliseconds: number, answer: Promise<Answer>): Promise<Answer> =>
  pTimeout(answer, { milliseconds, message: 'NATS did not answer in time.' });

/** The client takes no notice of what a URL says before its host: a user with a password, or a token. */
const credentialsIn = (url: string): Pick<ConnectionOptions, 'user' | 'pass' | 'token'> => {
  const { username, password } = new URL(url);
  if (username === '') return {};
  const [name, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
  return secret === '' ? { token: name } : { user: name, pass: secret };
};

/** With `tls:`, or with any file for it, the connection is encrypted or refused, whatever the server says first. */
const securityOf = (
  url: string,
  { credentialsFile, ...files }: Omit<NatsSettings, 'beatMilliseconds'>,
): Pick<ConnectionOptions, 'authenticator' | 'tls'> => ({
  ...(credentialsFile === undefined ? {} : { authenticator: credsAuthenticator(readFileSync(credentialsFile)) }),
  ...(url.startsWith('tls:') || Object.keys(files).length > 0 ? { tls: files } : {}),
});

const valuesOf = (given: MsgHdrs | undefined): Record<string, readonly string[]> => {
  const values: Record<string, string[]> = {};
  for (const name of given?.keys() ?? []) (values[name.toLowerCase()] ??= []).push(...given!.values(name));
  return values;
};
