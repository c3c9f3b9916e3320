import { Type } from 'typebox';
import { fact } from './fact.js';
import type { Held } from './held.js';
import { exampleId, usd } from './public-shapes.js';
import { closed, DateText, IdText, MoneyShape, OneOf, Text } from './shapes.js';

const paymentId = IdText('pay');
const invoiceId = IdText('inv');
const allocation = { invoiceId, amount: MoneyShape };

const Cause = Type.Object(
  { type: OneOf('payment', 'invoice', 'transfer', 'credit_note', 'wallet_grant'), id: Type.String({ maxLength: 64 }) },
  { ...closed, description: 'What it was given for' },
);
const CreditPart = Type.Object({ cause: Cause, amount: MoneyShape }, closed);
const InvoicePart = Type.Object(allocation, closed);

/** What gave credit. */
export type CreditCause = Held<typeof Cause>;
/** Credit, by what had given it. */
export type CreditPart = Held<typeof CreditPart>;
/** What an invoice was settled with, or is owed again of. */
export type InvoicePart = Held<typeof InvoicePart>;

const payment = exampleId('pay');
const invoice = exampleId('inv');
const day = '2026-02-10';

/** The payer's reference may name people: it stays inside. */
export const paymentFacts = {
  PaymentReceived: fact(
    'Money came in.',
    {
      paymentId,
      amount: MoneyShape,
      method: Type.String({ minLength: 1, maxLength: 64 }),
      reference: Type.Optional(Text()),
      receivedOn: DateText,
    },
    'receivedOn',
  ).told({
    type: 'payment.received',
    means: 'Money came in.',
    fields: ['paymentId', 'amount', 'method', 'receivedOn'],
    example: { paymentId: payment, amount: usd('24.55'), method: 'card', receivedOn: day },
  }),
  PaymentAllocated: fact(
    'Money is matched to an invoice.',
    { paymentId, ...allocation, bookedOn: DateText },
    'bookedOn',
  ).told({
    type: 'payment.allocated',
    means: 'Money is matched to an invoice.',
    fields: ['paymentId', 'invoiceId', 'amount', 'bookedOn'],
    example: { paymentId: payment, invoiceId: invoice, amount: usd('24.55'), bookedOn: day },
  }),
  PaymentReversed: fact(
    'The payment was entered wrongly or came back: what it settled is owed again.',
    {
      paymentId,
      reason: Type.Optional(Text()),
      bookedOn: DateText,
      allocations: Type.Array(InvoicePart),
      /** What it had left as customer credit, also where that was used since. */
      credit: MoneyShape,
    },
    'bookedOn',
  ).told({
    type: 'payment.reversed',
    means: 'A payment was entered wrongly or came back: what it settled is owed again.',
    fields: ['paymentId', 'bookedOn', 'allocations', 'credit'],
    as: { credit: 'creditTakenBack' },
    example: {
      paymentId: payment,
      bookedOn: day,
      allocations: [{ invoiceId: invoice, amount: usd('24.55') }],
      creditTakenBack: usd('0.00'),
    },
  }),
  CustomerCreditAdded: fact(
    'We owe the customer: it paid more than was due, or was given back more than billed.',
    {
      amount: MoneyShape,
      cause: Cause,
      bookedOn: DateText,
      /** It settles no invoice that is there already: it waits for the next one, or until it is applied. */
      held: Type.Optional(Type.Literal(true, { description: 'It waits for the next invoice, or until it is applied' })),
    },
    'bookedOn',
  ).told({
    type: 'customer_credit.added',
    means: 'The account has credit: it paid more than was due, or was given back more than billed.',
    fields: ['amount', 'cause', 'bookedOn'],
    example: { amount: usd('5.00'), cause: { type: 'payment', id: payment }, bookedOn: day },
  }),
  CustomerCreditApplied: fact(
    'Credit pays an invoice.',
    {
      ...allocation,
      bookedOn: DateText,
      /** What had given the credit; the oldest first where it is not told. */
      sources: Type.Optional(Type.Array(CreditPart)),
    },
    'bookedOn',
  ).told({
    type: 'customer_credit.applied',
    means: 'Credit pays an invoice.',
    fields: ['invoiceId', 'amount', 'bookedOn'],
    example: { invoiceId: invoice, amount: usd('5.00'), bookedOn: day },
  }),
  CustomerCreditUnapplied: fact(
    'Credit is taken off the invoice that it paid, because what had given it is gone.',
    { ...allocation, bookedOn: DateText, sources: Type.Array(CreditPart) },
    'bookedOn',
  ).told({
    type: 'customer_credit.unapplied',
    means: 'Credit is taken off an invoice, because what had given it is gone: the invoice is owed again.',
    fields: ['invoiceId', 'amount', 'bookedOn'],
    example: { invoiceId: invoice, amount: usd('5.00'), bookedOn: day },
  }),
  RefundIssued: fact(
    'Money was paid back: out of credit, or out of what a payment had settled, which is then owed again.',
    {
      refundId: IdText('rfd'),
      /** The payment that it pays back; without it, it pays out credit. */
      paymentId: Type.Optional(paymentId),
      amount: MoneyShape,
      /** The credit that was paid out, by what had given it. */
      sources: Type.Array(CreditPart),
      /** What the payment had settled and no longer does. */
      allocations: Type.Array(InvoicePart),
      reason: Type.Optional(Text()),
      bookedOn: DateText,
    },
    'bookedOn',
  ).told({
    type: 'refund.issued',
    means: 'Money was paid back: out of credit, or out of what a payment had settled, which is then owed again.',
    fields: ['refundId', 'paymentId', 'amount', 'allocations', 'bookedOn'],
    example: {
      refundId: exampleId('rfd'),
      paymentId: payment,
      amount: usd('5.00'),
      allocations: [],
      bookedOn: day,
    },
  }),
};
