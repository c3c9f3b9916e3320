import { money, type AccountId, type Money, type TenantId } from '#kernel';
import type { TenantTransactions } from '#postgres';
import { recordsOf, type RecordOf, type Row } from '#projection';
import { arInvoices } from './ar-aging.projection.js';

const KEYS = ['account_id', 'invoice_id', 'currency'] as const;
type Due = RecordOf<typeof arInvoices, (typeof KEYS)[number]>;

/** What is owed on an invoice, and by when. */
type Outstanding = Due & { readonly amount: Money };

/** What is owed now, of any account. */
export class OutstandingQuery {
  constructor(private readonly database: TenantTransactions) {}

  /** By account and invoice, as far as anything is. */
  async of(
    tenantId: TenantId,
    accounts: readonly AccountId[],
  ): Promise<ReadonlyMap<AccountId, readonly (readonly [string, Outstanding])[]>> {
    const rows = await this.database.rows<Row<typeof arInvoices> & { readonly amount: string }>(
      tenantId,
      `SELECT i.*, sum(m.amount) AS amount
         FROM read.ar_invoices AS i JOIN read.ar_movements AS m USING (tenant_id, invoice_id)
        WHERE i.tenant_id = $1 AND i.account_id = ANY($2)
        GROUP BY i.tenant_id, i.invoice_id HAVING sum(m.amount) <> 0`,
      [tenantId, accounts],
    );
    const byAccount = Map.groupBy(rows, ({ account_id: accountId }) => accountId as AccountId);
    return new Map(
      [...byAccount].map(([accountId, own]) => [
        accountId,
        own.map((row) => [row.invoice_id, { ...due(row), amount: money(BigInt(row.amount), row.currency) }] as const),
      ]),
    );
  }
}

const due = recordsOf(arInvoices, ...KEYS).as<Due>();
