import type { InvoicePart, PaymentFact } from '#contracts';
import { majorUnits, money, notFound, refuse, refuseAt, sum, type Money } from '#kernel';
import type { Account } from '../account/account.state.js';
import { knownProfile } from '../account/profile.decider.js';
import { creditFrom, dayOfCredit, ownFirst } from '../credit/credit-lots.js';
import { creditUnapplied, settled } from '../credit/settlement.js';
import { Standing } from '../credit/standing.js';
import { takenBackOn } from './allocation.js';
import type { PaymentCommand } from './payment.commands.js';
import { refundIssuedPostings } from './payment.posting-rules.js';
import type { Payment } from './payment.js';
import { transfersPosted } from './transfers.js';

type Command<Type extends PaymentCommand['type']> = Extract<PaymentCommand, { type: Type }>;

/** Pays out credit, on no day before it is there. Of what it came is not asked: it is the customer's. */
export const refundCredit = (command: Command<'RefundCredit'>, account: Account) => {
  const { refundId, reason } = command;
  const { currency } = knownProfile(account);
  if (account.refunds.has(refundId)) return [];
  const { free, lots } = new Standing(account);
  const amount = command.amount ?? money(free, currency);
  if (free <= 0n) return refuse('no_customer_credit', 'The account has no credit.');
  refuseAmount(amount, currency);
  if (amount.minor > free) return exceedsCredit(money(free, currency));
  const sources = creditFrom(lots.values(), amount);
  const bookedOn = dayOfCredit(lots, sources, command.bookedOn);
  return settled(
    issued({ refundId, amount, sources, allocations: [], ...(reason === undefined ? {} : { reason }), bookedOn }),
    account,
    { ...command, bookedOn },
  );
};

/**
 * Pays a payment back: out of the customer's credit, its own first; what it settled is owed again only where that is asked for, because
 * whoever pays back the money for an invoice mostly does not want to collect it again.
 */
export const refundPayment = (command: Command<'RefundPayment'>, account: Account) => {
  const { refundId, paymentId, reason } = command;
  const { currency } = knownProfile(account);
  if (account.refunds.has(refundId)) return [];
  const payment = account.payments.get(paymentId) ?? notFound('payment', paymentId);
  if (payment.reversedOn !== null)
    return refuse('payment_reversed', 'The payment was reversed: there is nothing to refund.');
  const { amount, fromCredit } = refundable(command, payment, account, currency);
  const earliest = takenBackOn(payment, account, command.bookedOn);
  const unapplied = creditUnapplied(account, paymentId, amount.minor - fromCredit, earliest);
  const { free, lots } = new Standing(account, unapplied);
  const credit = money(free < amount.minor ? (free > 0n ? free : 0n) : amount.minor, currency);
  const allocations = newestOff(payment, amount.minor - credit.minor);
  const reopened = sum(
    allocations.map((part) => part.amount),
    currency,
  );
  if (credit.minor + reopened.minor < amount.minor)
    return refuse('customer_credit_already_paid_out', 'The credit of this payment was paid out or moved elsewhere.');
  const sources = creditFrom(ownFirst(lots, paymentId), credit);
  const bookedOn = dayOfCredit(lots, sources, earliest);
  const refund = {
    refundId,
    paymentId,
    amount,
    sources,
    allocations,
    ...(reason === undefined ? {} : { reason }),
    bookedOn,
  };
  return settled([...unapplied, ...issued(refund)], account, { ...command, bookedOn });
};

/** How much is paid back, and how much of it is there as credit. */
const refundable = (
  { amount: named, reopenInvoices }: Command<'RefundPayment'>,
  { amount: paid, amountRefunded }: Payment,
  account: Account,
  currency: string,
): { readonly amount: Money; readonly fromCredit: bigint } => {
  const { free } = new Standing(account);
  const left = paid.minor - amountRefunded.minor;
  const credit = free <= 0n ? 0n : free < left ? free : left;
  const amount = named ?? money(reopenInvoices ? left : credit, currency);
  if (left <= 0n) return refuse('payment_refunded', 'The payment was paid back whole.');
  if (named) refuseAmount(named, currency);
  if (amount.minor > left)
    return refuseAt(
      '/amount/amount',
      'refund_exceeds_payment',
      `Of the payment ${majorUnits(money(left, currency))} are left.`,
    );
  if (!reopenInvoices && (amount.minor > credit || amount.minor === 0n))
    return settlesInvoices(money(credit, currency));
  return { amount, fromCredit: amount.minor < credit ? amount.minor : credit };
};

const settlesInvoices = (credit: Money): never =>
  refuse(
    'payment_settles_invoices',
    `${majorUnits(credit)} are there as credit; the rest of the payment settles invoices. With reopenInvoices they are owed again.`,
  );

/** What the payment settled, as far as it goes back: the allocation that was made last goes first. */
const newestOff = ({ allocations }: Payment, wanted: bigint): InvoicePart[] => {
  let left = wanted;
  return [...allocations].reverse().flatMap(({ invoiceId, amount: { minor, currency } }) => {
    const off = minor < left ? minor : left;
    left -= off;
    return off > 0n ? [{ invoiceId, amount: money(off, currency) }] : [];
  });
};

const issued = (data: Extract<PaymentFact, { type: 'RefundIssued' }>['data']): PaymentFact[] => {
  const { refundId, amount, sources, allocations, bookedOn } = data;
  const reopened = sum(
    allocations.map((part) => part.amount),
    amount.currency,
  );
  const credit = money(amount.minor - reopened.minor, amount.currency);
  const booking = { cause: { type: 'refund', id: refundId }, rule: 'refund_issued', bookedOn } as const;
  return [
    { type: 'RefundIssued', data: { ...data, sources, allocations } },
    ...transfersPosted(refundIssuedPostings(credit, reopened), booking),
  ];
};

const refuseAmount = (amount: Money, currency: string): void => {
  if (amount.currency !== currency) refuseAt('/amount/currency', 'currency_mismatch', `The account is in ${currency}.`);
  if (amount.minor <= 0n) refuseAt('/amount/amount', 'amount_not_positive', 'A refund is above zero.');
};

/** @throws DomainError `exceeds_customer_credit` */
export const exceedsCredit = (free: Money): never =>
  refuseAt('/amount/amount', 'exceeds_customer_credit', `There are ${majorUnits(free)} of credit.`);
