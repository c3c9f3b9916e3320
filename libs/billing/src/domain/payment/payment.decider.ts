import { money, notFound, plus, refuse, refuseAt, type LocalDate, type Recorded } from '#kernel';
import { availableBalance, postTransfer, type Posting } from '#ledger';
import { openProfile } from '../account/profile.decider.js';
import type { Account } from '../account/account.state.js';
import { amountDue, invoiceOf, type Invoice } from '../invoice/invoice.js';
import { remember } from '../transfer/requested-transfer.js';
import type { PaymentCommand } from './payment.commands.js';
import type { PaymentEvent } from './payment.events.js';
import { creditAppliedPostings, paymentReceivedPostings, paymentReversedPostings } from './payment.posting-rules.js';
import { transfersPosted } from './transfers.js';

type Command<Type extends PaymentCommand['type']> = Extract<PaymentCommand, { type: Type }>;

export const decidePayment = (command: PaymentCommand, account: Account) => {
  switch (command.type) {
    case 'ReceivePayment':
      return receive(command, account);
    case 'ReversePayment':
      return reverse(command, account);
  }
};

const receive = (command: Command<'ReceivePayment'>, account: Account) => {
  const { currency } = openProfile(account);
  const { paymentId, invoiceId, amount, method, reference, receivedOn } = command;
  if (account.payments.has(paymentId)) return [];
  const invoice = invoiceOf(account, invoiceId);
  if (invoice.status !== 'open') return refuse('invoice_not_open', `The invoice is ${invoice.status}.`);
  if (amount.currency !== currency)
    return refuseAt('/amount/currency', 'currency_mismatch', `The account is in ${currency}.`);
  if (amount.minor <= 0n) return refuseAt('/amount/amount', 'amount_not_positive', 'A payment is above zero.');
  const due = amountDue(invoice);
  const allocated = amount.minor < due.minor ? amount : due;
  const excess = money(amount.minor - allocated.minor, currency);
  // What came before the invoice was issued settles it on that day; until then it is the customer's.
  const early = receivedOn < invoice.issueDate!;
  const allocatedOn = early ? invoice.issueDate! : receivedOn;
  return [
    {
      type: 'PaymentReceived',
      data: { paymentId, amount, method, ...(reference === undefined ? {} : { reference }), receivedOn },
    },
    { type: 'PaymentAllocated', data: { paymentId, invoiceId, amount: allocated, bookedOn: allocatedOn } },
    ...(excess.minor === 0n
      ? []
      : [
          {
            type: 'CustomerCreditAdded',
            data: { amount: excess, cause: { type: 'payment', id: paymentId }, bookedOn: receivedOn },
          } as const,
        ]),
    ...(early
      ? [
          ...booked(command, paymentReceivedPostings(money(0n, currency), amount), 'payment_received', receivedOn),
          ...booked(command, creditAppliedPostings(allocated), 'credit_applied', allocatedOn),
        ]
      : booked(command, paymentReceivedPostings(allocated, excess), 'payment_received', receivedOn)),
    ...(allocated.minor === due.minor
      ? [{ type: 'InvoicePaid', data: { invoiceId, paidOn: allocatedOn } } as const]
      : []),
  ] as const;
};

const reverse = ({ paymentId, reason, bookedOn }: Command<'ReversePayment'>, account: Account) => {
  const { currency } = openProfile(account);
  const payment = account.payments.get(paymentId) ?? notFound('payment', paymentId);
  if (payment.reversedOn !== null) return [];
  const { allocations, credit } = payment;
  if (availableBalance(account.book, 'customer_credit', currency) < credit.minor) {
    return refuse('customer_credit_already_used', 'The credit that this payment left was applied to an invoice.');
  }
  for (const { invoiceId } of allocations) {
    const { status } = invoiceOf(account, invoiceId);
    if (status !== 'open' && status !== 'paid')
      return refuse('invoice_not_open', `The invoice that it settled is ${status}.`);
  }
  const allocated = allocations.reduce((total, { amount }) => plus(total, amount), money(0n, currency));
  return [
    {
      type: 'PaymentReversed',
      data: { paymentId, ...(reason === undefined ? {} : { reason }), bookedOn, allocations, credit },
    },
    ...booked({ paymentId }, paymentReversedPostings(allocated, credit), 'payment_reversed', bookedOn),
    ...allocations.flatMap(({ invoiceId }) => overdueAgain(invoiceOf(account, invoiceId), bookedOn)),
  ] as const;
};

const booked = (
  { paymentId }: Pick<Command<'ReceivePayment'>, 'paymentId'>,
  postings: readonly Posting[],
  rule: string,
  bookedOn: LocalDate,
) => transfersPosted(postings, { cause: { type: 'payment', id: paymentId }, rule, bookedOn });

/** Its timer has gone off while it counted as paid. */
const overdueAgain = ({ id, dueOn, overdue }: Invoice, bookedOn: LocalDate) =>
  overdue || dueOn === null || bookedOn <= dueOn
    ? []
    : [{ type: 'InvoiceOverdue', data: { invoiceId: id, dueOn } } as const];

export const evolvePayment = (account: Account, { type, data }: PaymentEvent, recorded: Recorded): void => {
  switch (type) {
    case 'PaymentReceived': {
      const { paymentId, amount, method, reference, receivedOn } = data;
      account.payments.set(paymentId, {
        id: paymentId,
        amount,
        method,
        reference: reference ?? null,
        receivedOn,
        allocations: [],
        credit: money(0n, amount.currency),
        reversedOn: null,
      });
      return;
    }
    case 'PaymentAllocated': {
      account.payments.get(data.paymentId)!.allocations.push({ invoiceId: data.invoiceId, amount: data.amount });
      const invoice = invoiceOf(account, data.invoiceId);
      invoice.amountPaid = plus(invoice.amountPaid, data.amount);
      return;
    }
    case 'PaymentReversed':
      account.payments.get(data.paymentId)!.reversedOn = data.bookedOn;
      for (const { invoiceId, amount } of data.allocations) {
        const invoice = invoiceOf(account, invoiceId);
        invoice.amountPaid = money(invoice.amountPaid.minor - amount.minor, amount.currency);
        invoice.status = 'open';
      }
      return;
    case 'CustomerCreditAdded':
      if (data.cause.type === 'payment') account.payments.get(data.cause.id as never)!.credit = data.amount;
      return;
    case 'CustomerCreditApplied': {
      const invoice = invoiceOf(account, data.invoiceId);
      invoice.amountCredited = plus(invoice.amountCredited, data.amount);
      return;
    }
    case 'TransferPosted': {
      postTransfer(account.book, data);
      const { cause, debit, credit, amount } = data;
      if (cause.type === 'invoice') invoiceOf(account, cause.id).postings.push({ debit, credit, amount });
      if (cause.type === 'transfer') remember(account, data, recorded);
      return;
    }
  }
};
