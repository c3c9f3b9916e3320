import type { Fact } from '#contracts';
import type { Instant, InvoiceId } from '#kernel';

/** An invoice of what is no part of billing, on its own. */
export const draftedApart = (invoiceId: InvoiceId, currency: string, now: Instant): Fact<'InvoiceDrafted'> => ({
  type: 'InvoiceDrafted',
  data: {
    invoiceId,
    kind: 'one_off',
    currency,
    billThrough: now,
    cuts: {},
    period: { start: now, end: now },
    draftRevision: 1,
    chunks: 1,
  },
});
