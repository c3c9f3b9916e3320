import { JetStreamApiError, jetstreamManager } from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import { AcknowledgedPublication, type PublishedMessage } from './acknowledged-publication.js';

export const EVENTS_STREAM = 'RECOUNT_EVENTS';
export const EVENTS_SUBJECTS = 'recount.events.';

/** Long enough for consumers that were away over a long weekend; the log itself keeps everything. */
const KEPT_MILLISECONDS = 7 * 24 * 60 * 60 * 1000;
/** Within it JetStream itself leaves out what it has already: longer than a server needs to come back. */
const DUPLICATES_MILLISECONDS = 10 * 60 * 1000;
const ACKNOWLEDGED_WITHIN_MILLISECONDS = 5_000;
const STREAM_NOT_FOUND = 10_059;

/** Public events in JetStream, for consumers that come and go. It is a copy: the log can fill it again. */
export class EventPublication {
  private readonly events: AcknowledgedPublication;

  constructor(private readonly connection: NatsConnection) {
    this.events = new AcknowledgedPublication(connection, EVENTS_STREAM, ACKNOWLEDGED_WITHIN_MILLISECONDS);
  }

  /** Makes the stream where there is none; one that an operator made stays as it is. @throws Error if JetStream does not answer */
  async ensure(): Promise<void> {
    const { streams } = await jetstreamManager(this.connection);
    try {
      await streams.info(EVENTS_STREAM);
    } catch (error) {
      if (!(error instanceof JetStreamApiError) || error.code !== STREAM_NOT_FOUND) throw error;
      await streams.add({
        name: EVENTS_STREAM,
        description: 'Public events of Recount, by tenant and name.',
        subjects: [`${EVENTS_SUBJECTS}>`],
        max_age: nanos(KEPT_MILLISECONDS),
        duplicate_window: nanos(DUPLICATES_MILLISECONDS),
      });
    }
  }

  /** All at once, in this order. Answers how many of them JetStream had already, by their ids. @throws Error if one of them is not acknowledged: then all may be published again */
  publish(messages: readonly PublishedMessage[]): Promise<number> {
    return this.events.publish(messages);
  }
}
