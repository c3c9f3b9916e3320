import {
  amountDue,
  measure,
  planVersion,
  usageDemands,
  type Account,
  type BilledService,
  type CountedReading,
  type InvoiceDocument,
} from '#billing';
import { daysBetween, Decimal, isBefore, roundedToMinor, type Fraction } from '#kernel';
import { bookBalance } from '#ledger';
import { rate } from '#rating';
import type { AccountFold } from '#replay';
import { expect } from '@jest/globals';
import { CATALOG } from './catalog.js';

/** Invariant 1: Σ debits = Σ credits, in every book and currency. */
export const expectBalanced = ({ book }: Account): void => {
  for (const byCode of book.values()) {
    const sides = [...byCode.values()];
    const debits = sides.reduce((total, { debitsPosted }) => total + debitsPosted, 0n);
    expect(sides.reduce((total, { creditsPosted }) => total + creditsPosted, 0n)).toBe(debits);
  }
};

/** Invariant 2: the receivable is what open invoices say is owed, and nothing that cannot be is below zero. */
export const expectReceivableIsDue = ({ book, invoices }: Account): void => {
  const due = [...invoices.values()]
    .filter(({ status }) => status === 'open')
    .reduce((total, invoice) => total + amountDue(invoice).minor, 0n);
  expect(bookBalance(book, 'receivable', 'USD')).toBe(due);
  for (const invoice of invoices.values()) {
    expect(amountDue(invoice).minor).toBeGreaterThanOrEqual(0n);
    expect(invoice.amountPaid.minor).toBeGreaterThanOrEqual(0n);
  }
  expect(bookBalance(book, 'customer_credit', 'USD')).toBeGreaterThanOrEqual(0n);
};

/** A transfer is booked once: its id follows from what it is booked for. */
export const expectTransfersOnce = ({ transfers }: AccountFold): void => {
  expect(new Set(transfers.map(({ transferId }) => transferId)).size).toBe(transfers.length);
};

/** Invariant 9: lines sum to totals, and each line is what its cumulative amount adds to what was billed before. */
export const expectLinesSumToTotals = ({ invoice, lines }: InvoiceDocument): void => {
  expect(lines.reduce((total, { amount }) => total + amount.minor, 0n)).toBe(invoice.total.minor);
  for (const { amount, roundedCumulative, billedBefore } of lines) {
    expect(amount.minor).toBe(roundedCumulative.minor - billedBefore.minor);
  }
};

/** Invariant 3: services of a charge never overlap, so a reading that counts, counts in one of them. */
export const expectDisjointServices = ({ billed }: Account): void => {
  const byCharge = Map.groupBy(billed.values(), ({ subscriptionId, charge }) => `${subscriptionId} ${charge}`);
  for (const services of byCharge.values()) {
    const ordered = services.map(({ service }) => service).sort((left, right) => (left.start < right.start ? -1 : 1));
    for (const [index, { end }] of ordered.entries()) {
      const next = ordered[index + 1];
      if (next) expect(isBefore(next.start, end)).toBe(false);
    }
  }
};

/** After a billing that finalized, nothing waits to be billed again. */
export const expectNothingWaiting = ({ billed }: Account): void => {
  expect([...billed.values()].filter(({ reopenedAt }) => reopenedAt !== null)).toEqual([]);
};

/**
 * Invariants 3 and 9 together: what live lines bill for a service is a fresh rating of what counts in it, as of the cut.
 * Not asked of services that wait to be billed again.
 */
export const expectFreshRating = (account: Account, known: readonly CountedReading[]): void => {
  if (account.attributionChanges.length > 0) return;
  const counted = known.filter(({ revision }) => revision <= account.usageCut);
  for (const billed of account.billed.values()) {
    if (billed.reopenedAt !== null || isCut(billed, account)) continue;
    const fresh = freshly(billed, account, counted);
    const quantity = billed.lines.reduce((total, line) => total.plus(Decimal.parse(line.quantity)), Decimal.zero);
    expect({ key: billed.key, quantity: quantity.toString() }).toEqual({
      key: billed.key,
      quantity: fresh.quantity.toString(),
    });
    expect(billed.lines.reduce((total, { amountMinor }) => total + amountMinor, 0n)).toBe(fresh.amount);
  }
};

const freshly = (billed: BilledService, account: Account, counted: readonly CountedReading[]) => {
  const plan = planVersion(CATALOG, billed.plan, billed.planVersion);
  const charge = plan.charges.find(({ key }) => key === billed.charge)!;
  const subscription = account.subscriptions.get(billed.subscriptionId)!;
  const { key, period, service, raterVersion } = billed;
  const [demand] = usageDemands(
    [{ key, subscription, plan, charge, units: Decimal.one, period, service, billed, raterVersion }],
    account,
    CATALOG,
  );
  const quantity = demand ? Decimal.parse(measure(demand, counted).quantity) : Decimal.one;
  const part = charge.kind === 'recurring' ? daysServed(billed) : undefined;
  const rounding = charge.price.rounding ?? 'half_up';
  return { quantity, amount: roundedToMinor(rate(charge.price, quantity).amount, 'USD', rounding, part).minor };
};

const daysServed = ({ period, service }: BilledService): Fraction => ({
  numerator: BigInt(daysBetween(service.localStart, service.localEnd)),
  denominator: BigInt(daysBetween(period.start, period.end)),
});

/** An end was set that cuts the service: it is rated again, and its lines need not change by that. */
const isCut = ({ subscriptionId, service }: BilledService, { subscriptions }: Account): boolean => {
  const endsAt = subscriptions.get(subscriptionId)!.cancellation?.endsAt;
  return endsAt !== undefined && isBefore(endsAt, service.end);
};
