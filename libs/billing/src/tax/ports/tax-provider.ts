import type { PartyAddress, TaxFailure } from '#contracts';
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
}

/** Null where the installation has none. */
export class OptionalTaxProvider {
  constructor(readonly provider: TaxProvider | null) {}
}
