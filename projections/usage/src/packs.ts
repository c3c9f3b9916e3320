import { readingDigest, type Fact, type Reading, type Stored } from '#contracts';
import { earlier, later, type AccountId, type Instant } from '#kernel';
import type { Row } from '#projection';
import { monthOf, type usagePacks } from './usage.tables.js';

/** Readings of one account, event name and month, in the order in which they came. */
export interface Pack {
  readonly accountId: AccountId;
  readonly event: string;
  readonly month: string;
  readonly fromAt: Instant;
  readonly toAt: Instant;
  readonly readings: readonly Reading[];
  /** Of each, its place among the readings of its account in the event of the log. */
  readonly ordinals: readonly number[];
}

type OpenPack = { -readonly [Part in keyof Pack]: Pack[Part] } & { readings: Reading[]; ordinals: number[] };

/** A reading, and the pack that it is in. */
export interface PackedReading {
  readonly id: string;
  readonly pack: Pack;
}

/** What an event of the log recorded, as packs and in its order. */
export const packsOf = ({
  fact: { data },
}: Stored<Fact<'UsageRecorded'>>): { readonly packs: Iterable<Pack>; readonly inOrder: readonly PackedReading[] } => {
  const packs = new Map<string, OpenPack>();
  const inOrder: PackedReading[] = [];
  for (const { accountId, readings } of data.accounts) {
    let pack: OpenPack | undefined;
    for (const [ordinal, reading] of readings.entries()) {
      // Most are of one event name and month: only where one is not, its pack is looked for.
      if (pack?.event !== reading.event || pack.month !== monthOf(reading.at)) pack = packOf(packs, accountId, reading);
      add(pack, reading, ordinal);
      inOrder.push({ id: reading.id, pack });
    }
  }
  return { packs: packs.values(), inOrder };
};

const add = (pack: OpenPack, reading: Reading, ordinal: number): void => {
  pack.readings.push(reading);
  pack.ordinals.push(ordinal);
  pack.fromAt = earlier(pack.fromAt, reading.at);
  pack.toAt = later(pack.toAt, reading.at);
};

const packOf = (packs: Map<string, OpenPack>, accountId: AccountId, { event, at }: Reading): OpenPack => {
  const month = monthOf(at);
  const key = `${accountId} ${month} ${event}`;
  let pack = packs.get(key);
  if (pack === undefined) {
    packs.set(key, (pack = { accountId, event, month, fromAt: at, toAt: at, readings: [], ordinals: [] }));
  }
  return pack;
};

/** A pack as a row, with those of its readings that are kept. */
export const packRow = (
  { metadata, revision, position }: Stored<Fact<'UsageRecorded'>>,
  { accountId, event, fromAt, toAt, readings, ordinals }: Pack,
): Row<typeof usagePacks> => ({
  tenant_id: metadata.tenantId!,
  account_id: accountId,
  from_at: fromAt,
  to_at: toAt,
  event,
  revision: BigInt(revision),
  recorded_at: metadata.recordedAt,
  position,
  reading_ids: readings.map(({ id }) => id),
  ats: readings.map(({ at }) => at),
  subscription_ids: readings.some(({ subscriptionId }) => subscriptionId !== undefined)
    ? readings.map(({ subscriptionId = null }) => subscriptionId)
    : null,
  properties: readings.map(({ properties }) => properties),
  digests: readings.map((reading) => BigInt.asIntN(64, readingDigest(reading))),
  ordinals,
});
