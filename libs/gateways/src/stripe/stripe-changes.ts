import type Stripe from 'stripe';
import { wholeSeconds, type Instant } from '#kernel';
import type { ChangeCursor, ChangePage } from '../changes.js';
import { ChangesForgotten } from '../gateway-errors.js';
import type { StripeConnection } from './connection.js';
import { notificationOf } from './notifications.js';

const PAGE = 100;

/** What changed, as events, which Stripe keeps for thirty days. */
export class StripeChanges {
  constructor(private readonly connection: StripeConnection) {}

  async list(cursor: ChangeCursor): Promise<ChangePage> {
    const after = cursor.after ?? (await this.changeBefore(cursor.since));
    const page = after === null ? { created: { gte: wholeSeconds(cursor.since) } } : { ending_before: after };
    const events = await this.connection.read((stripe) => stripe.events.list({ ...page, limit: PAGE }));
    if (!events) throw new ChangesForgotten();
    if (after === null && events.has_more) return this.oldestChanges(cursor);
    const changes = events.data.map(notificationOf).reverse();
    const last = changes.at(-1);
    return {
      changes,
      cursor: last ? { since: last.createdAt, after: last.id } : cursor,
      hasMore: events.has_more,
    };
  }

  /** Lists go back in time, and go on towards now from a change that is known: here, the last one before a moment. */
  private async changeBefore(since: Instant): Promise<string | null> {
    const created = { lt: wholeSeconds(since) };
    const { data } = await this.connection.call((stripe) => stripe.events.list({ created, limit: 1 }));
    return data[0]?.id ?? null;
  }

  /** Nothing is kept of before: goes back to the first there is. Only a gateway that is young has that. */
  private async oldestChanges({ since }: ChangeCursor): Promise<ChangePage> {
    const created = { gte: wholeSeconds(since) };
    let data: readonly Stripe.Event[] = [];
    for (let starting_after: string | undefined, hasMore = true; hasMore; starting_after = data.at(-1)?.id) {
      const more = starting_after === undefined ? {} : { starting_after };
      const page = await this.connection.call((stripe) => stripe.events.list({ created, limit: PAGE, ...more }));
      if (page.data.length > 0) ({ data } = page);
      hasMore = page.has_more;
    }
    const changes = data.map(notificationOf).reverse();
    const last = changes.at(-1)!;
    return { changes, cursor: { since: last.createdAt, after: last.id }, hasMore: true };
  }
}
