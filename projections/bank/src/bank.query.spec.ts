import { bankEntryOf, bankStream, type BankFact, type RecordedBankEntry } from '#contracts';
import { money, type LocalDate } from '#kernel';
import { invoicesProjection } from '#projections/invoices';
import { ACCOUNT, anEnvelope, anId, at, InMemoryEventLog, sealed, TENANT } from '#testing';
import { propose } from '#write-path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { project } from '../../../test/services/projected.js';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { bankProjection } from './bank.projection.js';
import { BankQuery } from './bank.query.js';

const BANK = anId('bac');
const PAYER = 'f'.repeat(64);
const PAYERS_INVOICES = 250;

const entry = (digit: string, minor: bigint, more: Partial<RecordedBankEntry> = {}): RecordedBankEntry => ({
  entryId: bankEntryOf(BANK, digit.repeat(64)),
  identity: digit.repeat(64),
  amount: money(minor, 'EUR'),
  bookedOn: '2026-03-02' as LocalDate,
  reversal: false,
  references: [],
  personal: sealed(),
  ...more,
});
const recorded = (...entries: RecordedBankEntry[]): BankFact => ({
  type: 'BankEntriesRecorded',
  data: { bankAccountId: BANK, entries },
});

describe('entries of a bank account', () => {
  const stopping = new Stopping();
  let database: TestDatabase;
  let query: BankQuery;

  beforeAll(async () => {
    const log = new InMemoryEventLog();
    const stream = bankStream(TENANT, BANK);
    const [whole, paid] = [entry('1', 10_000n), entry('4', 5_000n, { payer: PAYER })];
    const parts = [entry('2', 6_000n, { partOf: whole.identity }), entry('3', 4_000n, { partOf: whole.identity })];
    const matched: BankFact = {
      type: 'BankEntryMatched',
      data: {
        entryId: paid.entryId,
        accountId: ACCOUNT,
        paymentId: anId('pay'),
        turn: 1,
        amount: paid.amount,
        allocations: [],
        reason: 'by_hand',
        bookedOn: paid.bookedOn,
      },
    };
    const facts = [recorded(whole, paid), recorded(...parts), matched];
    const proposals = propose(facts, stream, anEnvelope(), at('2026-03-05T00:00:00Z'));
    await log.append(
      stream,
      proposals.map(({ event }) => event),
      'no_stream',
    );
    database = await stopping.use(TestDatabase.create());
    await project(log, database, [bankProjection, invoicesProjection]);
    query = new BankQuery(database.tenants);
  });

  const statuses = async (...status: string[]) => {
    const { rows } = await query.entries(TENANT, BANK, status.length === 0 ? undefined : status, { limit: 10 });
    return rows.map((row) => [row.entry.identity[0], row.status]);
  };

  it('are split once their payments are there, and matched where they are', async () => {
    expect(await statuses()).toEqual([
      ['3', 'unmatched'],
      ['2', 'unmatched'],
      ['4', 'matched'],
      ['1', 'split'],
    ]);
    expect(await statuses('split', 'matched')).toEqual([
      ['4', 'matched'],
      ['1', 'split'],
    ]);
    expect(await query.entry(TENANT, BANK, bankEntryOf(BANK, '1'.repeat(64)))).toMatchObject({ status: 'split' });
    expect(await query.entry(TENANT, anId('bac', 2), bankEntryOf(BANK, '1'.repeat(64)))).toBeUndefined();
  });

  it('may be of what they name first, however much else their payer owes, and for however long', async () => {
    const invoice = `INSERT INTO read.invoices (tenant_id, invoice_id, account_id, number, status, currency, period_start,
      period_end, bill_through, draft_revision, due_on, overdue, total, created_at, created_position)`;
    const rest = `'open', 'EUR', now(), now(), now(), 0`;
    await database.projector.query(
      `${invoice} SELECT $1, 'inv_' || n, $2, 'INV-' || n, ${rest}, '2026-01-01', true, 5000, now(), n
        FROM generate_series(1, ${PAYERS_INVOICES}) n`,
      [TENANT, ACCOUNT],
    );
    await database.projector.query(
      `${invoice} VALUES ($1, 'inv_named', $2, 'INV-9999', ${rest}, '2026-12-31', false, 7000, now(), 9999)`,
      [TENANT, anId('acc', 2)],
    );
    await database.projector.query(
      "INSERT INTO read.payment_references (tenant_id, reference, invoice_id) VALUES ($1, 'number INV9999', 'inv_named')",
      [TENANT],
    );
    const items = await query.openItems(TENANT, { references: [], numbers: ['INV9999'], payer: PAYER });
    expect(items[0]).toMatchObject({ invoiceId: 'inv_named', due: money(7_000n, 'EUR'), payers: [] });
    expect(items[1]).toMatchObject({ accountId: ACCOUNT, due: money(5_000n, 'EUR'), payers: [PAYER] });
    expect(await query.openItems(TENANT, { references: [], numbers: [], payer: PAYER })).toHaveLength(200);
    expect(await query.openItems(TENANT, { references: [], numbers: ['INV9999'], payer: null })).toHaveLength(1);
  });
});
