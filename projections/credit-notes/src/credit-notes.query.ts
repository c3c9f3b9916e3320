import type { CreditNoteDocument, CreditNoteRecord } from '#billing/credit-note';
import type { CreditedLine, DocumentTax } from '#contracts';
import {
  fromJson,
  type AccountId,
  type CreditNoteId,
  type InvoiceId,
  type Json,
  type LocalDate,
  type TenantId,
} from '#kernel';
import {
  majorUnitsSql,
  NUMBER_LAST,
  page,
  selectFrom,
  where,
  type Orders,
  type Page,
  type PageRequest,
  type TenantTransactions,
} from '#postgres';
import { recordsOf, type Row } from '#projection';
import { creditNotes } from './credit-notes.projection.js';

type CreditNoteRow = Row<typeof creditNotes>;
type DocumentRow = CreditNoteRow & { readonly lines: Json };

export interface CreditNoteFilter {
  readonly status?: readonly string[];
  readonly accountId?: AccountId;
  readonly invoiceId?: InvoiceId;
  readonly number?: string;
  /** Both days belong to it. */
  readonly issuedFrom?: LocalDate;
  readonly issuedTo?: LocalDate;
}

const ORDERS: Orders = {
  createdAt: { by: 't.recorded_at', type: 'timestamptz' },
  issueDate: { by: 't.issue_date', type: 'date' },
  number: NUMBER_LAST,
  total: { by: majorUnitsSql('t.total', 't.currency'), type: 'numeric' },
};

const CONDITIONS = {
  status: 't.status IN (:...status)',
  accountId: 't.account_id = :accountId',
  invoiceId: 't.invoice_id = :invoiceId',
  number: 't.number = :number',
  issuedFrom: 't.issue_date >= :issuedFrom',
  issuedTo: 't.issue_date <= :issuedTo',
};

const LINES = `(SELECT l.lines FROM read.credit_note_lines l WHERE l.tenant_id = t.tenant_id AND l.credit_note_id = t.credit_note_id)`;

const selectCreditNotes = () => selectFrom('credit_notes').where('true');
const selectDocuments = () => selectCreditNotes().addSelect(LINES, 'lines');

export class CreditNotesQuery {
  constructor(private readonly database: TenantTransactions) {}

  async find(tenantId: TenantId, creditNoteId: CreditNoteId): Promise<CreditNoteDocument | undefined> {
    const [text, values] = selectDocuments()
      .andWhere('t.tenant_id = :tenantId AND t.credit_note_id = :creditNoteId', { tenantId, creditNoteId })
      .getQueryAndParameters();
    const [row] = await this.database.rows<DocumentRow>(tenantId, text, values);
    return row && creditNoteDocument(row);
  }

  async list(tenantId: TenantId, filter: CreditNoteFilter, request: PageRequest): Promise<Page<CreditNoteRecord>> {
    const query = where(selectCreditNotes(), CONDITIONS, filter);
    const { rows, ...cursors } = await page<CreditNoteRow>(this.database, tenantId, query, 'position', request, ORDERS);
    return { rows: rows.map(creditNoteRecord), ...cursors };
  }

  async ofAccounts(tenantId: TenantId, accounts: readonly AccountId[]): Promise<CreditNoteDocument[]> {
    const [text, values] = selectDocuments()
      .andWhere('t.tenant_id = :tenantId AND t.account_id = ANY(:accounts)', { tenantId, accounts })
      .getQueryAndParameters();
    return (await this.database.rows<DocumentRow>(tenantId, text, values)).map(creditNoteDocument);
  }

  async ownerOf(tenantId: TenantId, creditNoteId: CreditNoteId): Promise<AccountId | undefined> {
    const [row] = await this.database.rows<{ account_id: AccountId }>(
      tenantId,
      'SELECT account_id FROM read.credit_notes WHERE tenant_id = $1 AND credit_note_id = $2',
      [tenantId, creditNoteId],
    );
    return row?.account_id;
  }
}

const issuedNote = recordsOf(creditNotes, 'taxes', 'corrects', 'recorded_at').as<
  Omit<CreditNoteRecord, 'taxes' | 'corrects'>
>();

const creditNoteRecord = (row: CreditNoteRow): CreditNoteRecord => ({
  ...issuedNote(row),
  corrects: fromJson<readonly InvoiceId[]>(row.corrects as Json),
  taxes: fromJson<readonly DocumentTax[]>(row.taxes as Json),
});

const creditNoteDocument = (row: DocumentRow): CreditNoteDocument => ({
  ...creditNoteRecord(row),
  lines: fromJson<readonly CreditedLine[]>(row.lines),
});
