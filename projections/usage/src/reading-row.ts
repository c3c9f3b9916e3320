import type { Reading } from '#contracts';
import type { Instant, SubscriptionId } from '#kernel';

/** What a row has of a reading, besides what it says. */
export interface NamedRow {
  readonly reading_id: string;
  readonly event: string;
  readonly at: Instant;
  readonly subscription_id: SubscriptionId | null;
  readonly revision: bigint;
  readonly ordinal: number;
}

export interface ReadingRow extends NamedRow {
  readonly properties: Reading['properties'];
}

/** A reading without what it says, and its place in its stream. */
export const namedReading = ({ reading_id: id, event, at, subscription_id, revision, ordinal }: NamedRow) => ({
  id,
  event,
  at,
  ...(subscription_id === null ? {} : { subscriptionId: subscription_id }),
  revision: Number(revision),
  ordinal,
});

export const readingIn = (row: ReadingRow): Reading & ReturnType<typeof namedReading> => ({
  ...namedReading(row),
  properties: row.properties,
});
