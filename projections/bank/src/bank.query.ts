import type { BankAccountRecord, BankMatch, OpenItem } from '#billing/bank-account';
import type { RecordedBankEntry } from '#contracts';
import {
  fromJson,
  money,
  qrReferenceOfNumber,
  referenceOfNumber,
  type AccountId,
  type BankAccountId,
  type BankEntryId,
  type InvoiceId,
  type Json,
  type TenantId,
} from '#kernel';
import { page, selectFrom, type Orders, type Page, type PageRequest, type TenantTransactions } from '#postgres';
import type { Row } from '#projection';
import type { bankAccounts, bankEntries } from './bank.projection.js';

type AccountRow = Row<typeof bankAccounts>;
type EntryRow = Row<typeof bankEntries>;

export type BankEntryStatus = 'unmatched' | 'matched' | 'ignored' | 'split';

/** An entry as it was recorded, and what became of it. */
export interface BankEntryDocument {
  readonly bankAccountId: BankAccountId;
  readonly entry: RecordedBankEntry;
  readonly status: BankEntryStatus;
  readonly match: BankMatch | null;
  readonly reason: string | null;
}

export interface Sought {
  readonly references: readonly string[];
  /** As `plainNumber` has them. */
  readonly numbers: readonly string[];
  readonly payer: string | null;
}

interface ItemRow extends Record<string, unknown> {
  readonly invoice_id: InvoiceId;
  readonly account_id: AccountId;
  readonly number: string;
  readonly currency: string;
  readonly due: string;
  readonly pays: boolean;
}

const ORDERS: Orders = { bookedOn: { by: 't.booked_on', type: 'date' } };

const ITEMS_MAX = 200;

/** Open invoices that money may be of: those that it names, then those of accounts that were paid from the same IBAN. */
const ITEMS = `WITH payers AS (SELECT DISTINCT e.match->>'accountId' AS account_id FROM read.bank_entries e
    WHERE e.tenant_id = $1 AND e.payer = $3 AND e.status = 'matched'),
  found AS (SELECT invoice_id, bool_or(named) AS named FROM (
    SELECT r.invoice_id, true AS named FROM read.payment_references r WHERE r.tenant_id = $1 AND r.reference = ANY($2)
    UNION ALL
    SELECT i.invoice_id, false FROM payers p JOIN read.invoices i ON i.tenant_id = $1 AND i.account_id = p.account_id
     WHERE i.status = 'open') f GROUP BY invoice_id)
  SELECT i.invoice_id, i.account_id, i.number, i.currency, (i.total - coalesce(s.settled, 0))::text AS due,
         i.account_id IN (SELECT account_id FROM payers) AS pays
    FROM found f JOIN read.invoices i ON i.tenant_id = $1 AND i.invoice_id = f.invoice_id
    LEFT JOIN LATERAL (SELECT sum(m.amount) AS settled FROM read.invoice_settlements m
      WHERE m.tenant_id = $1 AND m.invoice_id = i.invoice_id) s ON true
   WHERE i.status = 'open' AND i.number IS NOT NULL ORDER BY f.named DESC, i.due_on, i.invoice_id LIMIT ${ITEMS_MAX}`;

export class BankQuery {
  constructor(private readonly database: TenantTransactions) {}

  async account(tenantId: TenantId, bankAccountId: BankAccountId): Promise<BankAccountRecord | undefined> {
    const [row] = await this.database.rows<AccountRow>(
      tenantId,
      'SELECT * FROM read.bank_accounts WHERE tenant_id = $1 AND bank_account_id = $2',
      [tenantId, bankAccountId],
    );
    return row && (row.definition as BankAccountRecord);
  }

  async accounts(tenantId: TenantId, request: PageRequest): Promise<Page<BankAccountRecord>> {
    const query = selectFrom('bank_accounts').where('true');
    const { rows, ...cursors } = await page<AccountRow>(this.database, tenantId, query, 'position', request);
    return { rows: rows.map(({ definition }) => definition as BankAccountRecord), ...cursors };
  }

  async entry(
    tenantId: TenantId,
    bankAccountId: BankAccountId,
    entryId: BankEntryId,
  ): Promise<BankEntryDocument | undefined> {
    const [row] = await this.database.rows<EntryRow>(
      tenantId,
      'SELECT * FROM read.bank_entries WHERE tenant_id = $1 AND bank_account_id = $2 AND entry_id = $3',
      [tenantId, bankAccountId, entryId],
    );
    return row && documentOf(row);
  }

  async entries(
    tenantId: TenantId,
    bankAccountId: BankAccountId,
    status: readonly string[] | undefined,
    request: PageRequest,
  ): Promise<Page<BankEntryDocument>> {
    const query = selectFrom('bank_entries').where('t.bank_account_id = :bankAccountId', { bankAccountId });
    if (status !== undefined) query.andWhere('t.status IN (:...status)', { status });
    const { rows, ...cursors } = await page<EntryRow>(this.database, tenantId, query, 'place', request, ORDERS);
    return { rows: rows.map(documentOf), ...cursors };
  }

  async openItems(tenantId: TenantId, { references, numbers, payer }: Sought): Promise<OpenItem[]> {
    const named = [...references, ...numbers.map((number) => `number ${number}`)];
    if (named.length === 0 && payer === null) return [];
    const rows = await this.database.rows<ItemRow>(tenantId, ITEMS, [tenantId, named, payer]);
    return rows.map(({ invoice_id: invoiceId, account_id: accountId, number, currency, due, pays }) => ({
      invoiceId,
      accountId,
      number,
      due: money(BigInt(due), currency),
      references: [referenceOfNumber(number), qrReferenceOfNumber(number)],
      payers: pays && payer !== null ? [payer] : [],
    }));
  }
}

const documentOf = (row: EntryRow): BankEntryDocument => ({
  bankAccountId: row.bank_account_id as BankAccountId,
  entry: fromJson<RecordedBankEntry>(row.entry as Json),
  status: row.status as BankEntryStatus,
  match: row.match === null ? null : fromJson<BankMatch>(row.match as Json),
  reason: row.reason,
});
