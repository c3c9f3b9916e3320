import type { RecordedContent } from '#billing/usage';
import { accountHash, idHash, type Reading } from '#contracts';
import type { AccountId, Instant, SubscriptionId, TenantId } from '#kernel';
import type { TenantTransactions } from '#postgres';
import { recordedReadings } from './current-readings.js';

/** Of the given readings, those that are recorded already, by account and id. */
export const recordedContents = async (
  database: TenantTransactions,
  tenantId: TenantId,
  readings: readonly { readonly accountId: AccountId; readonly id: string }[],
): Promise<ReadonlyMap<string, RecordedContent>> => {
  const accounts = new Map<AccountId, number>();
  for (const { accountId } of readings) if (!accounts.has(accountId)) accounts.set(accountId, accountHash(accountId));
  const hits = await database.rows<{ place: bigint; from_at: Instant; position: bigint }>(
    tenantId,
    // Nearly all are new. OFFSET 0 keeps this from becoming a join: on a table without statistics the planner would hash all of it.
    `SELECT v.place, i.from_at, i.position FROM unnest($2::bigint[], $3::integer[]) WITH ORDINALITY AS v(id_hash, account_hash, place)
      CROSS JOIN LATERAL (SELECT u.from_at, u.position FROM read.usage_ids AS u
                           WHERE u.id_hash = v.id_hash AND u.account_hash = v.account_hash AND u.tenant_id = $1 OFFSET 0) AS i`,
    // As texts: the driver would look at each number for all that it may be.
    [
      tenantId,
      `{${readings.map(({ id }) => idHash(tenantId, id)).join(',')}}`,
      `{${readings.map(({ accountId }) => accounts.get(accountId)!).join(',')}}`,
    ],
  );
  if (hits.length === 0) return new Map();
  const hit = hits.map(({ place }) => readings[Number(place) - 1]!);
  const rows = await database.rows<RecordedRow>(
    tenantId,
    // Each pack is opened once, however many of its readings come again.
    `WITH hits AS (SELECT * FROM unnest($2::text[], $3::text[], $4::timestamptz[], $5::bigint[]) AS h(account_id, reading_id, from_at, position)),
          packs AS MATERIALIZED (SELECT p.* FROM (SELECT DISTINCT account_id, from_at, position FROM hits) AS h
            CROSS JOIN LATERAL (SELECT * FROM read.usage_packs AS u
                                 WHERE u.tenant_id = $1 AND u.account_id = h.account_id AND u.from_at = h.from_at AND u.position = h.position OFFSET 0) AS p)
     SELECT r.*, c.properties AS amended FROM ${recordedReadings('true', 'packs')}
       JOIN hits USING (account_id, reading_id, position)
       LEFT JOIN LATERAL (SELECT k.properties FROM read.usage_corrections AS k
                           WHERE k.tenant_id = $1 AND k.account_id = r.account_id AND k.reading_id = r.reading_id OFFSET 0) AS c ON true`,
    [
      tenantId,
      hit.map(({ accountId }) => accountId),
      hit.map(({ id }) => id),
      hits.map(({ from_at: fromAt }) => fromAt),
      hits.map(({ position }) => position),
    ],
  );
  return new Map(rows.map((row) => [`${row.account_id}\0${row.reading_id}`, recordedContent(row)]));
};

interface RecordedRow {
  readonly account_id: AccountId;
  readonly reading_id: string;
  readonly event: string;
  readonly at: Instant;
  readonly subscription_id: SubscriptionId | null;
  readonly properties: Reading['properties'];
  readonly amended: Reading['properties'] | null;
}

const recordedContent = ({
  event,
  at,
  subscription_id: subscriptionId,
  properties,
  amended,
}: RecordedRow): RecordedContent => ({
  recorded: { event, at, properties, ...(subscriptionId === null ? {} : { subscriptionId }) },
  amended,
});
