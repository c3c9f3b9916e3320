import type { DocumentTax, PartyAddress, TaxFailure, TaxReport } from '#contracts';
import type { InvoiceId, LineId, LocalDate, Money, TenantId } from '#kernel';
import type { Buyer } from '../buyer.js';
import type { TreatedRate } from '../tax-treatment.js';

/** What a service elsewhere is told of a document that is to bear taxes. Nobody is named. */
export interface TaxableDocument {
  readonly tenantId: TenantId;
  readonly documentId: InvoiceId;
  readonly currency: string;
  readonly issueDate: LocalDate;
  readonly seller: { readonly country?: string; readonly region?: string };
  readonly buyer: Buyer & { readonly address?: PartyAddress; readonly exempt: boolean };
  readonly prices: 'exclusive' | 'inclusive';
  readonly lines: readonly TaxableDocumentLine[];
}

export interface TaxableDocumentLine {
  readonly id: LineId;
  readonly amount: Money;
  readonly taxClass: string;
  /** The last day of its service; that of issue where it has none. */
  readonly servedOn: LocalDate;
}

/** Which rates each line bears, in the order in which they are levied. What they come to is found as of all other taxes. */
export interface QuotedTaxes {
  /** By which the service knows the document. */
  readonly reference: string;
  readonly lines: ReadonlyMap<LineId, readonly TreatedRate[]>;
}

/** What became of a document that it was asked about, or would have been, had it answered. Nobody is named, and no line. */
export interface TaxDocumentReport extends TaxReport {
  readonly tenantId: TenantId;
  /** By which it knows what it said of the invoice; absent where something stood in for that. */
  readonly quote?: string;
  readonly fallback?: 'last_known' | 'fallback_rate';
  readonly issueDate: LocalDate;
  readonly voidedOn?: LocalDate;
  /** By rate; of a credit note, what is given back. */
  readonly taxes: readonly DocumentTax[];
  readonly subtotal: Money;
  readonly tax: Money;
  readonly total: Money;
}

/**
 * Tells it what became of a document. The same, told again, changes nothing and has the same reference. It ends within seconds, and when the signal aborts.
 * @throws TaxProviderFailed where it may take that later | TaxReportRefused
 */
export type TellDocument = (report: TaxDocumentReport, ending: AbortSignal) => Promise<ToldDocument>;

export interface ToldDocument {
  /** By which it knows what it was told. */
  readonly reference: string;
}

/** It will not take what it is told, however often it is told. */
export class TaxReportRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TaxReportRefused';
  }
}

/** It does not say. Nothing is known then. */
export class TaxProviderFailed extends Error {
  constructor(
    readonly failure: TaxFailure,
    message: string,
  ) {
    super(message);
    this.name = 'TaxProviderFailed';
  }
}

/** The port to a service elsewhere that says which taxes a document bears. */
export abstract class TaxProvider {
  /**
   * The same document, asked about again, has the same reference. It ends within seconds, whatever the service does.
   * @throws TaxProviderFailed
   */
  abstract quote(document: TaxableDocument): Promise<QuotedTaxes>;

  /** Undefined where it does not want to hear what became of documents. */
  get tell(): TellDocument | undefined {
    return undefined;
  }
}

/** Null where the installation has none. */
export class OptionalTaxProvider {
  constructor(readonly provider: TaxProvider | null) {}
}
