import { Type } from 'typebox';
import { closed, Count, DateText, IdText, InstantText, MoneyShape, Text, TimerShape } from './shapes.js';
import { storedEvent } from './stored-event.js';

const Cause = Type.Object(
  {
    type: Type.Union([Type.Literal('payment'), Type.Literal('invoice'), Type.Literal('transfer')]),
    id: Type.String({ maxLength: 64 }),
  },
  closed,
);

const TransferCause = Type.Object(
  {
    type: Type.Union([
      Type.Literal('invoice'),
      Type.Literal('payment'),
      Type.Literal('refund'),
      Type.Literal('transfer'),
    ]),
    id: Type.String({ maxLength: 64 }),
  },
  closed,
);

/** Only of transfers that were asked for. */
const Flags = Type.Array(
  Type.Union([
    Type.Literal('linked'),
    Type.Literal('pending'),
    Type.Literal('post_pending'),
    Type.Literal('void_pending'),
    Type.Literal('balancing_debit'),
    Type.Literal('balancing_credit'),
    Type.Literal('closing_debit'),
    Type.Literal('closing_credit'),
  ]),
  { maxItems: 8 },
);

const LedgerCode = Type.Union([
  Type.Literal('receivable'),
  Type.Literal('cash'),
  Type.Literal('deferred_revenue'),
  Type.Literal('customer_credit'),
  Type.Literal('wallet'),
  Type.Literal('tax_payable'),
  Type.Literal('revenue'),
  Type.Literal('bad_debt'),
  Type.Literal('promotion_expense'),
]);

const transfer = {
  transferId: IdText('tfr'),
  debit: LedgerCode,
  credit: LedgerCode,
  amount: MoneyShape,
  bookedOn: DateText,
  cause: TransferCause,
  rule: Type.String({ maxLength: 64, description: 'The posting rule that booked it' }),
};

const allocation = { invoiceId: IdText('inv'), amount: MoneyShape };

/** Credit, by what had given it. */
const Sources = Type.Array(Type.Object({ cause: Cause, amount: MoneyShape }, closed));

export const paymentEvents = {
  PaymentReceived: storedEvent(
    'Money came in.',
    Type.Object(
      {
        paymentId: IdText('pay'),
        amount: MoneyShape,
        method: Type.String({ minLength: 1, maxLength: 64 }),
        reference: Type.Optional(Text()),
        receivedOn: DateText,
      },
      closed,
    ),
    'receivedOn',
  ),
  PaymentAllocated: storedEvent(
    'Money is matched to an invoice.',
    Type.Object({ paymentId: IdText('pay'), ...allocation, bookedOn: DateText }, closed),
    'bookedOn',
  ),
  PaymentReversed: storedEvent(
    'The payment was entered wrongly or came back: what it settled is owed again.',
    Type.Object(
      {
        paymentId: IdText('pay'),
        reason: Type.Optional(Text()),
        bookedOn: DateText,
        allocations: Type.Array(Type.Object(allocation, closed)),
        credit: MoneyShape,
      },
      closed,
    ),
    'bookedOn',
  ),
  CustomerCreditAdded: storedEvent(
    'We owe the customer: it paid more than was due, or was given back more than billed.',
    Type.Object(
      {
        amount: MoneyShape,
        cause: Cause,
        bookedOn: DateText,
        held: Type.Optional(
          Type.Literal(true, { description: 'It waits for the next invoice, or until it is applied' }),
        ),
      },
      closed,
    ),
    'bookedOn',
  ),
  CustomerCreditApplied: storedEvent(
    'Credit pays an invoice.',
    Type.Object({ ...allocation, bookedOn: DateText, sources: Type.Optional(Sources) }, closed),
    'bookedOn',
  ),
  CustomerCreditUnapplied: storedEvent(
    'Credit is taken off the invoice that it paid, because what had given it is gone.',
    Type.Object({ ...allocation, bookedOn: DateText, sources: Sources }, closed),
    'bookedOn',
  ),
  RefundIssued: storedEvent(
    'Money was paid back: out of credit, or out of what a payment had settled, which is then owed again.',
    Type.Object(
      {
        refundId: IdText('rfd'),
        paymentId: Type.Optional(IdText('pay')),
        amount: MoneyShape,
        sources: Sources,
        allocations: Type.Array(Type.Object(allocation, closed)),
        reason: Type.Optional(Text()),
        bookedOn: DateText,
      },
      closed,
    ),
    'bookedOn',
  ),
  TransferPosted: storedEvent(
    'One debit and one credit of one amount. Never edited.',
    Type.Object({ ...transfer, flags: Type.Optional(Flags) }, closed),
    'bookedOn',
  ),
  TransferPended: storedEvent(
    'An amount is reserved on both sides, and not moved yet.',
    Type.Object(
      {
        ...transfer,
        flags: Flags,
        timeoutSeconds: Count,
        expiresAt: Type.Optional(InstantText),
        timer: Type.Optional(TimerShape),
      },
      closed,
    ),
    'bookedOn',
  ),
  PendingTransferPosted: storedEvent(
    'Of what was reserved the amount moves, and the rest is given back.',
    Type.Object({ ...transfer, flags: Flags, pendingId: IdText('tfr'), reserved: MoneyShape }, closed),
    'bookedOn',
  ),
  PendingTransferVoided: storedEvent(
    'What was reserved is given back, because somebody said so.',
    Type.Object({ ...transfer, flags: Flags, pendingId: IdText('tfr') }, closed),
    'bookedOn',
  ),
  PendingTransferExpired: storedEvent(
    'What was reserved is given back, because its time is over.',
    Type.Object(
      { pendingId: IdText('tfr'), debit: LedgerCode, credit: LedgerCode, amount: MoneyShape, bookedOn: DateText },
      closed,
    ),
    'bookedOn',
  ),
};
