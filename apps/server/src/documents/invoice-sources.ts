import { PersonalData } from '#billing/account';
import { taxPerLine, type InvoiceRecord } from '#billing/invoice';
import { buyerIn } from '#billing/party';
import { issuerOf, Tenants } from '#billing/tenant';
import type { Party } from '#contracts';
import type { DocumentSource } from '#documents';
import { notFound, refuse, type InvoiceId, type TenantId } from '#kernel';
import { AccountsQuery } from '#projections/accounts';
import { InvoicesQuery } from '#projections/invoices';
import { Injectable } from '@nestjs/common';

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
    return {
      document,
      taxPerLine: taxPerLine(lines, invoice.taxes, invoice.taxation),
      ...(await this.partiesOf(tenantId, invoice)),
    };
  }

  /** As of the issue; of a draft, and where it was issued before that was said, as they are now. */
  private async partiesOf(
    tenantId: TenantId,
    { accountId, seller, timeZone, billTo }: InvoiceRecord,
  ): Promise<Pick<DocumentSource, 'seller' | 'buyer' | 'timeZone'>> {
    const [{ account }, terms] = await Promise.all([
      this.accounts.find(tenantId, accountId).then((found) => found ?? notFound('account', accountId)),
      this.tenants.billingTerms(tenantId),
    ]);
    const issuer = issuerOf(terms, account.entityId);
    const [opened] = await this.personalData.open(tenantId, [billTo ?? account.personal]);
    const buyer: Party = buyerIn(opened ?? {});
    return { seller: seller ?? issuer.seller, buyer, timeZone: timeZone ?? issuer.timeZone };
  }
}

const notNumbered = (): never =>
  refuse('invoice_not_numbered', 'The invoice has no number yet: it gets one in a moment.', 'conflict');
