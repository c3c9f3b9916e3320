import { Type } from 'typebox';
import { Currency, DateText, IdText, InstantText } from '../events/shapes.js';
import { told, withheld } from './public-event.js';
import { exampleId, PublicMoney, publicMoney, usd } from './public-shapes.js';

const invoiceId = IdText('inv');
const example = exampleId('inv');

export const publicInvoiceEvents = {
  InvoiceItemAdded: told(
    'InvoiceItemAdded',
    'invoice_item.added',
    'Something is charged or credited once, by the next invoice or by one of its own.',
    Type.Object({
      invoiceItemId: IdText('itm'),
      amount: PublicMoney,
      on: Type.Union([Type.Literal('next_invoice'), Type.Literal('own_invoice')]),
    }),
    { invoiceItemId: exampleId('itm'), amount: usd('150.00'), on: 'next_invoice' },
    ({ itemId, amount, on }) => ({ invoiceItemId: itemId, amount: publicMoney(amount), on }),
  ),
  InvoiceItemRemoved: told(
    'InvoiceItemRemoved',
    'invoice_item.removed',
    'An item that no invoice bills is not to be billed.',
    Type.Object({ invoiceItemId: IdText('itm') }),
    { invoiceItemId: exampleId('itm') },
    ({ itemId }) => ({ invoiceItemId: itemId }),
  ),
  InvoiceDrafted: told(
    'InvoiceDrafted',
    'invoice.drafted',
    'An invoice is being made; rating it again starts the next draft revision.',
    Type.Object({
      invoiceId,
      billingRunId: Type.Optional(IdText('run')),
      currency: Currency,
      period: Type.Object({ start: InstantText, end: InstantText }),
      draftRevision: Type.Integer({ minimum: 1 }),
    }),
    {
      invoiceId: example,
      billingRunId: exampleId('run'),
      currency: 'USD',
      period: { start: '2026-01-01T00:00:00Z', end: '2026-02-01T00:00:00Z' },
      draftRevision: 1,
    },
    ({ invoiceId, runId, currency, period: { start, end }, draftRevision }) => ({
      invoiceId,
      ...(runId === undefined ? {} : { billingRunId: runId }),
      currency,
      period: { start, end },
      draftRevision,
    }),
  ),
  InvoiceLinesAdded: withheld('Lines are read from the invoice.'),
  InvoiceFinalized: told(
    'InvoiceFinalized',
    'invoice.finalized',
    'An invoice is issued: what it bills is owed. Its number follows.',
    Type.Object({
      invoiceId,
      subtotal: PublicMoney,
      taxTotal: PublicMoney,
      total: PublicMoney,
      creditApplied: PublicMoney,
      amountDue: PublicMoney,
      issueDate: DateText,
      dueOn: DateText,
    }),
    {
      invoiceId: example,
      subtotal: usd('24.55'),
      taxTotal: usd('0.00'),
      total: usd('24.55'),
      creditApplied: usd('0.00'),
      amountDue: usd('24.55'),
      issueDate: '2026-02-01',
      dueOn: '2026-02-15',
    },
    ({ invoiceId, totals: { subtotal, tax, total, creditApplied, due }, issueDate, dueOn }) => ({
      invoiceId,
      subtotal: publicMoney(subtotal),
      taxTotal: publicMoney(tax),
      total: publicMoney(total),
      creditApplied: publicMoney(creditApplied),
      amountDue: publicMoney(due),
      issueDate,
      dueOn,
    }),
  ),
  LateBillingScheduled: withheld(
    'When something is billed by itself is bookkeeping of the billing; the invoice is published.',
  ),
  BillingAdvanced: withheld('How far charges are billed is bookkeeping of the billing itself.'),
  InvoiceNumbered: told(
    'InvoiceNumbered',
    'invoice.numbered',
    'An invoice has its number: it may leave the house.',
    Type.Object({ invoiceId, number: Type.String() }),
    { invoiceId: example, number: 'INV-000042' },
    ({ invoiceId, number }) => ({ invoiceId, number }),
  ),
  InvoicePaid: told(
    'InvoicePaid',
    'invoice.paid',
    'Nothing is owed for an invoice any more.',
    Type.Object({ invoiceId, paidOn: DateText }),
    { invoiceId: example, paidOn: '2026-02-10' },
    ({ invoiceId, paidOn }) => ({ invoiceId, paidOn }),
  ),
  InvoiceOverdue: told(
    'InvoiceOverdue',
    'invoice.overdue',
    'The due day of an invoice has passed unpaid.',
    Type.Object({ invoiceId, dueOn: DateText }),
    { invoiceId: example, dueOn: '2026-02-15' },
    ({ invoiceId, dueOn }) => ({ invoiceId, dueOn }),
  ),
  InvoiceReopened: told(
    'InvoiceReopened',
    'invoice.reopened',
    'An invoice that was paid is owed again: a payment or credit that had settled it is gone.',
    Type.Object({ invoiceId, bookedOn: DateText, amountDue: PublicMoney }),
    { invoiceId: example, bookedOn: '2026-02-20', amountDue: usd('24.55') },
    ({ invoiceId, bookedOn, amountDue }) => ({ invoiceId, bookedOn, amountDue: publicMoney(amountDue) }),
  ),
  InvoiceVoided: told(
    'InvoiceVoided',
    'invoice.voided',
    'An invoice is taken back: what it billed is due again. Of a draft: nothing was left to bill.',
    Type.Object({ invoiceId, bookedOn: DateText, amountDue: PublicMoney, creditReturned: PublicMoney }),
    { invoiceId: example, bookedOn: '2026-02-03', amountDue: usd('24.55'), creditReturned: usd('0.00') },
    ({ invoiceId, bookedOn, amountDue, creditReturned }) => ({
      invoiceId,
      bookedOn,
      amountDue: publicMoney(amountDue),
      creditReturned: publicMoney(creditReturned),
    }),
  ),
  InvoiceMarkedUncollectible: told(
    'InvoiceMarkedUncollectible',
    'invoice.marked_uncollectible',
    'What was owed for an invoice is given up.',
    Type.Object({ invoiceId, bookedOn: DateText, amountDue: PublicMoney }),
    { invoiceId: example, bookedOn: '2026-06-30', amountDue: usd('24.55') },
    ({ invoiceId, bookedOn, amountDue }) => ({ invoiceId, bookedOn, amountDue: publicMoney(amountDue) }),
  ),
};
