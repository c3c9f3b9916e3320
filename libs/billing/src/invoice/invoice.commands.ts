import type { Personal, BillingPolicy, Seller, TaxFailure } from '#contracts';
import type { BillingRunId, Instant, InvoiceId, LegalEntityId, LocalDate, SeriesId, SubscriptionId } from '#kernel';
import type { Catalog } from '../catalog/catalog.decider.js';
import type { Arrival, MeasuredUsage } from '../usage/measurement.js';
import type { TaxTerms } from '../tax/tax-terms.js';
import type { LinesChunk } from './line-chunks.js';

/** What finalization needs to know beside the lines. */
export interface IssueTerms {
  readonly catalog: Catalog;
  /** The legal entity that issues it: by it go series, zone and seller. */
  readonly entityId: LegalEntityId;
  readonly seriesId: SeriesId;
  /** Of what it issues where it comes out below zero. */
  readonly creditNoteSeriesId: SeriesId;
  /** Zone of the books. */
  readonly timeZone: string;
  readonly issueDate: LocalDate;
  /** Who issues it, as it is now. */
  readonly seller: Seller;
  /** The bill-to, sealed with the key of issued documents. */
  readonly billTo: Personal;
  readonly tax: TaxTerms;
  readonly now: Instant;
  /** The release of the tz database that periods are found by. */
  readonly timeZoneRelease?: string;
}

export type InvoiceCommand =
  | ({
      readonly type: 'BillAccount';
      /** Of the invoice to make, unless a draft is there to be rated again. */
      readonly invoiceId: InvoiceId;
      readonly runId?: BillingRunId;
      readonly billThrough: Instant;
      readonly policy: BillingPolicy;
      readonly usage: MeasuredUsage;
      readonly arrivals: readonly Arrival[];
      /** The timer that fired; a stale generation is ignored. */
      readonly timer?: { readonly subscriptionId: SubscriptionId; readonly generation: number };
      /** Finalizes the draft although the policy grants a grace period: it is over. */
      readonly graceOver?: boolean;
      /** Goes on with a draft too large for one append. */
      readonly continues?: number;
      /** So many services at most, instead of as many as an invoice has lines. */
      readonly linesMax?: number;
      /** Drafts in one piece, however large: for previews, which store nothing. */
      readonly whole?: boolean;
      /** Makes it also where every line is nothing, whatever the policies say: for a look at what is billed so far. */
      readonly evenOfNothing?: boolean;
    } & IssueTerms)
  /** Stores what is left of a draft too large for one append, as it was rated. */
  | ({
      readonly type: 'ContinueDraft';
      readonly invoiceId: InvoiceId;
      readonly draftRevision: number;
      readonly chunks: readonly LinesChunk[];
      readonly policy: BillingPolicy;
      readonly graceOver?: boolean;
      readonly runId?: BillingRunId;
      readonly timer?: { readonly subscriptionId: SubscriptionId; readonly generation: number };
    } & IssueTerms)
  | ({ readonly type: 'FinalizeInvoice'; readonly invoiceId: InvoiceId } & IssueTerms)
  /** A service elsewhere did not say what a draft bears: it is asked again later. */
  | {
      readonly type: 'DeferTaxes';
      readonly invoiceId: InvoiceId;
      readonly draftRevision: number;
      readonly failure: TaxFailure;
      readonly now: Instant;
    }
  | {
      readonly type: 'NumberInvoice';
      readonly invoiceId: InvoiceId;
      readonly seriesId: SeriesId;
      readonly sequence: number;
      readonly number: string;
    }
  | {
      readonly type: 'VoidInvoice';
      readonly invoiceId: InvoiceId;
      readonly reason?: string;
      /** Whether what it billed is due again; else that is given up for good. */
      readonly billAgain: boolean;
      readonly bookedOn: LocalDate;
      readonly timeZone: string;
      readonly catalog: Catalog;
      readonly now: Instant;
    }
  /** Asks for a billing by itself, where readings came after the end of what they belong to. */
  | {
      readonly type: 'ScheduleLateBilling';
      readonly arrivals: readonly Arrival[];
      readonly catalog: Catalog;
      readonly now: Instant;
    }
  | { readonly type: 'MarkInvoiceOverdue'; readonly invoiceId: InvoiceId }
  | {
      readonly type: 'MarkInvoiceUncollectible';
      readonly invoiceId: InvoiceId;
      readonly reason?: string;
      readonly bookedOn: LocalDate;
    };
