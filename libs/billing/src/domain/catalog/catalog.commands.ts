import type { Interval } from '#kernel';
import type { ZeroInvoices } from '../tenant/billing-policy.js';
import type { Meter } from './meter.js';
import type { Charge, TrialTerms } from './plan.js';

/** What a plan version says; key, number and hash come with its publication. */
export interface PlanContent {
  readonly name: string;
  readonly currency: string;
  readonly interval: Interval;
  readonly charges: readonly Charge[];
  readonly trial?: TrialTerms;
  readonly zeroInvoices?: ZeroInvoices;
}

export type CatalogCommand =
  | { readonly type: 'DefineMeter'; readonly meter: Meter }
  | { readonly type: 'ArchiveMeter'; readonly key: string }
  | { readonly type: 'PublishPlan'; readonly key: string; readonly content: PlanContent }
  | { readonly type: 'PublishPlanVersion'; readonly key: string; readonly content: PlanContent }
  | { readonly type: 'ArchivePlan'; readonly key: string };
