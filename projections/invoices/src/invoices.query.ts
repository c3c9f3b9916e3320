import type { DocumentLine, InvoiceDocument } from '#billing/invoice';
import {
  fromJson,
  money,
  type AccountId,
  type BillingRunId,
  type Instant,
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
import type { SelectQueryBuilder } from 'typeorm';
import {
  documentedInvoice,
  listedInvoice,
  type DocumentRow,
  type InvoiceRow,
  type ListedInvoice,
} from './invoice-records.js';

type NamedInvoice = Readonly<{ number: string | null; issueDate: LocalDate }>;

export interface InvoiceFilter {
  readonly status?: readonly string[];
  readonly accountId?: AccountId;
  readonly runId?: BillingRunId;
  readonly createdFrom?: Instant;
  readonly createdTo?: Instant;
  readonly number?: string;
  readonly currency?: string;
  readonly overdue?: boolean;
  /** Both days belong to it. */
  readonly issuedFrom?: LocalDate;
  readonly issuedTo?: LocalDate;
  readonly dueFrom?: LocalDate;
  readonly dueTo?: LocalDate;
  /** In major units of the invoice's own currency; both belong to it. */
  readonly totalFrom?: string;
  readonly totalTo?: string;
}

/** Settlements are summed when read, and so is what never had totals: a draft, also when it was given up. */
const SETTLED = `(SELECT coalesce(sum(s.amount) FILTER (WHERE s.kind = 'payment'), 0) FROM read.invoice_settlements s WHERE s.tenant_id = t.tenant_id AND s.invoice_id = t.invoice_id)`;
const CREDITED = SETTLED.replace("'payment'", "'credit'");
const FROM_WALLET = SETTLED.replace("'payment'", "'wallet'");
const DRAFTED = `(SELECT coalesce(sum((line -> 'amount' ->> 'minor')::numeric), 0)
   FROM read.invoice_lines l CROSS JOIN LATERAL json_array_elements(l.lines) AS line
  WHERE t.total IS NULL AND l.tenant_id = t.tenant_id AND l.invoice_id = t.invoice_id AND l.draft_revision = t.draft_revision)`;

const CREDIT_NOTES = `(SELECT json_agg(json_build_object('id', n.credit_note_id, 'number', n.number, 'kind', n.kind, 'status', n.status,
   'total', n.total::text) ORDER BY n.position)
  FROM read.invoice_credit_notes n WHERE n.tenant_id = t.tenant_id AND n.invoice_id = t.invoice_id)`;

const NAMED = `SELECT coalesce(i.number, n.number) AS number, i.issue_date AS "issueDate" FROM read.invoices i
   LEFT JOIN read.invoice_credit_notes n ON n.tenant_id = i.tenant_id AND n.invoice_id = i.invoice_id AND n.kind = 'correction'
  WHERE i.tenant_id = $1 AND i.invoice_id = ANY($2) ORDER BY i.issue_date, 1`;

const TOTAL = majorUnitsSql(`coalesce(t.total, ${DRAFTED})`, 't.currency');

/** What has no number, or is not issued, stands behind all that has and is. */
const ORDERS: Orders = {
  createdAt: { by: 't.created_at', type: 'timestamptz' },
  issueDate: { by: "coalesce(t.issue_date, 'infinity')", type: 'date' },
  dueOn: { by: "coalesce(t.due_on, 'infinity')", type: 'date' },
  number: NUMBER_LAST,
  total: { by: TOTAL, type: 'numeric' },
};

const selectInvoices = (): SelectQueryBuilder<Record<string, never>> =>
  selectFrom('invoices')
    .addSelect(SETTLED, 'paid')
    .addSelect(CREDITED, 'credited')
    .addSelect(FROM_WALLET, 'from_wallet')
    .addSelect(DRAFTED, 'drafted')
    .where('true');

const selectDocuments = () => selectInvoices().addSelect(CREDIT_NOTES, 'credit_notes');

export class InvoicesQuery {
  constructor(private readonly database: TenantTransactions) {}

  async find(tenantId: TenantId, invoiceId: InvoiceId): Promise<InvoiceDocument | undefined> {
    const [text, values] = selectDocuments()
      .andWhere('t.tenant_id = :tenantId AND t.invoice_id = :invoiceId', { tenantId, invoiceId })
      .getQueryAndParameters();
    const [[row], chunks] = await this.database.snapshot<[DocumentRow, { lines: Json }]>(tenantId, [
      { text, values },
      {
        text: `SELECT l.lines FROM read.invoice_lines l JOIN read.invoices i USING (tenant_id, invoice_id, draft_revision)
                WHERE i.tenant_id = $1 AND i.invoice_id = $2 ORDER BY l.chunk`,
        values: [tenantId, invoiceId],
      },
    ]);
    return row && { invoice: documentedInvoice(row), lines: linesIn(chunks) };
  }

  async list(tenantId: TenantId, filter: InvoiceFilter, request: PageRequest): Promise<Page<ListedInvoice>> {
    const query = where(selectInvoices(), CONDITIONS, filter);
    const { rows, ...cursors } = await page<InvoiceRow>(
      this.database,
      tenantId,
      query,
      'created_position',
      request,
      ORDERS,
    );
    return { rows: rows.map(listedInvoice), ...cursors };
  }

  /** With their lines. */
  async ofAccounts(tenantId: TenantId, accounts: readonly AccountId[]): Promise<InvoiceDocument[]> {
    const [text, values] = selectDocuments()
      .andWhere('t.tenant_id = :tenantId AND t.account_id = ANY(:accounts)', { tenantId, accounts })
      .getQueryAndParameters();
    const [rows, chunks] = await this.database.snapshot<[DocumentRow, { invoice_id: InvoiceId; lines: Json }]>(
      tenantId,
      [
        { text, values },
        {
          text: `SELECT l.invoice_id, l.lines FROM read.invoice_lines l JOIN read.invoices i USING (tenant_id, invoice_id, draft_revision)
                WHERE i.tenant_id = $1 AND i.account_id = ANY($2) ORDER BY l.chunk`,
          values: [tenantId, accounts],
        },
      ],
    );
    const chunksOf = Map.groupBy(chunks, ({ invoice_id: invoiceId }) => invoiceId);
    return rows.map((row) => ({
      invoice: documentedInvoice(row),
      lines: linesIn(chunksOf.get(row.invoice_id as InvoiceId) ?? []),
    }));
  }

  async ownerOf(tenantId: TenantId, invoiceId: InvoiceId): Promise<AccountId | undefined> {
    const [row] = await this.database.rows<{ account_id: AccountId }>(
      tenantId,
      'SELECT account_id FROM read.invoices WHERE tenant_id = $1 AND invoice_id = $2',
      [tenantId, invoiceId],
    );
    return row?.account_id;
  }

  /** What documents that name these invoices call them: a billing below zero by its credit note. The oldest first. */
  named(tenantId: TenantId, invoiceIds: readonly InvoiceId[]): Promise<readonly NamedInvoice[]> {
    return this.database.rows(tenantId, NAMED, [tenantId, invoiceIds]);
  }

  async runTotals(tenantId: TenantId, runId: BillingRunId) {
    const rows = await this.database.rows<{ currency: string; accounts: bigint; invoices: bigint; total: string }>(
      tenantId,
      `SELECT currency, count(DISTINCT account_id) AS accounts, count(*) AS invoices, coalesce(sum(total), 0) AS total
         FROM read.invoices WHERE tenant_id = $1 AND run_id = $2 GROUP BY currency ORDER BY currency`,
      [tenantId, runId],
    );
    return {
      accounts: rows.reduce((total, { accounts }) => total + Number(accounts), 0),
      invoices: rows.reduce((total, { invoices: count }) => total + Number(count), 0),
      totals: rows.map(({ currency, total }) => money(BigInt(total), currency)),
    };
  }
}

const linesIn = (chunks: readonly { readonly lines: Json }[]): DocumentLine[] =>
  chunks.flatMap(({ lines }) => fromJson<readonly DocumentLine[]>(lines));

const CONDITIONS = {
  status: 't.status IN (:...status)',
  accountId: 't.account_id = :accountId',
  runId: 't.run_id = :runId',
  createdFrom: 't.created_at >= :createdFrom',
  createdTo: 't.created_at < :createdTo',
  number: 't.number = :number',
  currency: 't.currency = :currency',
  overdue: 't.overdue = :overdue',
  issuedFrom: 't.issue_date >= :issuedFrom',
  issuedTo: 't.issue_date <= :issuedTo',
  dueFrom: 't.due_on >= :dueFrom',
  dueTo: 't.due_on <= :dueTo',
  totalFrom: `${TOTAL} >= CAST(:totalFrom AS numeric)`,
  totalTo: `${TOTAL} <= CAST(:totalTo AS numeric)`,
};
