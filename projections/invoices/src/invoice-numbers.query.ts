import type { InvoiceId, TenantId } from '#kernel';
import type { TenantTransactions } from '#postgres';
import { reported } from '#projection';

export class InvoiceNumbersQuery {
  constructor(private readonly database: TenantTransactions) {}

  /** Of those that have one. */
  async of(tenantId: TenantId, invoices: readonly InvoiceId[]): Promise<ReadonlyMap<InvoiceId, string>> {
    const rows = await this.database.rows<{ invoice_id: InvoiceId; number: string }>(
      tenantId,
      `SELECT invoice_id, number FROM ${reported('invoices')} AS i
        WHERE tenant_id = $1 AND invoice_id = ANY($2) AND number IS NOT NULL`,
      [tenantId, invoices],
    );
    return new Map(rows.map(({ invoice_id: id, number }) => [id, number]));
  }
}
