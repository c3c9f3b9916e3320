import type { PaymentRecord, RefundRecord } from '#billing/payment';
import { money, type AccountId, type InvoiceId, type PaymentId, type RefundId, type TenantId } from '#kernel';
import {
  majorUnitsSql,
  page,
  selectFrom,
  type Orders,
  type Page,
  type PageRequest,
  type TenantTransactions,
} from '#postgres';
import { recordsOf, type Row } from '#projection';
import { payments, refunds } from './payments.projection.js';

type PaymentRow = Row<typeof payments> & {
  readonly allocations: readonly { invoice_id: string; amount: string }[] | null;
  readonly refunded: string;
};
type RefundRow = Row<typeof refunds>;

/** In the order in which they were made. */
const ALLOCATIONS = `(SELECT json_agg(json_build_object('invoice_id', a.invoice_id, 'amount', a.amount::text) ORDER BY a.made)
  FROM (SELECT s.invoice_id, sum(s.amount) AS amount, min(s.revision) AS made FROM read.payment_allocations s
         WHERE s.tenant_id = t.tenant_id AND s.payment_id = t.payment_id
         GROUP BY s.invoice_id HAVING sum(s.amount) <> 0) AS a)`;
const REFUNDED = `(SELECT coalesce(sum(r.amount), 0) FROM read.refunds r WHERE r.tenant_id = t.tenant_id AND r.payment_id = t.payment_id)`;

const AMOUNT = { by: majorUnitsSql('t.amount', 't.currency'), type: 'numeric' } as const;
const CREATED_AT = { by: 't.recorded_at', type: 'timestamptz' } as const;

const PAYMENT_ORDERS: Orders = {
  createdAt: CREATED_AT,
  receivedOn: { by: 't.received_on', type: 'date' },
  amount: AMOUNT,
};
const REFUND_ORDERS: Orders = {
  createdAt: CREATED_AT,
  issuedOn: { by: 't.issued_on', type: 'date' },
  amount: AMOUNT,
};

const selectPayments = () =>
  selectFrom('payments').addSelect(ALLOCATIONS, 'allocations').addSelect(REFUNDED, 'refunded').where('true');

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
    const { rows, ...cursors } = await page<PaymentRow>(
      this.database,
      tenantId,
      query,
      'position',
      request,
      PAYMENT_ORDERS,
    );
    return { rows: rows.map(paymentRecord), ...cursors };
  }

  async ofAccounts(tenantId: TenantId, accounts: readonly AccountId[]): Promise<PaymentRecord[]> {
    const [text, values] = selectPayments()
      .andWhere('t.tenant_id = :tenantId AND t.account_id = ANY(:accounts)', { tenantId, accounts })
      .getQueryAndParameters();
    return (await this.database.rows<PaymentRow>(tenantId, text, values)).map(paymentRecord);
  }

  async listRefunds(
    tenantId: TenantId,
    filter: { readonly accountId?: AccountId; readonly paymentId?: PaymentId },
    request: PageRequest,
  ): Promise<Page<RefundRecord>> {
    const query = selectFrom('refunds').where('true');
    if (filter.accountId) query.andWhere('t.account_id = :accountId', { accountId: filter.accountId });
    if (filter.paymentId) query.andWhere('t.payment_id = :paymentId', { paymentId: filter.paymentId });
    const { rows, ...cursors } = await page<RefundRow>(
      this.database,
      tenantId,
      query,
      'position',
      request,
      REFUND_ORDERS,
    );
    return { rows: rows.map(refundRecord), ...cursors };
  }

  async findRefund(tenantId: TenantId, refundId: RefundId): Promise<RefundRecord | undefined> {
    const [text, values] = selectFrom('refunds')
      .where('t.tenant_id = :tenantId AND t.refund_id = :refundId', { tenantId, refundId })
      .getQueryAndParameters();
    const [row] = await this.database.rows<RefundRow>(tenantId, text, values);
    return row && refundRecord(row);
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

const receivedPayment = recordsOf(payments, 'currency', 'recorded_at').as<
  Omit<PaymentRecord, 'amountRefunded' | 'allocations'>
>();

const paymentRecord = (row: PaymentRow): PaymentRecord => ({
  ...receivedPayment(row),
  amountRefunded: money(BigInt(row.refunded), row.currency),
  allocations: (row.allocations ?? []).map(({ invoice_id: invoiceId, amount }) => ({
    invoiceId: invoiceId as InvoiceId,
    amount: money(BigInt(amount), row.currency),
  })),
});

const refundRecord = recordsOf(refunds, 'currency', 'recorded_at').as<RefundRecord>();
