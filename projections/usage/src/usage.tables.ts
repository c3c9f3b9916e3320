import { table } from '#projection';

/**
 * Readings of an account in one event of the log, by event name and month (UTC): a row costs as much for one reading as for twenty. Lists have a place for each reading.
 * Those whose id came before are left out, so that all that stand here count, but for corrections.
 */
export const usagePacks = table({
  name: 'usage_packs',
  columns: {
    tenant_id: 'text',
    account_id: 'text',
    /** The earliest and the latest instant of its readings, when they were recorded. */
    from_at: 'timestamptz',
    to_at: 'timestamptz',
    event: 'text',
    revision: 'bigint',
    recorded_at: 'timestamptz',
    position: 'bigint',
    reading_ids: 'text[]',
    ats: 'timestamptz[]',
    /** None where no reading names one. */
    subscription_ids: 'text[]?',
    /** A list of objects. */
    properties: 'jsonb',
    digests: 'bigint[]',
    ordinals: 'integer[]',
  },
  key: ['tenant_id', 'account_id', 'from_at', 'event', 'revision'],
  months: 'from_at',
});

/**
 * Which ids of readings there are, by hashes, and in which pack the first of each was recorded. One table and never emptied: nearly all ids that are looked up are new, and
 * would be looked for in each of its parts; and what counts is not to depend on when it is asked.
 */
export const usageIds = table({
  name: 'usage_ids',
  columns: {
    tenant_id: 'text',
    id_hash: 'bigint',
    account_hash: 'integer',
    from_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['id_hash', 'account_hash'],
});

/** The last word about readings that were corrected. Without properties, the reading was retracted. */
export const usageCorrections = table({
  name: 'usage_corrections',
  columns: {
    tenant_id: 'text',
    account_id: 'text',
    reading_id: 'text',
    properties: 'jsonb?',
    digest: 'bigint?',
    reason: 'text',
    revision: 'bigint',
    recorded_at: 'timestamptz',
  },
  key: ['tenant_id', 'account_id', 'reading_id'],
});

/** Each word about readings that were corrected, with its place in the log: what counted at a moment of the past. */
export const usageCorrectionHistory = table({
  name: 'usage_correction_history',
  columns: {
    tenant_id: 'text',
    account_id: 'text',
    reading_id: 'text',
    revision: 'bigint',
    event: 'text',
    /** The day (UTC) of the reading. */
    day: 'date',
    properties: 'jsonb?',
    digest: 'bigint?',
    recorded_at: 'timestamptz',
    position: 'bigint',
    command_id: 'uuid',
  },
  key: ['tenant_id', 'account_id', 'reading_id', 'revision'],
  // A correction that comes again is found, however much was recorded beside it meanwhile.
  indexes: ['tenant_id, command_id'],
});

/**
 * Up to which revision of its stream an account got readings of a month (UTC), or corrections of such. The last of them is the cut that billing
 * names; the days of what came after one stand in the packs of these months, and with the corrections.
 */
export const usageArrivals = table({
  name: 'usage_arrivals',
  columns: { tenant_id: 'text', account_id: 'text', month: 'date', last_revision: 'bigint' },
  key: ['tenant_id', 'account_id', 'month'],
  // Each batch changes the rows of the present month: in their place, and without a change of the index.
  fillfactor: 70,
});

/** The month (UTC) of an instant. */
export const monthOf = (at: string): string => at.slice(0, 7);
