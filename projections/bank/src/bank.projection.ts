import { bankEntryOf, type BankFact, type Fact, type Stored } from '#contracts';
import { plainNumber, qrReferenceOfNumber, referenceOfNumber, type BankEntryId } from '#kernel';
import { projection, table, type Changes, type RowChanges } from '#projection';

export const bankAccounts = table({
  name: 'bank_accounts',
  columns: { tenant_id: 'text', bank_account_id: 'text', definition: 'json', position: 'bigint' },
  key: ['tenant_id', 'bank_account_id'],
  indexes: ['tenant_id, position DESC'],
});

/** Entries in the order of the log; `place` tells those of one event apart. */
export const bankEntries = table({
  name: 'bank_entries',
  columns: {
    tenant_id: 'text',
    entry_id: 'text',
    bank_account_id: 'text',
    status: 'text',
    booked_on: 'date',
    entry: 'jsonb',
    payer: 'text?',
    match: 'jsonb?',
    /** Why it is ignored, or was unmatched. */
    reason: 'text?',
    place: 'bigint',
  },
  key: ['tenant_id', 'entry_id'],
  indexes: ['tenant_id, bank_account_id, place DESC', { on: 'tenant_id, payer', where: 'payer IS NOT NULL' }],
});

/** What payments of invoices may name: their structured references, and their numbers without blanks and dashes. */
export const paymentReferences = table({
  name: 'payment_references',
  columns: { tenant_id: 'text', reference: 'text', invoice_id: 'text' },
  key: ['tenant_id', 'reference', 'invoice_id'],
});

/** More than the entries of one event. */
const ENTRIES_OF_EVENT = 128n;

const changed = (
  { metadata }: Stored<BankFact>,
  rows: RowChanges,
  entryId: BankEntryId,
  changes: Changes<typeof bankEntries>,
): void => rows.patch(bankEntries, { tenant_id: metadata.tenantId!, entry_id: entryId }, changes);

export const bankProjection = projection<BankFact | Fact<'InvoiceNumbered'>>({
  name: 'bank',
  version: 1,
  tables: [bankAccounts, bankEntries, paymentReferences],
  reads: ['invoices.invoices', 'invoices.invoice_settlements'],
  on: {
    BankAccountRegistered: ({ fact: { data }, metadata, position }, rows) =>
      rows.put(bankAccounts, {
        tenant_id: metadata.tenantId!,
        bank_account_id: data.bankAccountId,
        definition: data,
        position,
      }),
    BankEntriesRecorded(event, rows) {
      const { data } = event.fact;
      const { metadata, position } = event;
      for (const [index, entry] of data.entries.entries()) {
        if (entry.partOf !== undefined)
          changed(event, rows, bankEntryOf(data.bankAccountId, entry.partOf), { status: 'split' });
        rows.put(bankEntries, {
          tenant_id: metadata.tenantId!,
          entry_id: entry.entryId,
          bank_account_id: data.bankAccountId,
          status: 'unmatched',
          booked_on: entry.bookedOn,
          entry,
          payer: entry.payer ?? null,
          match: null,
          reason: null,
          place: position * ENTRIES_OF_EVENT + BigInt(index),
        });
      }
    },
    BankEntryMatched: (event, rows) =>
      changed(event, rows, event.fact.data.entryId, { status: 'matched', match: event.fact.data, reason: null }),
    BankEntryUnmatched: (event, rows) =>
      changed(event, rows, event.fact.data.entryId, {
        status: 'unmatched',
        match: null,
        reason: event.fact.data.reason ?? null,
      }),
    BankEntryIgnored: (event, rows) =>
      changed(event, rows, event.fact.data.entryId, { status: 'ignored', reason: event.fact.data.reason ?? null }),
    BankEntryRestored: (event, rows) =>
      changed(event, rows, event.fact.data.entryId, { status: 'unmatched', reason: null }),
    InvoiceNumbered({ fact: { data }, metadata }, rows) {
      const { invoiceId, number } = data;
      const references = [referenceOfNumber(number), qrReferenceOfNumber(number), `number ${plainNumber(number)}`];
      for (const reference of references)
        rows.put(paymentReferences, {
          tenant_id: metadata.tenantId!,
          reference,
          invoice_id: invoiceId,
        });
    },
  },
});
