import {
  TaxProvider,
  TaxReportRefused,
  type QuotedTaxes,
  type TaxableDocument,
  type TaxDocumentReport,
  type TellDocument,
} from '#billing/tax';
import { majorUnits } from '#kernel';
import { quotedTaxes, toldDocument } from './tax-answer.js';
import { TaxServiceRefused, TaxServiceUrl, type TaxServiceManners } from './tax-service-url.js';

/** Where a service that says taxes is, and how it knows us. */
export interface TaxProviderSettings extends TaxServiceManners {
  /** What documents are sent to before they are issued. */
  readonly url: string;
  /** What is told there of documents that were issued, or are void; nothing without it. */
  readonly documentsUrl?: string;
}

/** Asks a service by HTTP, at a URL that the installation names and no tenant. */
export class HttpTaxProvider extends TaxProvider {
  private readonly quotes: TaxServiceUrl;
  private readonly told: TellDocument | undefined;

  constructor({ url, documentsUrl, ...manners }: TaxProviderSettings) {
    super();
    this.quotes = new TaxServiceUrl(url, manners);
    this.told = documentsUrl === undefined ? undefined : telling(new TaxServiceUrl(documentsUrl, manners));
  }

  override get tell(): TellDocument | undefined {
    return this.told;
  }

  async quote(document: TaxableDocument): Promise<QuotedTaxes> {
    return quotedTaxes(await this.quotes.post(document.documentId, questionOf(document)), document);
  }
}

const telling =
  (documents: TaxServiceUrl): TellDocument =>
  async (report, ending) => {
    const documentId = report.creditNoteId ?? report.invoiceId;
    try {
      return toldDocument(await documents.post(`${documentId}:${report.report}`, wordsOf(report), ending));
    } catch (error) {
      // Whom it does not know, an operator makes known to it.
      if (error instanceof TaxServiceRefused && error.status !== 401 && error.status !== 403)
        throw new TaxReportRefused(error.message);
      throw error;
    }
  };

/** A document as the service is told of it: places, amounts and classes, and nobody’s name. */
const questionOf = ({ buyer, lines, ...document }: TaxableDocument): object => {
  const { country, region, isBusiness, exempt, exemptions = [], address = {} } = buyer;
  return {
    ...document,
    buyer: {
      country,
      region,
      ...(address.postalCode === undefined ? {} : { postalCode: address.postalCode }),
      ...(address.city === undefined ? {} : { city: address.city }),
      business: isBusiness,
      exempt,
      exemptions,
    },
    lines: lines.map(({ id, amount, taxClass, servedOn }) => ({ id, amount: majorUnits(amount), taxClass, servedOn })),
  };
};

/** What became of a document as the service is told: ids, days and amounts. */
const wordsOf = ({ invoiceId, creditNoteId, taxes, subtotal, tax, total, ...report }: TaxDocumentReport): object => ({
  documentId: creditNoteId ?? invoiceId,
  ...(creditNoteId === undefined ? { type: 'invoice' } : { type: 'credit_note', invoiceId }),
  ...report,
  currency: total.currency,
  taxes: taxes.map(({ code, jurisdiction, category, rate, base, amount }) => ({
    code,
    jurisdiction,
    category,
    rate,
    base: majorUnits(base),
    amount: majorUnits(amount),
  })),
  subtotal: majorUnits(subtotal),
  taxTotal: majorUnits(tax),
  total: majorUnits(total),
});
