import type { AccountFact, CreditPart, InvoiceFact, PaymentFact, Timer, WalletFact } from '#contracts';
import { money, plusDays, startOfDay, type Instant, type InvoiceId, type LocalDate, type Money } from '#kernel';
import type { Account } from '../account/account.state.js';
import type { Invoice } from '../invoice/invoice.js';
import { writtenOffPostings } from '../invoice/invoice.posting-rules.js';
import type { BookDay } from '../payment/payment.commands.js';
import { creditAppliedPostings, creditUnappliedPostings } from '../payment/payment.posting-rules.js';
import { transfersPosted } from '../payment/transfers.js';
import { creditFrom, dayOfCredit, latestDay, type CreditLot } from './credit-lots.js';
import { rechargesOnceIn } from '../wallet/recharge-level.js';
import { Standing, type Owed } from './standing.js';
import { timerOf } from '../timer/timer.js';

/**
 * What a decision still lacks: credit and open invoices that it leaves side by side are matched, the oldest due first, and every invoice
 * is said to be what its balance makes of it; a top-up that is paid by that is looked at as one. Whatever brings them together, this is where they meet.
 */
export const settled = <Fact extends AccountFact>(
  facts: readonly Fact[],
  account: Account,
  day: BookDay,
): readonly (Fact | InvoiceFact | PaymentFact | WalletFact)[] => {
  if (facts.length === 0) return facts;
  const standing = new Standing(account, facts);
  const applied = creditApplied(standing, standing.open, standing.usable, day.bookedOn, usableLots(standing));
  const paid = new Set(facts.flatMap(({ type, data }) => (type === 'InvoicePaid' ? [data.invoiceId] : [])));
  const told = [...standing.owed.values()].filter(({ invoiceId }) => !paid.has(invoiceId));
  const all = [...facts, ...applied, ...told.flatMap((owed) => toldBy(owed, standing, day))];
  return [...all, ...rechargesOnceIn(all, account, day.now)];
};

const usableLots = ({ lots }: Standing): CreditLot[] => [...lots.values()].filter(({ held }) => !held);

/** Credit goes to invoices in their order, as far as it reaches: each from the day on which both are there. */
export const creditApplied = (
  standing: Standing,
  invoices: readonly Settleable[],
  credit: bigint,
  day: LocalDate,
  lots: readonly CreditLot[],
): PaymentFact[] => {
  let left = credit;
  return invoices.flatMap((invoice) => {
    const minor = invoice.due < left ? invoice.due : left;
    if (minor <= 0n) return [];
    left -= minor;
    const inOrder = lots.map(({ cause }) => standing.lots.get(cause.id)!);
    return appliedFrom(creditFrom(inOrder, standing.amount(minor)), minor, invoice, standing, day);
  });
};

/** What a cause gave goes to one invoice, whatever is missing elsewhere. */
export const ownCreditApplied = (
  standing: Standing,
  invoice: Settleable,
  own: CreditPart,
  day: LocalDate,
): PaymentFact[] => appliedFrom([own], own.amount.minor, invoice, standing, day);

type Settleable = Pick<Owed, 'invoiceId' | 'due' | 'owedFrom' | 'bookings'>;

const appliedFrom = (
  sources: readonly CreditPart[],
  minor: bigint,
  { invoiceId, owedFrom, bookings }: Settleable,
  standing: Standing,
  day: LocalDate,
): PaymentFact[] => {
  const amount = standing.amount(minor);
  const bookedOn = dayOfCredit(standing.lots, sources, latestDay(day, owedFrom));
  const booking = {
    cause: { type: 'invoice', id: invoiceId },
    rule: 'credit_applied',
    bookedOn,
    turn: bookings,
  } as const;
  const applied: PaymentFact[] = [
    { type: 'CustomerCreditApplied', data: { invoiceId, amount, bookedOn, sources } },
    ...transfersPosted(creditAppliedPostings(amount), booking),
  ];
  for (const fact of applied) standing.count(fact);
  return applied;
};

/** Takes credit of one cause off the invoices that it settled, the newest due first, until so much is free again: of none before it was there. */
export const creditUnapplied = (account: Account, causeId: string, wanted: bigint, day: LocalDate): PaymentFact[] => {
  let left = wanted;
  return newestFirst(account).flatMap(({ id, currency, creditSources, postings, owedFrom }): PaymentFact[] => {
    const there = creditSources.find(({ cause }) => cause.id === causeId);
    if (!there || left <= 0n) return [];
    const amount = money(there.amount.minor < left ? there.amount.minor : left, currency);
    left -= amount.minor;
    const sources = [{ cause: there.cause, amount }];
    const bookedOn = dayOfCredit(account.credits, sources, latestDay(day, owedFrom!));
    const booking = {
      cause: { type: 'invoice', id },
      rule: 'credit_unapplied',
      bookedOn,
      turn: postings.length,
    } as const;
    return [
      { type: 'CustomerCreditUnapplied', data: { invoiceId: id, amount, bookedOn, sources } },
      ...transfersPosted(creditUnappliedPostings(amount), booking),
    ];
  });
};

/** Whether credit that was given is there to be taken back, once what it settled is unapplied: that other credit is missing is no matter. */
export const isCreditThere = (account: Account, unapplied: readonly PaymentFact[], given: Money): boolean => {
  const { free } = new Standing(account);
  return new Standing(account, unapplied).free - given.minor >= (free < 0n ? free : 0n);
};

const newestFirst = ({ invoices }: Account): Invoice[] =>
  [...invoices.values()]
    .filter(({ status, issued }) => status !== 'void' && issued !== null)
    .reverse()
    .sort((left, right) => compared(right.issued!.dueOn, left.issued!.dueOn));

const compared = (left: LocalDate, right: LocalDate): number => (left < right ? -1 : left > right ? 1 : 0);

/** What an invoice is by its balance, where that changed. */
const toldBy = (owed: Owed, standing: Standing, day: BookDay): (InvoiceFact | PaymentFact)[] => {
  const { invoiceId, status, due, settledOn, unsettled, takenBack } = owed;
  // Also where credit took the place of what is gone: what was given up is not paid by it.
  if (status === 'uncollectible' && (due > 0n || takenBack)) return givenUpAgain(owed, standing, day);
  if (due > 0n) return owedAgain(owed, standing, day);
  const settles = status === 'paid' ? unsettled : settledOn !== null;
  return settles ? [{ type: 'InvoicePaid', data: { invoiceId, paidOn: settledOn ?? day.bookedOn } }] : [];
};

const owedAgain = (owed: Owed, standing: Standing, { bookedOn, timeZone }: BookDay): InvoiceFact[] => {
  const { invoiceId, status, due, dueOn, overdue, reopenings, takenBack } = owed;
  if (!takenBack) return [];
  const late = bookedOn > dueOn;
  const timer = overdueTimer(invoiceId, startOfDay(plusDays(dueOn, 1), timeZone), reopenings + 2);
  return [
    ...(status === 'paid'
      ? [
          {
            type: 'InvoiceReopened',
            data: { invoiceId, bookedOn, amountDue: standing.amount(due), ...(late ? {} : { timer }) },
          } as const,
        ]
      : []),
    ...(late && !overdue ? [{ type: 'InvoiceOverdue', data: { invoiceId, dueOn } } as const] : []),
  ];
};

/** An invoice that was given up stays so: what it is owed again is given up with it. */
const givenUpAgain = (
  { invoiceId, due, bookings }: Owed,
  standing: Standing,
  { bookedOn }: BookDay,
): (InvoiceFact | PaymentFact)[] => {
  const amountDue = standing.amount(due);
  const booking = { cause: { type: 'invoice', id: invoiceId }, rule: 'written_off', bookedOn, turn: bookings } as const;
  return [
    { type: 'InvoiceMarkedUncollectible', data: { invoiceId, bookedOn, amountDue } },
    ...transfersPosted(writtenOffPostings(amountDue), booking),
  ];
};

/** Announces that an invoice is overdue, each time that it comes to be owed. */
export const overdueTimer = (invoiceId: InvoiceId, dueAt: Instant, generation = 1): Timer =>
  timerOf('overdue', invoiceId, dueAt, generation);
