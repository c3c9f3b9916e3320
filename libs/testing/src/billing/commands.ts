import type { BillingPolicy } from '#contracts';
import { type Account } from '#billing/account';
import type { TaxTerms } from '#billing/tax';
import { buyerOf, DEFAULT_TAX_SETTINGS } from '#billing/tax';
import { DEFAULT_BILLING_POLICY } from '#billing/tenant';
import { type CountedReading } from '#billing/usage';
import { firstDayAfter } from '#billing/revenue';
import { derivedId, plusDays, type Instant, type Money } from '#kernel';
import { at, on } from '../moments.js';
import { sealed } from './accounts.js';
import { aCatalog } from './catalogs.js';
import { NOW, type Command, type Parts } from './command-parts.js';
import { anId, CREDIT_NOTE_SERIES, ENTITY, INVOICE, SERIES, usd } from './ids.js';
import { gatheredUsage, usageServed } from './readings.js';

/** Finalizes at once; `grace` leaves drafts. What is billed shows also where it is nothing. */
export const aPolicy = (policy: Partial<BillingPolicy> = {}): BillingPolicy => ({
  ...DEFAULT_BILLING_POLICY,
  zeroInvoices: 'issue',
  ...policy,
});
export const GRACE = aPolicy({ finalize: 'grace', graceHours: 24 });

export const NO_TAX: TaxTerms = { settings: DEFAULT_TAX_SETTINGS, rates: [], buyer: buyerOf({}) };

const terms = (now: Instant) => ({
  catalog: aCatalog(),
  entityId: ENTITY,
  seriesId: SERIES,
  creditNoteSeriesId: CREDIT_NOTE_SERIES,
  timeZone: 'UTC',
  issueDate: on(now.slice(0, 10)),
  seller: { name: 'Acme' },
  billTo: sealed('bill-to'),
  tax: NO_TAX,
  now,
});

/** Bills what is due up to now, with usage measured from the readings as billing would. */
export const billAccount =
  ({ known = [], ...parts }: Parts<'BillAccount'> & { readonly known?: readonly CountedReading[] } = {}) =>
  (account: Account): Command<'BillAccount'> => {
    const now = parts.now ?? parts.billThrough ?? NOW;
    const command = { billThrough: now, ...terms(now), policy: aPolicy(), ...parts };
    return {
      type: 'BillAccount',
      invoiceId: INVOICE,
      ...command,
      ...gatheredUsage(account, known, command),
      ...(parts.usage ? { usage: parts.usage } : {}),
      ...(parts.arrivals ? { arrivals: parts.arrivals } : {}),
    };
  };

export const finalizeInvoice = (parts: Parts<'FinalizeInvoice'> = {}): Command<'FinalizeInvoice'> => ({
  type: 'FinalizeInvoice',
  invoiceId: INVOICE,
  ...terms(parts.now ?? NOW),
  ...parts,
});

/** Of 50.00, on the next invoice. */
export const addInvoiceItem = (parts: Parts<'AddInvoiceItem'> = {}): Command<'AddInvoiceItem'> => ({
  type: 'AddInvoiceItem',
  itemId: anId('itm'),
  description: 'Setup',
  price: { quantity: '1', unitAmount: '50' },
  metadata: {},
  now: NOW,
  ...parts,
});

/** 50.00 on the draft. */
export const addDraftLine = (parts: Parts<'AddDraftLine'> = {}): Command<'AddDraftLine'> => {
  const { itemId, description, price, metadata, now } = addInvoiceItem();
  return {
    type: 'AddDraftLine',
    invoiceId: INVOICE,
    itemId,
    description,
    price,
    metadata,
    reason: 'agreed',
    now,
    ...parts,
  };
};

export const changeDraftLine = (
  lineId: Command<'ChangeDraftLine'>['lineId'],
  to: Money,
  parts: Parts<'ChangeDraftLine'> = {},
): Command<'ChangeDraftLine'> => ({
  type: 'ChangeDraftLine',
  invoiceId: INVOICE,
  lineId,
  itemId: anId('itm', 2),
  to,
  reason: 'agreed',
  now: NOW,
  ...parts,
});

export const discountDraft = (
  takesOff: Command<'DiscountDraft'>['takesOff'],
  parts: Parts<'DiscountDraft'> = {},
): Command<'DiscountDraft'> => ({
  type: 'DiscountDraft',
  invoiceId: INVOICE,
  itemId: anId('itm', 7),
  name: 'Goodwill',
  takesOff,
  reason: 'agreed',
  now: NOW,
  ...parts,
});

/** Issues an invoice of its own for it. */
export const ownInvoice = (invoiceId = INVOICE, now = NOW) => ({ invoiceId, terms: terms(now) });

export const voidInvoice = (parts: Parts<'VoidInvoice'> = {}): Command<'VoidInvoice'> => ({
  type: 'VoidInvoice',
  invoiceId: INVOICE,
  billAgain: true,
  bookedOn: on('2026-02-10'),
  timeZone: 'UTC',
  catalog: aCatalog(),
  now: at('2026-02-10T12:00:00Z'),
  ...parts,
});

/** Gives back 5.00 over the whole invoice. */
export const issueCreditNote = (
  billed: Command<'IssueCreditNote'>['billed'],
  parts: Parts<'IssueCreditNote'> = {},
): Command<'IssueCreditNote'> => ({
  type: 'IssueCreditNote',
  creditNoteId: anId('crn'),
  invoiceId: INVOICE,
  billed,
  kind: 'concession',
  ...('lines' in parts || parts.kind === 'cancellation' ? {} : { amount: usd(5_00n) }),
  reason: 'goodwill',
  seriesId: SERIES,
  bookedOn: on('2026-02-10'),
  timeZone: 'UTC',
  now: at('2026-02-10T12:00:00Z'),
  ...parts,
});

export const voidCreditNote = (parts: Parts<'VoidCreditNote'> = {}): Command<'VoidCreditNote'> => ({
  type: 'VoidCreditNote',
  creditNoteId: anId('crn'),
  bookedOn: on('2026-02-11'),
  timeZone: 'UTC',
  catalog: aCatalog(),
  now: at('2026-02-11T12:00:00Z'),
  ...parts,
});

export const receivePayment = (parts: Parts<'ReceivePayment'> = {}): Command<'ReceivePayment'> => ({
  type: 'ReceivePayment',
  paymentId: anId('pay'),
  amount: usd(30_00n),
  method: 'manual',
  receivedOn: on('2026-01-20'),
  ...('allocations' in parts || 'allocate' in parts ? {} : { invoiceId: INVOICE }),
  allocations: [],
  allocate: 'oldest_due',
  now: at('2027-01-01T00:00:00Z'),
  timeZone: 'UTC',
  ...parts,
});

export const reversePayment = (parts: Parts<'ReversePayment'> = {}): Command<'ReversePayment'> => ({
  type: 'ReversePayment',
  paymentId: anId('pay'),
  bookedOn: on('2026-01-25'),
  timeZone: 'UTC',
  now: at('2026-01-25T12:00:00Z'),
  ...parts,
});

export const refundPayment = (parts: Parts<'RefundPayment'> = {}): Command<'RefundPayment'> => ({
  type: 'RefundPayment',
  refundId: anId('rfd'),
  paymentId: anId('pay'),
  reopenInvoices: false,
  bookedOn: on('2026-02-10'),
  timeZone: 'UTC',
  now: at('2026-02-10T12:00:00Z'),
  ...parts,
});

export const refundCredit = (parts: Parts<'RefundCredit'> = {}): Command<'RefundCredit'> => ({
  type: 'RefundCredit',
  refundId: anId('rfd'),
  bookedOn: on('2026-02-10'),
  timeZone: 'UTC',
  now: at('2026-02-10T12:00:00Z'),
  ...parts,
});

export const applyCredit = (parts: Parts<'ApplyCredit'> = {}): Command<'ApplyCredit'> => ({
  type: 'ApplyCredit',
  allocations: [],
  bookedOn: on('2026-02-10'),
  timeZone: 'UTC',
  now: at('2026-02-10T12:00:00Z'),
  ...parts,
});

/** Books a month on the fourth day of the next, with usage measured from the readings as that would. */
export const recognizeRevenue =
  (
    month: string,
    { known = [], ...parts }: Parts<'RecognizeRevenue'> & { readonly known?: readonly CountedReading[] } = {},
  ) =>
  (account: Account): Command<'RecognizeRevenue'> => {
    const catalog = parts.catalog ?? aCatalog();
    return {
      type: 'RecognizeRevenue',
      recognitionId: derivedId('rcg', month),
      month,
      today: plusDays(firstDayAfter(month), 3),
      tax: NO_TAX,
      ...usageServed(account, known, catalog, month),
      catalog,
      ...parts,
    };
  };
