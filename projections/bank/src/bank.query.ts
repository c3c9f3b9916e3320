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
type EntryRow = Row<typeof bankEntries> & { readonly shown: BankEntryStatus };

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

/** A booking whose payments are entries of their own is no entry to match. */
const SHOWN = `CASE WHEN t.status = 'unmatched' AND EXISTS (SELECT FROM read.bank_entries p
  WHERE p.tenant_id = t.tenant_id AND p.bank_account_id = t.bank_account_id AND p.entry->>'partOf' = t.identity)
  THEN 'split' ELSE t.status END`;

const selectEntries = () => selectFrom('bank_entries').addSelect(SHOWN, 'shown').where('true');

const ITEMS_MAX = 200;

/** Open invoices that money may be of: by what it names, and those of accounts that were paid from the same IBAN. */
const ITEMS = `WITH payers AS (SELECT DISTINCT e.match->>'accountId' AS account_id FROM read.bank_entries e
    WHERE e.tenant_id = $1 AND e.payer = $3 AND e.status = 'matched'),
  named AS (SELECT DISTINCT r.invoice_id, r.account_id, r.number FROM read.payment_references r
    WHERE r.tenant_id = $1 AND (r.reference = ANY($2) OR r.account_id IN (SELECT account_id FROM payers)))
  SELECT n.invoice_id, n.account_id, n.number, i.currency, (i.total - coalesce(s.settled, 0))::text AS due,
         n.account_id IN (SELECT account_id FROM payers) AS pays
    FROM named n JOIN read.invoices i ON i.tenant_id = $1 AND i.invoice_id = n.invoice_id
    LEFT JOIN LATERAL (SELECT sum(m.amount) AS settled FROM read.invoice_settlements m
      WHERE m.tenant_id = $1 AND m.invoice_id = n.invoice_id) s ON true
   WHERE i.status = 'open' ORDER BY i.due_on, n.invoice_id LIMIT ${ITEMS_MAX}`;

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
    const [text, values] = selectEntries()
      .andWhere('t.tenant_id = :tenantId AND t.bank_account_id = :bankAccountId AND t.entry_id = :entryId', {
        tenantId,
        bankAccountId,
        entryId,
      })
      .getQueryAndParameters();
    const [row] = await this.database.rows<EntryRow>(tenantId, text, values);
    return row && documentOf(row);
  }

  async entries(
    tenantId: TenantId,
    bankAccountId: BankAccountId,
    status: readonly string[] | undefined,
    request: PageRequest,
  ): Promise<Page<BankEntryDocument>> {
    const query = selectEntries().andWhere('t.bank_account_id = :bankAccountId', { bankAccountId });
    if (status !== undefined) query.andWhere(`${SHOWN} IN (:...status)`, { status });
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
  status: row.shown,
  match: row.match === null ? null : fromJson<BankMatch>(row.match as Json),
  reason: row.reason,
});
