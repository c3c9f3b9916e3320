import { publicEventOf, type PublicEvent } from '#contracts';
import { EventLog } from '#kernel';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { selected } from '../feed/selection.js';
import type { ClaimedDelivery } from './delivery.js';

const EVENTS_MAX = 1_000;

/** What is to be sent, as the log has it: of several endpoints, it is read once. */
@Injectable()
export class SentEvents {
  private readonly known = new LRUCache<string, PublicEvent>({ max: EVENTS_MAX });

  constructor(private readonly log: EventLog) {}

  /** As it is told to whom it is for, and whole; undefined where the log does not have it: it is of another one. */
  async of(
    delivery: Pick<ClaimedDelivery, 'event_id' | 'stream' | 'revision' | 'account_id' | 'tenant_id'>,
  ): Promise<{ readonly event: PublicEvent; readonly whole: PublicEvent } | undefined> {
    const whole = await this.whole(delivery);
    if (whole === undefined) return undefined;
    const { account_id: id, tenant_id: tenantId } = delivery;
    if (id === null || whole.accountId === id) return { event: whole, whole };
    const event = selected({ tenantId, account: { id, usageShards: 1 } }, whole);
    return event && { event, whole };
  }

  private async whole({
    event_id: eventId,
    stream,
    revision,
  }: Pick<ClaimedDelivery, 'event_id' | 'stream' | 'revision'>): Promise<PublicEvent | undefined> {
    const known = this.known.get(eventId);
    if (known) return known;
    for await (const logged of this.log.readStream(stream, { from: Number(revision), limit: 1 })) {
      const event = logged.id === eventId ? publicEventOf(logged) : undefined;
      if (event) this.known.set(eventId, event);
      return event;
    }
    return undefined;
  }
}
