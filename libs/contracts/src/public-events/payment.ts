import { Type } from 'typebox';
import { DateText, IdText } from '../events/shapes.js';
import { told } from './public-event.js';
import { exampleId, PublicMoney, publicMoney, usd } from './public-shapes.js';

const paymentId = IdText('pay');
const invoiceId = IdText('inv');
const payment = exampleId('pay');
const invoice = exampleId('inv');
const bookedOn = '2026-02-10';

const Cause = Type.Object(
  { type: Type.Union([Type.Literal('payment'), Type.Literal('invoice'), Type.Literal('transfer')]), id: Type.String() },
  { description: 'What it was given for' },
);

/** The payer's reference may name people: it stays inside. */
export const publicPaymentEvents = {
  PaymentReceived: told(
    'PaymentReceived',
    'payment.received',
    'Money came in.',
    Type.Object({ paymentId, amount: PublicMoney, method: Type.String(), receivedOn: DateText }),
    { paymentId: payment, amount: usd('24.55'), method: 'card', receivedOn: bookedOn },
    ({ paymentId, amount, method, receivedOn }) => ({ paymentId, amount: publicMoney(amount), method, receivedOn }),
  ),
  PaymentAllocated: told(
    'PaymentAllocated',
    'payment.allocated',
    'Money is matched to an invoice.',
    Type.Object({ paymentId, invoiceId, amount: PublicMoney, bookedOn: DateText }),
    { paymentId: payment, invoiceId: invoice, amount: usd('24.55'), bookedOn },
    ({ paymentId, invoiceId, amount, bookedOn }) => ({ paymentId, invoiceId, amount: publicMoney(amount), bookedOn }),
  ),
  PaymentReversed: told(
    'PaymentReversed',
    'payment.reversed',
    'A payment was entered wrongly or came back: what it settled is owed again.',
    Type.Object({
      paymentId,
      bookedOn: DateText,
      allocations: Type.Array(Type.Object({ invoiceId, amount: PublicMoney })),
      creditTakenBack: PublicMoney,
    }),
    {
      paymentId: payment,
      bookedOn,
      allocations: [{ invoiceId: invoice, amount: usd('24.55') }],
      creditTakenBack: usd('0.00'),
    },
    ({ paymentId, bookedOn, allocations, credit }) => ({
      paymentId,
      bookedOn,
      allocations: allocations.map(({ invoiceId, amount }) => ({ invoiceId, amount: publicMoney(amount) })),
      creditTakenBack: publicMoney(credit),
    }),
  ),
  CustomerCreditAdded: told(
    'CustomerCreditAdded',
    'customer_credit.added',
    'The account has credit: it paid more than was due, or was given back more than billed.',
    Type.Object({ amount: PublicMoney, cause: Cause, bookedOn: DateText }),
    { amount: usd('5.00'), cause: { type: 'payment', id: payment }, bookedOn },
    ({ amount, cause: { type, id }, bookedOn }) => ({ amount: publicMoney(amount), cause: { type, id }, bookedOn }),
  ),
  CustomerCreditApplied: told(
    'CustomerCreditApplied',
    'customer_credit.applied',
    'Credit pays an invoice.',
    Type.Object({ invoiceId, amount: PublicMoney, bookedOn: DateText }),
    { invoiceId: invoice, amount: usd('5.00'), bookedOn },
    ({ invoiceId, amount, bookedOn }) => ({ invoiceId, amount: publicMoney(amount), bookedOn }),
  ),
  CustomerCreditUnapplied: told(
    'CustomerCreditUnapplied',
    'customer_credit.unapplied',
    'Credit is taken off an invoice, because what had given it is gone: the invoice is owed again.',
    Type.Object({ invoiceId, amount: PublicMoney, bookedOn: DateText }),
    { invoiceId: invoice, amount: usd('5.00'), bookedOn },
    ({ invoiceId, amount, bookedOn }) => ({ invoiceId, amount: publicMoney(amount), bookedOn }),
  ),
  RefundIssued: told(
    'RefundIssued',
    'refund.issued',
    'Money was paid back: out of credit, or out of what a payment had settled, which is then owed again.',
    Type.Object({
      refundId: IdText('rfd'),
      paymentId: Type.Optional(paymentId),
      amount: PublicMoney,
      allocations: Type.Array(Type.Object({ invoiceId, amount: PublicMoney })),
      bookedOn: DateText,
    }),
    { refundId: exampleId('rfd'), paymentId: payment, amount: usd('5.00'), allocations: [], bookedOn },
    ({ refundId, paymentId, amount, allocations, bookedOn }) => ({
      refundId,
      ...(paymentId === undefined ? {} : { paymentId }),
      amount: publicMoney(amount),
      allocations: allocations.map(({ invoiceId, amount }) => ({ invoiceId, amount: publicMoney(amount) })),
      bookedOn,
    }),
  ),
};
