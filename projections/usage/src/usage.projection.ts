import {
  accountHash,
  type Fact,
  idHash,
  type Reading,
  readingDigest,
  type Stored,
  type UsageCorrection,
  type UsageFact,
} from '#contracts';
import { projection, type RowChanges } from '#projection';
import { packRow, packsOf, type Pack } from './packs.js';
import { leaveOutRepeated } from './repeated-readings.js';
import {
  monthOf,
  usageArrivals,
  usageCorrectionHistory,
  usageCorrections,
  usageIds,
  usagePacks,
} from './usage.tables.js';

const record = (stored: Stored<Fact<'UsageRecorded'>>, rows: RowChanges): void => {
  const { metadata, revision, position } = stored;
  const tenant_id = metadata.tenantId!;
  const { packs, inOrder } = packsOf(stored);
  const hashes = new Map<Pack, number>();
  for (const pack of packs) {
    const { accountId: account_id, month } = pack;
    hashes.set(pack, accountHash(account_id));
    rows.append(usagePacks, packRow(stored, pack));
    rows.put(usageArrivals, { tenant_id, account_id, month: `${month}-01`, last_revision: BigInt(revision) });
  }
  for (const { id, pack } of inOrder) {
    const id_hash = idHash(tenant_id, id);
    rows.append(usageIds, { tenant_id, id_hash, account_hash: hashes.get(pack)!, from_at: pack.fromAt, position });
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
  const day = at.slice(0, 10);
  rows.append(usageCorrectionHistory, { ...word, event, day, position, command_id: metadata.commandId });
  rows.put(usageArrivals, { tenant_id, account_id, month: `${monthOf(at)}-01`, last_revision: BigInt(revision) });
};

export const usageProjection = projection<UsageFact>({
  name: 'usage',
  version: 6,
  tables: [usagePacks, usageIds, usageCorrections, usageCorrectionHistory, usageArrivals],
  reads: ['accounts.accounts', 'agenda.billing_cuts', 'subscriptions.subscriptions'],
  on: {
    UsageRecorded: record,
    UsageAmended: (stored, rows) => correct(stored, stored.fact.data.properties, rows),
    UsageRetracted: (stored, rows) => correct(stored, null, rows),
  },
  onRepeated: leaveOutRepeated,
});
