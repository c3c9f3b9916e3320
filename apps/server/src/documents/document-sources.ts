import { PersonalData } from '#billing/account';
import { refuseCreditNote, type CreditNoteDocument } from '#billing/credit-note';
import { isCreditNoteId } from '#billing/delivery';
import { taxPerLine, type InvoiceDocument, type InvoiceRecord } from '#billing/invoice';
import { buyerIn } from '#billing/party';
import { issuerOf, Tenants } from '#billing/tenant';
import type { Party } from '#contracts';
import { creditNoteSource, languageAmong, sampleSource, type DocumentSource, type PrecedingDocument } from '#documents';
import {
  notFound,
  refuse,
  type CreditNoteId,
  type DocumentId,
  type InvoiceId,
  type LegalEntityId,
  type TenantId,
} from '#kernel';
import { AccountsQuery } from '#projections/accounts';
import { CreditNotesQuery } from '#projections/credit-notes';
import { InvoicesQuery } from '#projections/invoices';
import { Injectable } from '@nestjs/common';

/** What documents are read from. */
export const DOCUMENT_READ_MODELS = ['invoices', 'credit-notes', 'accounts'] as const;

/** What documents are made of. Whose one is, is written down as read. */
@Injectable()
export class DocumentSources {
  constructor(
    private readonly invoices: InvoicesQuery,
    private readonly creditNotes: CreditNotesQuery,
    private readonly accounts: AccountsQuery,
    private readonly personalData: PersonalData,
    private readonly tenants: Tenants,
  ) {}

  /** @throws DomainError `…_not_found`, `…_not_numbered` of an invoice or a credit note, `invoice_is_credit_note` */
  of(tenantId: TenantId, id: DocumentId): Promise<DocumentSource> {
    return isCreditNoteId(id) ? this.ofCreditNote(tenantId, id) : this.ofInvoice(tenantId, id);
  }

  /** What invoices of a legal entity would look like. Of the language that is asked for, else of its own. @throws DomainError `legal_entity_not_found` */
  async sampleOf(tenantId: TenantId, entityId: LegalEntityId, language?: string): Promise<DocumentSource> {
    const [terms, branding] = await Promise.all([
      this.tenants.billingTerms(tenantId),
      this.tenants.branding(tenantId, entityId),
    ]);
    const { seller, timeZone } = issuerOf(terms, entityId);
    return sampleSource({ seller, timeZone, branding }, languageAmong(language, seller.language));
  }

  private async ofInvoice(tenantId: TenantId, invoiceId: InvoiceId): Promise<DocumentSource> {
    const document = await this.invoice(tenantId, invoiceId);
    const { invoice, lines } = document;
    if (invoice.issueDate !== null && invoice.number === null) return notNumbered(invoice);
    return {
      document,
      taxPerLine:
        invoice.taxation?.prices === 'inclusive'
          ? taxPerLine(lines, invoice.taxes, invoice.taxation)
          : lines.map(() => 0n),
      ...(await this.partiesOf(tenantId, invoice)),
    };
  }

  private async ofCreditNote(tenantId: TenantId, creditNoteId: CreditNoteId): Promise<DocumentSource> {
    const note = (await this.creditNotes.find(tenantId, creditNoteId)) ?? notFound('credit_note', creditNoteId);
    if (note.number === null)
      return refuse(
        'credit_note_not_numbered',
        'The credit note has no number yet: it gets one in a moment.',
        'conflict',
      );
    const [billed, corrects] = await Promise.all([
      this.invoice(tenantId, note.invoiceId),
      this.correctedBy(tenantId, note),
    ]);
    return {
      ...creditNoteSource(note, billed, corrects),
      ...(await this.partiesOf(tenantId, { ...billed.invoice, billTo: note.billTo })),
    };
  }

  private async invoice(tenantId: TenantId, invoiceId: InvoiceId): Promise<InvoiceDocument> {
    return (await this.invoices.find(tenantId, invoiceId)) ?? notFound('invoice', invoiceId);
  }

  private async correctedBy(tenantId: TenantId, { corrects }: CreditNoteDocument): Promise<PrecedingDocument[]> {
    return (await this.invoices.named(tenantId, corrects)).map(({ number, issueDate }) => ({
      number:
        number ?? refuse('credit_note_not_numbered', 'What the credit note corrects has no number yet.', 'conflict'),
      issueDate,
    }));
  }

  /** As of the issue; of a draft, and where it was issued before that was said, as they are now. */
  private async partiesOf(
    tenantId: TenantId,
    { accountId, seller, timeZone, billTo }: InvoiceRecord,
  ): Promise<Pick<DocumentSource, 'seller' | 'buyer' | 'timeZone' | 'branding'>> {
    const [{ account }, terms] = await Promise.all([
      this.accounts.find(tenantId, accountId).then((found) => found ?? notFound('account', accountId)),
      this.tenants.billingTerms(tenantId),
    ]);
    const issuer = issuerOf(terms, account.entityId);
    const branding = await this.tenants.branding(tenantId, account.entityId);
    const [opened] = await this.personalData.open(tenantId, [billTo ?? account.personal]);
    const buyer: Party = buyerIn(opened ?? {});
    return { seller: seller ?? issuer.seller, buyer, timeZone: timeZone ?? issuer.timeZone, branding };
  }
}

const notNumbered = ({ creditNotes }: InvoiceRecord): never => {
  const correction = creditNotes.find(({ kind }) => kind === 'correction');
  if (correction) return refuseCreditNote(correction.creditNoteId);
  return refuse('invoice_not_numbered', 'The invoice has no number yet: it gets one in a moment.', 'conflict');
};
