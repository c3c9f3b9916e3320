import {
  readingDigest,
  type AccountReadings,
  type Stored,
  type UsageFact,
  type UsageCorrection,
  type Reading,
} from '#contracts';
import { projection, table, type RowChanges } from '#projection';

/** Readings as they count: of one id the first in its stream stays, later ones find the row there. */
export const usageReadings = table({
  name: 'usage_readings',
  columns: {
    tenant_id: 'text',
    account_id: 'text',
    reading_id: 'text',
    event: 'text',
    at: 'timestamptz',
    subscription_id: 'text?',
    properties: 'jsonb',
    digest: 'bigint',
    revision: 'bigint',
    ordinal: 'integer',
    recorded_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['tenant_id', 'account_id', 'reading_id'],
  indexes: ['tenant_id, event, account_id, at'],
  partitions: { by: ['tenant_id', 'account_id'], count: 8 },
  appendOnly: true,
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
    properties: 'jsonb?',
    digest: 'bigint?',
    recorded_at: 'timestamptz',
    position: 'bigint',
    command_id: 'uuid',
  },
  key: ['tenant_id', 'account_id', 'reading_id', 'revision'],
  // A correction that comes again is found, however much was recorded beside it meanwhile.
  indexes: ['tenant_id, command_id'],
  appendOnly: true,
});

/**
 * Which days (UTC) got readings of an account, and up to which revision of its stream: the cut that billing names is the last of them, and what
 * came later makes periods dirty.
 */
export const usageArrivals = table({
  name: 'usage_arrivals',
  columns: { tenant_id: 'text', account_id: 'text', event: 'text', day: 'date', last_revision: 'bigint' },
  key: ['tenant_id', 'account_id', 'event', 'day'],
  // The last of an account, and what came after a cut, without a look at all the days that it ever used something.
  indexes: ['tenant_id, account_id, last_revision'],
});

export const usageProjection = projection<UsageFact>({
  name: 'usage',
  version: 5,
  tables: [usageReadings, usageCorrections, usageCorrectionHistory, usageArrivals],
  reads: ['accounts.accounts', 'agenda.billing_cuts', 'subscriptions.subscriptions'],
  on: {
    UsageRecorded: (stored, rows) => {
      for (const own of stored.fact.data.accounts) record(stored, own, rows);
    },
    UsageAmended: (stored, rows) => correct(stored, stored.fact.data.properties, rows),
    UsageRetracted: (stored, rows) => correct(stored, null, rows),
  },
});

const record = (
  { metadata, revision, position }: Stored,
  { accountId: account_id, readings }: AccountReadings,
  rows: RowChanges,
): void => {
  const tenant_id = metadata.tenantId!;
  for (const [ordinal, reading] of readings.entries()) {
    const { id, event, at, properties, subscriptionId } = reading;
    rows.append(usageReadings, {
      tenant_id,
      account_id,
      reading_id: id,
      event,
      at,
      subscription_id: subscriptionId ?? null,
      properties,
      digest: BigInt.asIntN(64, readingDigest(reading)),
      revision: BigInt(revision),
      ordinal,
      recorded_at: metadata.recordedAt,
      position,
    });
    const day = at.slice(0, 10);
    rows.put(usageArrivals, { tenant_id, account_id, event, day, last_revision: BigInt(revision) });
  }
};

/** The reading's day is dirty again: the next billing looks at its periods. */
const correct = (
  { fact: { data }, metadata, revision, position }: Stored<UsageCorrection>,
  properties: Reading['properties'] | null,
  rows: RowChanges,
): void => {
  const tenant_id = metadata.tenantId!;
  const { accountId: account_id } = data;
  const { id, event, at, subscriptionId } = data.reading;
  const reading = { id, event, at, properties, ...(subscriptionId === undefined ? {} : { subscriptionId }) };
  const word = {
    tenant_id,
    account_id,
    reading_id: id,
    properties,
    // Over the same text as if it had been recorded so.
    digest: properties && BigInt.asIntN(64, readingDigest(reading)),
    revision: BigInt(revision),
    recorded_at: metadata.recordedAt,
  };
  rows.put(usageCorrections, { ...word, reason: data.reason });
  rows.append(usageCorrectionHistory, { ...word, position, command_id: metadata.commandId });
  rows.put(usageArrivals, { tenant_id, account_id, event, day: at.slice(0, 10), last_revision: BigInt(revision) });
};
