import type { Instant } from '#kernel';
import type { Parameters } from './meter-sql.js';

/** Which readings count, and what they say: with the last word about each, without those that were retracted. */
const counting = (corrections: string, known = 'true'): string => `(
  SELECT u.tenant_id, u.account_id, u.reading_id, u.event, u.at, u.subscription_id, u.revision, u.ordinal, u.recorded_at,
         coalesce(c.properties, u.properties) AS properties, coalesce(c.digest, u.digest) AS digest
    FROM read.usage_readings AS u
    LEFT JOIN ${corrections} AS c USING (tenant_id, account_id, reading_id)
   WHERE ${known} AND (c.revision IS NULL OR c.properties IS NOT NULL)) AS r`;

/**
 * Readings as they count, named `r`. The planner flattens it, so that conditions on `r` reach the index of the readings; corrections
 * are few, and are found by account.
 */
export const CURRENT_READINGS = counting('read.usage_corrections');

/** The same of accounts without corrections: the join would cost a billing run a third of its speed, to find nothing. */
export const RECORDED_READINGS = 'read.usage_readings AS r';

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
): string => {
  if (position === undefined && recordedAt === undefined) return CURRENT_READINGS;
  const known = (alias: string): string =>
    [
      ...(position === undefined ? [] : [`${alias}.position <= ${parameters.add(position, 'bigint')}`]),
      ...(recordedAt === undefined ? [] : [`${alias}.recorded_at <= ${parameters.add(recordedAt, 'timestamptz')}`]),
    ].join(' AND ');
  const corrections = `(SELECT DISTINCT ON (h.account_id, h.reading_id) h.tenant_id, h.account_id, h.reading_id, h.properties, h.digest, h.revision
            FROM read.usage_correction_history AS h WHERE h.tenant_id = ${tenant} AND ${known('h')}
           ORDER BY h.account_id, h.reading_id, h.revision DESC)`;
  return counting(corrections, known('u'));
};
