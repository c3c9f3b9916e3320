import { setTimeout as sleep } from 'node:timers/promises';
import { publicEventOf, type PublicEvent } from '#contracts';
import { EventLog, type LoggedEvent } from '#kernel';
import { EVENTS_SUBJECTS, type EventPublication, type PublishedMessage } from '#messaging';
import { Injectable } from '@nestjs/common';
import { ExponentialBackoff } from 'cockatiel';
import type { Logger } from 'pino';
import { OptionalMessages } from '../core/optional-messages.js';
import { PUBLIC_STREAMS } from '../feed/selection.js';
import { batchesUntilMoved } from '../operational-state/until-moved.js';
import { Metrics } from '../telemetry/metrics.js';
import { PublishingCheckpoint, type Republication } from './publishing-checkpoint.js';

/** On their way to JetStream at once; after a crash, at most these are published again. */
const IN_FLIGHT_EVENTS = 512;
const BACKOFF = new ExponentialBackoff({ initialDelay: 100, maxDelay: 5_000 });

/**
 * Publishes public events to JetStream in the order of the log. The checkpoint follows what JetStream acknowledged, so that nothing
 * is left out; what is published twice after a crash has the same message id. Whoever moves the checkpoint back has it all published
 * again, by ids of its own: JetStream would leave out what it has seen within minutes, though it may have lost it since.
 */
@Injectable()
export class PublishEventsReactor {
  constructor(
    private readonly log: EventLog,
    private readonly nats: OptionalMessages,
    private readonly checkpoint: PublishingCheckpoint,
    private readonly metrics: Metrics,
  ) {}

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    const { messages } = this.nats;
    if (!messages) return;
    let pause = BACKOFF.next();
    let isFailing = false;
    while (!signal.aborted) {
      try {
        await this.publishFrom(messages.publication, signal, () => {
          if (isFailing) logger.info('Events are published again.');
          isFailing = false;
          pause = BACKOFF.next();
        });
      } catch (error) {
        if (signal.aborted) return;
        if (!isFailing) logger.warn({ err: error }, 'Events are not published at the moment; it is tried again.');
        isFailing = true;
        await sleep(pause.duration, undefined, { signal }).catch(() => undefined);
        pause = pause.next(undefined);
      }
    }
  }

  /** Until the checkpoint is moved back. @throws Error if the log, JetStream or the database fails */
  private async publishFrom(publication: EventPublication, signal: AbortSignal, progressed: () => void): Promise<void> {
    await publication.ensure();
    let position = await this.checkpoint.begin();
    const again = await this.checkpoint.republication();
    const batches = batchesUntilMoved(this.log, {
      after: position,
      filter: PUBLIC_STREAMS,
      batchSize: IN_FLIGHT_EVENTS,
      signal,
      isAtLeastAt: async (place) => ((await this.checkpoint.position()) ?? place) >= place,
    });
    for await (const batch of batches) {
      await this.publish(
        publication,
        batch.events.flatMap((event) => messageOf(event, again)),
      );
      if (!(await this.checkpoint.advance(position, batch.position))) return;
      ({ position } = batch);
      progressed();
    }
  }

  private async publish(publication: EventPublication, messages: readonly PublishedMessage[]): Promise<void> {
    const known = await publication.publish(messages);
    this.metrics.publishedEvents.inc({ result: 'duplicate' }, known);
    this.metrics.publishedEvents.inc({ result: 'stored' }, messages.length - known);
  }
}

/** `recount.events.<tenant>.<noun>.<what happened>`: NATS can filter by any part. */
const messageOf = (logged: LoggedEvent, again: Republication | null): PublishedMessage[] => {
  const event = publicEventOf(logged);
  if (!event) return [];
  const id = again !== null && logged.position <= again.through ? `${event.id}:${again.id}` : event.id;
  return [{ id, subject: subjectOf(event), body: JSON.stringify(event) }];
};

export const subjectOf = ({ tenantId, type }: Pick<PublicEvent, 'tenantId' | 'type'>): string =>
  `${EVENTS_SUBJECTS}${tenantId}.${type}`;
