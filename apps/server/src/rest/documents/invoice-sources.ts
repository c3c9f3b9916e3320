import { PersonalData } from '#billing/account';
import { taxPerLine, type InvoiceDocument, type InvoiceRecord } from '#billing/invoice';
import { Tenants } from '#billing/tenant';
import type { DocumentSource, Party } from '#documents';
import { notFound, refuse, type InvoiceId, type TenantId } from '#kernel';
import { AccountsQuery } from '#projections/accounts';
import { InvoicesQuery } from '#projections/invoices';
import { Injectable } from '@nestjs/common';
import { buyerOf, sellerOf } from './parties.js';

/** What the documents of an invoice are made of. Whose it is, is written down as read. */
@Injectable()
export class InvoiceSources {
  constructor(
    private readonly invoices: InvoicesQuery,
    private readonly accounts: AccountsQuery,
    private readonly personalData: PersonalData,
    private readonly tenants: Tenants,
  ) {}

  /** @throws DomainError `invoice_not_found`, `invoice_not_numbered` */
  async of(tenantId: TenantId, invoiceId: InvoiceId): Promise<DocumentSource> {
    const document = (await this.invoices.find(tenantId, invoiceId)) ?? notFound('invoice', invoiceId);
    const { invoice, lines } = document;
    if (invoice.issueDate !== null && invoice.number === null) return notNumbered();
    const [{ timeZone }, parties] = await Promise.all([
      this.tenants.billingTerms(tenantId),
      this.partiesOf(tenantId, document),
    ]);
    return { document, taxPerLine: taxPerLine(lines, invoice.taxes, invoice.taxation), timeZone, ...parties };
  }

  /** The one place that says who sells and who buys. */
  private async partiesOf(
    tenantId: TenantId,
    { invoice }: InvoiceDocument,
  ): Promise<{ readonly seller: Party; readonly buyer: Party }> {
    const [{ settings }, taxes, buyer] = await Promise.all([
      this.tenants.settings(tenantId),
      this.tenants.taxes(tenantId),
      this.buyerOf(tenantId, invoice),
    ]);
    return { seller: sellerOf(settings, taxes.settings), buyer };
  }

  private async buyerOf(tenantId: TenantId, { billTo, accountId }: InvoiceRecord): Promise<Party> {
    const personal = billTo ?? (await this.accounts.find(tenantId, accountId))?.account.personal;
    if (personal === undefined) return buyerOf(null);
    const [opened] = await this.personalData.open(tenantId, [personal]);
    return buyerOf(opened!);
  }
}

const notNumbered = (): never =>
  refuse('invoice_not_numbered', 'The invoice has no number yet: it gets one in a moment.', 'conflict');
