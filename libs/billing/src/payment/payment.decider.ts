import type { Fact, InvoicePart, PaymentFact } from '#contracts';
import { minus, money, notFound, plus, refuse, refuseAt, sum, type LocalDate } from '#kernel';
import { isLedgerCode, postTransfer, type Posting } from '#ledger';
import { knownProfile } from '../account/profile.decider.js';
import type { Account } from '../account/account.state.js';
import type { Slice } from '../account/slice.js';
import {
  addCredit,
  creditFrom,
  giveCreditBack,
  takeCredit,
  takeCreditBack,
  withCredit,
  withoutCredit,
} from '../credit/credit-lots.js';
import { creditApplied, creditUnapplied, settled } from '../credit/settlement.js';
import { moveRequestedCredit, Standing } from '../credit/standing.js';
import { creditNoteOf } from '../credit-note/credit-note.js';
import { invoiceOf, type Invoice } from '../invoice/invoice.js';
import { remember } from '../transfer/requested-transfer.js';
import { allocatedAsNamed, allocatedInOrder, openInvoice, takenBackOn, type Allocation } from './allocation.js';
import type { PaymentCommand } from './payment.commands.js';
import { creditAppliedPostings, paymentReceivedPostings, paymentReversedPostings } from './payment.posting-rules.js';
import { receivedOnOf } from './received-on.js';
import { refundCredit, refundPayment } from './refund.decider.js';
import { transfersPosted } from './transfers.js';

type Command<Type extends PaymentCommand['type']> = Extract<PaymentCommand, { type: Type }>;

const receive = (command: Command<'ReceivePayment'>, account: Account) => {
  const { currency, timeZone } = knownProfile(account);
  const { paymentId, amount, method, reference, allocate } = command;
  if (account.payments.has(paymentId)) return [];
  const standing = new Standing(account);
  if (account.closed && standing.open.length === 0) return refuse('account_closed', 'The account is closed.');
  refusePayment(command, currency);
  const receivedOn = receivedOnOf(command.receivedOn, command.now, { books: command.timeZone, account: timeZone });
  const allocations = allocationsOf(command, account, standing);
  const rest = money(amount.minor - totalOf(allocations, currency).minor, currency);
  const cause = { type: 'payment', id: paymentId } as const;
  const held = allocate === 'none' ? ({ held: true } as const) : {};
  const facts: PaymentFact[] = [
    {
      type: 'PaymentReceived',
      data: { paymentId, amount, method, ...(reference === undefined ? {} : { reference }), receivedOn },
    },
    ...allocations.map(({ owed: { invoiceId, owedFrom }, amount: settles }): PaymentFact => {
      const bookedOn = receivedOn < owedFrom ? owedFrom : receivedOn;
      return { type: 'PaymentAllocated', data: { paymentId, invoiceId, amount: settles, bookedOn } };
    }),
    ...(rest.minor === 0n
      ? []
      : [{ type: 'CustomerCreditAdded', data: { amount: rest, cause, bookedOn: receivedOn, ...held } } as const]),
    ...receivedTransfers(command, allocations, receivedOn),
  ];
  return settled(facts, account, { bookedOn: receivedOn, timeZone: command.timeZone, now: command.now });
};

/** Said of money that is no payment: what the customer has to its credit is applied, not paid in. */
const refusePayment = ({ amount, method }: Command<'ReceivePayment'>, currency: string): void => {
  if (amount.currency !== currency) refuseAt('/amount/currency', 'currency_mismatch', `The account is in ${currency}.`);
  if (amount.minor <= 0n) refuseAt('/amount/amount', 'amount_not_positive', 'A payment is above zero.');
  if (isLedgerCode(method.trim().toLowerCase()) && method.trim().toLowerCase() !== 'cash')
    refuseAt('/method', 'method_reserved', `“${method}” is a ledger account of the book: no money comes in by it.`);
};

const allocationsOf = (
  { invoiceId, allocations, allocate, amount }: Command<'ReceivePayment'>,
  account: Account,
  standing: Standing,
): Allocation[] => {
  if (invoiceId !== undefined) return allocatedInOrder([openInvoice(invoiceId, account, standing)], amount);
  if (allocations.length > 0) return allocatedAsNamed(allocations, amount, account, standing);
  return allocate === 'none' ? [] : allocatedInOrder(standing.open, amount);
};

const totalOf = (allocations: readonly Pick<InvoicePart, 'amount'>[], currency: string) =>
  sum(
    allocations.map(({ amount }) => amount),
    currency,
  );

/** What came in before an invoice was owed settles it on that day; until then it is the customer's. */
const receivedTransfers = (
  command: Command<'ReceivePayment'>,
  allocations: readonly Allocation[],
  receivedOn: LocalDate,
): PaymentFact[] => {
  const { currency } = command.amount;
  const early = allocations.filter(({ owed }) => receivedOn < owed.owedFrom);
  const atOnce = totalOf(
    allocations.filter(({ owed }) => receivedOn >= owed.owedFrom),
    currency,
  );
  const waiting = money(command.amount.minor - atOnce.minor, currency);
  return [
    ...booked(command, paymentReceivedPostings(atOnce, waiting), 'payment_received', receivedOn),
    ...early.flatMap(({ owed, amount }) =>
      booked(command, creditAppliedPostings(amount), 'credit_applied', owed.owedFrom, owed.invoiceId),
    ),
  ];
};

/** The bank does not ask: whatever was done with the money since, the reversal is a fact, and what depends on it is unwound. */
const reverse = ({ paymentId, reason, ...time }: Command<'ReversePayment'>, account: Account) => {
  const { currency } = knownProfile(account);
  const payment = account.payments.get(paymentId) ?? notFound('payment', paymentId);
  if (payment.reversedOn !== null) return [];
  const bookedOn = takenBackOn(payment, account, time.bookedOn);
  const allocations = [...payment.allocations];
  const allocated = totalOf(allocations, currency);
  const credit = money(payment.amount.minor - allocated.minor, currency);
  const facts: PaymentFact[] = [
    ...creditUnapplied(account, paymentId, credit.minor, bookedOn),
    {
      type: 'PaymentReversed',
      data: { paymentId, ...(reason === undefined ? {} : { reason }), bookedOn, allocations, credit },
    },
    ...booked({ paymentId }, paymentReversedPostings(allocated, credit), 'payment_reversed', bookedOn),
  ];
  return settled(facts, account, { ...time, bookedOn });
};

/** Brings credit to invoices that are there, also credit that waits: to those that are named, or to the oldest due first. */
const applyCredit = ({ allocations, bookedOn, timeZone, now }: Command<'ApplyCredit'>, account: Account) => {
  const { currency } = knownProfile(account);
  const standing = new Standing(account);
  const free = money(standing.free > 0n ? standing.free : 0n, currency);
  const applied =
    allocations.length > 0
      ? allocatedAsNamed(allocations, free, account, standing)
      : allocatedInOrder(standing.open, free);
  const invoices = applied.map(({ owed, amount }) => ({ ...owed, due: amount.minor }));
  const facts = creditApplied(standing, invoices, free.minor, bookedOn, [...standing.lots.values()]);
  return settled(facts, account, { bookedOn, timeZone, now });
};

const booked = (
  { paymentId }: Pick<Command<'ReceivePayment'>, 'paymentId'>,
  postings: readonly Posting[],
  rule: string,
  bookedOn: LocalDate,
  turn?: string,
) =>
  transfersPosted(postings, {
    cause: { type: 'payment', id: paymentId },
    rule,
    bookedOn,
    ...(turn === undefined ? {} : { turn }),
  });

const refund = (account: Account, data: Fact<'RefundIssued'>['data']): void => {
  const { refundId, paymentId = null, amount, sources, allocations, reason = null, bookedOn } = data;
  const reopened = totalOf(allocations, amount.currency);
  const fromCredit = minus(amount, reopened);
  account.refunds.set(refundId, { id: refundId, paymentId, amount, fromCredit, reason, issuedOn: bookedOn });
  takeCredit(account.credits, sources);
  for (const part of allocations) unpay(account, part, bookedOn);
  if (paymentId === null) return;
  const payment = account.payments.get(paymentId)!;
  payment.amountRefunded = plus(payment.amountRefunded, amount);
  payment.allocations = withoutAllocations(payment.allocations, allocations);
};

const withoutAllocations = (on: readonly InvoicePart[], off: readonly InvoicePart[]): InvoicePart[] =>
  on
    .map(({ invoiceId, amount }) => {
      const gone = off.find((part) => part.invoiceId === invoiceId);
      return { invoiceId, amount: gone ? minus(amount, gone.amount) : amount };
    })
    .filter(({ amount }) => amount.minor !== 0n);

const unpay = (account: Account, { invoiceId, amount }: InvoicePart, on: LocalDate): Invoice => {
  const invoice = invoiceOf(account, invoiceId);
  invoice.amountPaid = minus(invoice.amountPaid, amount);
  owedFrom(invoice, on);
  return invoice;
};

const owedFrom = (invoice: Invoice, on: LocalDate): void => {
  if (invoice.owedFrom === null || invoice.owedFrom < on) invoice.owedFrom = on;
};

export const paymentSlice: Slice<PaymentCommand, PaymentFact> = {
  decide: {
    ReceivePayment: receive,
    ReversePayment: reverse,
    RefundPayment: refundPayment,
    RefundCredit: refundCredit,
    ApplyCredit: applyCredit,
  },
  evolve: {
    PaymentReceived({ payments }, { paymentId: id, amount, method, reference = null, receivedOn }) {
      const amountRefunded = money(0n, amount.currency);
      payments.set(id, {
        id,
        amount,
        method,
        reference,
        receivedOn,
        allocations: [],
        amountRefunded,
        reversedOn: null,
      });
    },
    PaymentAllocated(account, { paymentId, invoiceId, amount }) {
      const payment = account.payments.get(paymentId)!;
      payment.allocations = [...payment.allocations, { invoiceId, amount }];
      const invoice = invoiceOf(account, invoiceId);
      invoice.amountPaid = plus(invoice.amountPaid, amount);
    },
    PaymentReversed(account, { paymentId, bookedOn, credit, allocations }) {
      account.payments.get(paymentId)!.reversedOn = bookedOn;
      takeCreditBack(account.credits, { cause: { type: 'payment', id: paymentId }, amount: credit }, bookedOn);
      for (const part of allocations) unpay(account, part, bookedOn).status = 'open';
    },
    RefundIssued: refund,
    CustomerCreditAdded: ({ credits }, data) => addCredit(credits, data, data.bookedOn, data.held),
    CustomerCreditApplied(account, data) {
      const invoice = invoiceOf(account, data.invoiceId);
      const sources = data.sources ?? creditFrom(account.credits.values(), data.amount);
      takeCredit(account.credits, sources);
      invoice.amountCredited = plus(invoice.amountCredited, data.amount);
      invoice.creditSources = withCredit(invoice.creditSources, sources);
    },
    CustomerCreditUnapplied(account, { invoiceId, amount, sources, bookedOn }) {
      const invoice = invoiceOf(account, invoiceId);
      giveCreditBack(account.credits, sources, bookedOn);
      invoice.amountCredited = minus(invoice.amountCredited, amount);
      invoice.creditSources = withoutCredit(invoice.creditSources, sources);
      owedFrom(invoice, bookedOn);
    },
    TransferPosted(account, data, recorded) {
      postTransfer(account.book, data);
      const { cause, debit, credit, amount } = data;
      if (cause.type === 'invoice') invoiceOf(account, cause.id).postings.push({ debit, credit, amount });
      if (cause.type === 'credit_note') creditNoteOf(account, cause.id).postings.push({ debit, credit, amount });
      if (cause.type !== 'transfer') return;
      moveRequestedCredit(account.credits, data);
      remember(account, data, recorded);
    },
  },
};
