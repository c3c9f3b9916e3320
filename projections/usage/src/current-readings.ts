/**
 * Readings as they count, named `r`: with the last word about each, without those that were retracted. The planner flattens it, so that
 * conditions on `r` reach the index of the readings; corrections are few, and are found by account.
 */
export const CURRENT_READINGS = `(
  SELECT u.tenant_id, u.account_id, u.reading_id, u.event, u.at, u.subscription_id, u.revision, u.ordinal, u.recorded_at,
         coalesce(c.properties, u.properties) AS properties, coalesce(c.digest, u.digest) AS digest
    FROM read.usage_readings AS u
    LEFT JOIN read.usage_corrections AS c USING (tenant_id, account_id, reading_id)
   WHERE c.revision IS NULL OR c.properties IS NOT NULL) AS r`;

/** The same of accounts without corrections: the join would cost a billing run a third of its speed, to find nothing. */
export const RECORDED_READINGS = 'read.usage_readings AS r';
