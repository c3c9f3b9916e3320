import type { PaymentRecord } from '#billing';
import { money, type AccountId, type InvoiceId, type LocalDate, type PaymentId, type TenantId } from '#kernel';
import { page, selectFrom, type Page, type PageRequest, type TenantTransactions } from '#postgres';
import type { Row } from '#projection';
import type { payments } from './payments.projection.js';

type PaymentRow = Row<typeof payments> & {
  readonly allocations: readonly { invoice_id: string; amount: string }[] | null;
};

const ALLOCATIONS = `(SELECT json_agg(json_build_object('invoice_id', a.invoice_id, 'amount', a.amount::text) ORDER BY a.invoice_id)
  FROM read.payment_allocations a WHERE a.tenant_id = t.tenant_id AND a.payment_id = t.payment_id)`;

const selectPayments = () => selectFrom('payments').addSelect(ALLOCATIONS, 'allocations').where('true');

export class PaymentsQuery {
  constructor(private readonly database: TenantTransactions) {}

  async find(tenantId: TenantId, paymentId: PaymentId): Promise<PaymentRecord | undefined> {
    const [text, values] = selectPayments()
      .andWhere('t.tenant_id = :tenantId AND t.payment_id = :paymentId', { tenantId, paymentId })
      .getQueryAndParameters();
    const [row] = await this.database.rows<PaymentRow>(tenantId, text, values);
    return row && paymentRecord(row);
  }

  async list(
    tenantId: TenantId,
    filter: { readonly accountId?: AccountId },
    request: PageRequest,
  ): Promise<Page<PaymentRecord>> {
    const query = selectPayments();
    if (filter.accountId) query.andWhere('t.account_id = :accountId', { accountId: filter.accountId });
    const { rows, ...cursors } = await page<PaymentRow>(this.database, tenantId, query, 'position', request);
    return { rows: rows.map(paymentRecord), ...cursors };
  }

  async ofAccounts(tenantId: TenantId, accounts: readonly AccountId[]): Promise<PaymentRecord[]> {
    const [text, values] = selectPayments()
      .andWhere('t.tenant_id = :tenantId AND t.account_id = ANY(:accounts)', { tenantId, accounts })
      .getQueryAndParameters();
    return (await this.database.rows<PaymentRow>(tenantId, text, values)).map(paymentRecord);
  }

  async ownerOf(tenantId: TenantId, paymentId: PaymentId): Promise<AccountId | undefined> {
    const [row] = await this.database.rows<{ account_id: AccountId }>(
      tenantId,
      'SELECT account_id FROM read.payments WHERE tenant_id = $1 AND payment_id = $2',
      [tenantId, paymentId],
    );
    return row?.account_id;
  }
}

const paymentRecord = (row: PaymentRow): PaymentRecord => ({
  paymentId: row.payment_id as PaymentId,
  accountId: row.account_id as AccountId,
  amount: money(BigInt(row.amount), row.currency),
  method: row.method,
  reference: row.reference,
  receivedOn: row.received_on as LocalDate,
  reversedOn: row.reversed_on as LocalDate | null,
  allocations: (row.allocations ?? []).map(({ invoice_id: invoiceId, amount }) => ({
    invoiceId: invoiceId as InvoiceId,
    amount: money(BigInt(amount), row.currency),
  })),
});
