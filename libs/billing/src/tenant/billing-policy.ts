import type { BillingPolicy } from '#contracts';
export const DEFAULT_BILLING_POLICY: BillingPolicy = {
  billing: 'automatic',
  finalize: 'auto',
  graceHours: 0,
  zeroInvoices: 'skip',
  usageWindow: { pastDays: 400, futureHours: 1 },
};
