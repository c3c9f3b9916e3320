import { createInbox, headers, type Msg, type NatsConnection } from '@nats-io/transport-node';

export interface PublishedMessage {
  /** What has the same id is taken for the same message, and stored once. */
  readonly id: string;
  readonly subject: string;
  readonly body: string;
}

/** Messages that went out together, until JetStream has acknowledged each. */
interface Batch {
  left: number;
  duplicates: number;
  readonly done: (duplicates: number) => void;
  readonly failed: (error: Error) => void;
}

/** What JetStream answers to a message. */
interface Acknowledgement {
  readonly stream?: string;
  readonly duplicate?: boolean;
  readonly error?: { readonly description?: string };
}

/**
 * Publishes to a stream, many messages at once: each is acknowledged by itself, and all are waited for together. The library makes a request of
 * each, with a promise, a timer and an error for the case that it fails; that took longer than to send it.
 */
export class AcknowledgedPublication {
  private readonly waiting = new Map<string, Batch>();
  private readonly inbox = createInbox();
  private published = 0;

  constructor(
    private readonly connection: NatsConnection,
    private readonly stream: string,
    private readonly patienceMilliseconds: number,
  ) {
    connection.subscribe(`${this.inbox}.*`, {
      callback: (error, answer) => (error ? this.failAll(error) : this.take(answer)),
    });
  }

  /** In this order. Answers how many of them the stream had already. @throws Error if one of them is not acknowledged */
  async publish(messages: readonly PublishedMessage[]): Promise<number> {
    if (messages.length === 0) return 0;
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const batch: Batch = { left: messages.length, duplicates: 0, done: resolve, failed: reject };
    const late = setTimeout(
      () => reject(new Error('JetStream did not acknowledge in time.')),
      this.patienceMilliseconds,
    );
    const replies = messages.map(() => `${this.inbox}.${(this.published += 1)}`);
    for (const reply of replies) this.waiting.set(reply, batch);
    try {
      for (const [index, { id, subject, body }] of messages.entries()) {
        const said = headers();
        said.set('Nats-Msg-Id', id);
        said.set('Nats-Expected-Stream', this.stream);
        this.connection.publish(subject, body, { headers: said, reply: replies[index]! });
      }
      return await promise;
    } finally {
      clearTimeout(late);
      for (const reply of replies) this.waiting.delete(reply);
    }
  }

  private take(answer: Msg): void {
    const batch = this.waiting.get(answer.subject);
    if (!batch) return;
    const { error, stream, duplicate } = acknowledgementIn(answer);
    if (error !== undefined || stream === undefined)
      return batch.failed(new Error(`JetStream did not take a message: ${error?.description ?? 'nobody answers'}.`));
    if (duplicate === true) batch.duplicates += 1;
    batch.left -= 1;
    if (batch.left === 0) batch.done(batch.duplicates);
  }

  /** This user may not hear what is answered. */
  private failAll(error: Error): void {
    for (const batch of new Set(this.waiting.values())) batch.failed(error);
  }
}

/** Empty where no stream listens to the subject. */
const acknowledgementIn = (answer: Msg): Acknowledgement => (answer.data.length === 0 ? {} : answer.json());
