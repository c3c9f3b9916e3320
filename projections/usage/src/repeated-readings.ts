import { accountHash, type Fact, idHash, type Reading, type Stored, type UsageFact } from '#contracts';
import type { AccountId, Instant, TenantId } from '#kernel';
import type { PoolClient } from '#postgres';
import type { RowChanges } from '#projection';
import { packRow, packsOf } from './packs.js';
import { usagePacks } from './usage.tables.js';

/** Of equal ids the first in the log counts: takes the others out of the packs that a batch has just written. */
export const leaveOutRepeated = async (
  client: PoolClient,
  schema: string,
  events: readonly Stored<UsageFact>[],
  rows: RowChanges,
): Promise<void> => {
  const recorded = recordedIn(events);
  const { firsts, repeated } = firstOfEachId(recorded);
  const found = await hashedBefore(client, schema, firsts);
  for (const { reading } of await recordedBefore(client, schema, found)) repeated.add(reading);
  for (const stored of recorded) {
    for (const pack of packsOf(stored).packs) {
      const kept = pack.readings.map((reading) => !repeated.has(reading));
      if (!kept.includes(false)) continue;
      const row = packRow(stored, {
        ...pack,
        readings: pack.readings.filter((_, place) => kept[place]),
        ordinals: pack.ordinals.filter((_, place) => kept[place]),
      });
      if (kept.includes(true)) rows.put(usagePacks, row);
      else rows.remove(usagePacks, row);
    }
  }
};

/** Each once: a batch may have an event twice, whose readings are no repetition. */
const recordedIn = (events: readonly Stored<UsageFact>[]): readonly Stored<Fact<'UsageRecorded'>>[] => {
  const byPosition = new Map<bigint, Stored<Fact<'UsageRecorded'>>>();
  for (const stored of events)
    if (stored.fact.type === 'UsageRecorded') byPosition.set(stored.position, stored as Stored<Fact<'UsageRecorded'>>);
  return [...byPosition.values()];
};

interface RecordedReading {
  readonly tenantId: TenantId;
  readonly accountId: AccountId;
  readonly reading: Reading;
  readonly position: bigint;
}

/** Among the events of a batch, in their order. */
const firstOfEachId = (events: readonly Stored<Fact<'UsageRecorded'>>[]) => {
  const firsts = new Map<string, RecordedReading>();
  const repeated = new Set<Reading>();
  for (const { fact, metadata, position } of events) {
    const tenantId = metadata.tenantId!;
    for (const { accountId, readings } of fact.data.accounts) {
      for (const reading of readings) {
        const key = `${tenantId}\0${accountId}\0${reading.id}`;
        if (firsts.has(key)) repeated.add(reading);
        else firsts.set(key, { tenantId, accountId, reading, position });
      }
    }
  }
  return { firsts: [...firsts.values()], repeated };
};

/** A reading whose hash an earlier event left there, and the first instant of the pack that it was left for. */
interface HashedReading extends RecordedReading {
  readonly fromAt: Instant;
}

const hashedBefore = async (
  client: PoolClient,
  schema: string,
  readings: readonly RecordedReading[],
): Promise<HashedReading[]> => {
  const { rows } = await client.query<{ place: bigint; from_at: Instant }>(
    `SELECT v.place, i.from_at FROM unnest($1::bigint[], $2::integer[], $3::bigint[]) WITH ORDINALITY AS v(id_hash, account_hash, position, place)
       JOIN ${schema}.usage_ids AS i ON i.id_hash = v.id_hash AND i.account_hash = v.account_hash AND i.position < v.position`,
    [
      readings.map(({ tenantId, reading }) => idHash(tenantId, reading.id)),
      readings.map(({ accountId }) => accountHash(accountId)),
      readings.map(({ position }) => position),
    ],
  );
  return rows.map(({ place, from_at: fromAt }) => ({ ...readings[Number(place) - 1]!, fromAt }));
};

/** Those that have an earlier reading of their very id: equal hashes alone say nothing. It mostly stands in the pack that the hash is of. */
const recordedBefore = async (
  client: PoolClient,
  schema: string,
  readings: readonly HashedReading[],
): Promise<HashedReading[]> => {
  if (readings.length === 0) return [];
  const earlierPack = `SELECT FROM ${schema}.usage_packs AS p
    WHERE p.tenant_id = v.tenant_id AND p.account_id = v.account_id AND v.reading_id = ANY (p.reading_ids) AND p.position < v.position`;
  const { rows } = await client.query<{ place: bigint }>(
    `SELECT v.place FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[])
            WITH ORDINALITY AS v(tenant_id, account_id, reading_id, position, from_at, place)
      WHERE EXISTS (${earlierPack} AND p.from_at = v.from_at) OR EXISTS (${earlierPack})`,
    [
      readings.map(({ tenantId }) => tenantId),
      readings.map(({ accountId }) => accountId),
      readings.map(({ reading }) => reading.id),
      readings.map(({ position }) => position),
      readings.map(({ fromAt }) => fromAt),
    ],
  );
  return rows.map(({ place }) => readings[Number(place) - 1]!);
};
