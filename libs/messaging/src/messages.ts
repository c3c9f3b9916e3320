import { EventPublication } from './event-publication.js';
import {
  connect,
  headers,
  type ConnectionOptions,
  type Msg,
  type MsgHdrs,
  type NatsConnection,
} from '@nats-io/transport-node';

const CONNECT_MILLISECONDS_MAX = 5_000;

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
  static async connect(url: string): Promise<Messages> {
    const connection = await connect({
      ...credentialsIn(url),
      servers: url,
      name: 'recount',
      timeout: CONNECT_MILLISECONDS_MAX,
      maxReconnectAttempts: -1,
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
        await subscription.drain().catch(() => subscription.unsubscribe());
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
    await this.connection.rtt();
  }

  async close(): Promise<void> {
    // Without a server there is nothing to drain to.
    await this.connection.drain().catch(() => this.connection.close());
  }
}

/** The client takes no notice of what a URL says before its host: a user with a password, or a token. */
const credentialsIn = (url: string): Pick<ConnectionOptions, 'user' | 'pass' | 'token'> => {
  const { username, password } = new URL(url);
  if (username === '') return {};
  const [name, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
  return secret === '' ? { token: name } : { user: name, pass: secret };
};

const valuesOf = (given: MsgHdrs | undefined): Record<string, readonly string[]> => {
  const values: Record<string, string[]> = {};
  for (const name of given?.keys() ?? []) (values[name.toLowerCase()] ??= []).push(...given!.values(name));
  return values;
};
