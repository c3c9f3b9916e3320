import type { Instant } from '#kernel';
import type { Parameters } from './meter-sql.js';
import { monthOf } from './usage.tables.js';

/** The readings of packs `p`, a row each. */
const UNPACKED = `ROWS FROM (unnest(p.reading_ids), unnest(p.ats), unnest(p.subscription_ids),
                   jsonb_array_elements(p.properties), unnest(p.digests), unnest(p.ordinals))
           AS x(reading_id, at, subscription_id, properties, digest, ordinal)`;

const COLUMNS = `p.tenant_id, p.account_id, p.event, p.from_at, p.revision, p.recorded_at, p.position, x.reading_id, x.at, x.subscription_id, x.ordinal`;

/** The readings of packs that a condition on them (`p`) chooses, as they were recorded, and so of accounts without corrections as they count. */
export const recordedReadings = (packs = 'true', of = 'read.usage_packs'): string =>
  `(SELECT ${COLUMNS}, x.properties, x.digest FROM ${of} AS p CROSS JOIN LATERAL ${UNPACKED} WHERE ${packs}) AS r`;

/** Which readings count, and what they say: with the last word about each, without those that were retracted. */
const counting = (packs: string, corrections: string): string => `(
  SELECT ${COLUMNS}, coalesce(c.properties, x.properties) AS properties, coalesce(c.digest, x.digest) AS digest
    FROM read.usage_packs AS p CROSS JOIN LATERAL ${UNPACKED}
    LEFT JOIN ${corrections} AS c ON c.tenant_id = p.tenant_id AND c.account_id = p.account_id AND c.reading_id = x.reading_id
   WHERE ${packs} AND (c.revision IS NULL OR c.properties IS NOT NULL)) AS r`;

/**
 * Readings as they count, named `r`, of the packs that a condition on them (`p`) chooses. The planner flattens it, so that conditions on what
 * packs have of `r` reach their index; corrections are few, and are found by account.
 */
export const currentReadings = (packs = 'true'): string => counting(packs, 'read.usage_corrections');

/**
 * The packs that may have readings in `[from, to)`, by SQL of instants. What begins in the month of `from` or later is all of it: no pack has readings of two months.
 * Said of the packs themselves, it leaves the partitions of other months out.
 */
export const packsWithin = ({
  month,
  from,
  to,
}: {
  readonly month: string;
  readonly from: string;
  readonly to: string;
}): string => `p.from_at >= ${month} AND p.from_at < ${to} AND p.to_at >= ${from}`;

/** The beginning of the month (UTC) of an instant. */
export const beginOfMonth = (at: Instant): string => `${monthOf(at)}-01T00:00:00Z`;

/** A reading by its id, as it was recorded: of the account that a parameter names or, where that is null, of each that has one of this id. */
export const readingNamed = ({
  tenant,
  id,
  hash,
  account,
}: Readonly<Record<'tenant' | 'id' | 'hash' | 'account', string>>): string =>
  // OFFSET 0 keeps the planner from looking through all packs: the few that are wanted are in months that are known by then.
  `(SELECT ${COLUMNS}, x.properties, x.digest
      FROM (SELECT DISTINCT from_at, position FROM read.usage_ids WHERE tenant_id = ${tenant} AND id_hash = ${hash}) AS i
     CROSS JOIN LATERAL (
       SELECT * FROM read.usage_packs AS u
        WHERE u.tenant_id = ${tenant} AND (${account} IS NULL OR u.account_id = ${account})
          AND u.from_at = i.from_at AND u.position = i.position OFFSET 0) AS p
     CROSS JOIN LATERAL ${UNPACKED}
     WHERE x.reading_id = ${id})`;

/** Where a reading stands among those of its tenant: as packs have them, which are ordered by account and time. */
export const PLACE = 'r.account_id, r.from_at, r.event, r.revision, r.ordinal, r.reading_id';

export interface Place {
  readonly account_id: string;
  readonly from_at: string;
  readonly event: string;
  readonly revision: bigint;
  readonly ordinal: number;
  readonly reading_id: string;
}

/** The packs that may have readings behind a place, and what is behind it. */
export const behind = (
  { account_id, from_at, event, revision, ordinal, reading_id }: Place,
  parameters: Parameters,
): { readonly packs: string; readonly readings: string } => {
  const [account, from] = [parameters.add(account_id, 'text'), parameters.add(from_at, 'timestamptz')];
  const rest = [
    parameters.add(event, 'text'),
    parameters.add(revision, 'bigint'),
    parameters.add(ordinal, 'integer'),
    parameters.add(reading_id, 'text'),
  ];
  return {
    packs: `(p.account_id, p.from_at) >= (${account}, ${from})`,
    readings: `(${PLACE}) > (${[account, from, ...rest].join(', ')})`,
  };
};

/** How much of the log is known: up to a position, or to what was recorded by an instant. */
export interface ReadingsCut {
  readonly position?: bigint;
  readonly recordedAt?: Instant;
}

/** Readings as they counted when that was all that was known. Corrections are few: those of the tenant are looked through. */
export const readingsKnown = (
  { position, recordedAt }: ReadingsCut,
  tenant: string,
  parameters: Parameters,
  packs: string,
): string => {
  if (position === undefined && recordedAt === undefined) return currentReadings(packs);
  const known = (alias: string): string =>
    [
      ...(position === undefined ? [] : [`${alias}.position <= ${parameters.add(position, 'bigint')}`]),
      ...(recordedAt === undefined ? [] : [`${alias}.recorded_at <= ${parameters.add(recordedAt, 'timestamptz')}`]),
    ].join(' AND ');
  const corrections = `(SELECT DISTINCT ON (h.account_id, h.reading_id) h.tenant_id, h.account_id, h.reading_id, h.properties, h.digest, h.revision
            FROM read.usage_correction_history AS h WHERE h.tenant_id = ${tenant} AND ${known('h')}
           ORDER BY h.account_id, h.reading_id, h.revision DESC)`;
  return counting(`${packs} AND ${known('p')}`, corrections);
};
