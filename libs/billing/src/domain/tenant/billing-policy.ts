/** What becomes of an invoice on which every line is nothing. */
export type ZeroInvoices = 'skip' | 'issue';

/** How a tenant bills. Set as a whole; what a request leaves out keeps its value. */
export interface BillingPolicy {
  /** `automatic`: the agenda bills each account when something falls due. `manual`: only billing runs do. */
  readonly billing: 'automatic' | 'manual';
  /** `auto`: an invoice is finalized as it is made. `grace`: it stays a draft for `graceHours`, then takes in late usage and is finalized. */
  readonly finalize: 'auto' | 'grace';
  readonly graceHours: number;
  /** Absent where it was set before there was a choice: then they are skipped. */
  readonly zeroInvoices?: ZeroInvoices;
  /** How old and how far ahead a reading's instant may be when it arrives. */
  readonly usageWindow: { readonly pastDays: number; readonly futureHours: number };
}

export const DEFAULT_BILLING_POLICY: BillingPolicy = {
  billing: 'automatic',
  finalize: 'auto',
  graceHours: 0,
  zeroInvoices: 'skip',
  usageWindow: { pastDays: 400, futureHours: 1 },
};
