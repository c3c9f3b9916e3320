import { money, type AccountId, type LocalDate, type Money, type TenantId } from '#kernel';
import type { TenantTransactions } from '#postgres';

/** What is owed now, of any account. */
export class OutstandingQuery {
  constructor(private readonly database: TenantTransactions) {}

  /** What is owed per invoice, and by when, as far as anything is. */
  async of(
    tenantId: TenantId,
    accounts: readonly AccountId[],
  ): Promise<
    ReadonlyMap<AccountId, readonly (readonly [string, { readonly amount: Money; readonly dueOn: LocalDate }])[]>
  > {
    const rows = await this.database.rows<{
      account_id: AccountId;
      invoice_id: string;
      currency: string;
      due_on: LocalDate;
      amount: string;
    }>(
      tenantId,
      `SELECT i.account_id, i.invoice_id, i.currency, i.due_on, sum(m.amount) AS amount
         FROM read.ar_invoices AS i JOIN read.ar_movements AS m USING (tenant_id, invoice_id)
        WHERE i.tenant_id = $1 AND i.account_id = ANY($2)
        GROUP BY i.account_id, i.invoice_id, i.currency, i.due_on HAVING sum(m.amount) <> 0`,
      [tenantId, accounts],
    );
    const byAccount = Map.groupBy(rows, ({ account_id: accountId }) => accountId);
    return new Map(
      [...byAccount].map(([accountId, own]) => [
        accountId,
        own.map(
          ({ invoice_id: invoiceId, currency, due_on: dueOn, amount }) =>
            [invoiceId, { amount: money(BigInt(amount), currency), dueOn }] as const,
        ),
      ]),
    );
  }
}
