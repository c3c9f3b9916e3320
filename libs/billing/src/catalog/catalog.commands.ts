import type { Charge, Coupon, TrialTerms, ZeroInvoices, Meter } from '#contracts';
import type { Interval, LocalDate } from '#kernel';

/** What a plan version says; key, number and hash come with its publication. */
export interface PlanContent {
  readonly name: string;
  readonly currency: string;
  readonly interval: Interval;
  readonly charges: readonly Charge[];
  readonly trial?: TrialTerms;
  readonly zeroInvoices?: ZeroInvoices;
}

/** What is published, and on which day: no price is made in a currency that has ended. */
interface Publication {
  readonly key: string;
  readonly content: PlanContent;
  readonly on: LocalDate;
}

export type CatalogCommand =
  | { readonly type: 'DefineMeter'; readonly meter: Meter }
  | { readonly type: 'ArchiveMeter'; readonly key: string }
  | ({ readonly type: 'PublishPlan' } & Publication)
  | ({ readonly type: 'PublishPlanVersion' } & Publication)
  | { readonly type: 'ArchivePlan'; readonly key: string }
  | { readonly type: 'DefineCoupon'; readonly coupon: Coupon }
  | { readonly type: 'ArchiveCoupon'; readonly code: string };
