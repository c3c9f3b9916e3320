import {
  amountDue,
  measure,
  partsFrom,
  TimelineServices,
  unitsBilled,
  usageDemands,
  type Account,
  type CountedReading,
  type DueService,
  type InvoiceDocument,
} from '#billing';
import { daysBetween, Decimal, isBefore, roundedToMinor, secondsBetween, startOfDay, type Fraction } from '#kernel';
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

/** Invariant 3: services of a charge for which something is billed never overlap, so a reading that counts, counts in one of them. */
export const expectDisjointServices = ({ billed }: Account): void => {
  const byCharge = Map.groupBy(billed.values(), ({ subscriptionId, charge }) => `${subscriptionId} ${charge}`);
  for (const services of byCharge.values()) {
    const served = services
      .filter(({ lines }) => lines.some(({ amountMinor }) => amountMinor !== 0n) || !unitsBilled({ lines }).isZero)
      .map(({ service }) => service)
      .filter(({ start, end }) => start !== end);
    const ordered = served.sort((left, right) => (left.start < right.start ? -1 : 1));
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
 * Invariants 3 and 9 together: what live lines bill for a service is a fresh rating of what counts in it, as of the cut, for the part
 * that the timeline has of it. Not asked of services that wait to be looked at again.
 */
export const expectFreshRating = (account: Account, known: readonly CountedReading[]): void => {
  if (account.attributionChanges.length > 0) return;
  const counted = known.filter(({ revision }) => revision <= account.usageCut);
  for (const billed of account.billed.values()) {
    const subscription = account.subscriptions.get(billed.subscriptionId)!;
    const now = new TimelineServices(subscription, CATALOG).now(billed);
    if (billed.reopenedAt !== null || (billed.lines.length > 0 && partsFrom(billed, now) !== null)) continue;
    const total = billed.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    if (!now) {
      // What the timeline has no more was given back; what was charged once stays.
      if (billed.lines.some(({ kind }) => kind !== 'one_time'))
        expect({ key: billed.key, total }).toEqual({ key: billed.key, total: 0n });
      continue;
    }
    const fresh = freshly({ subscription, ...now, billed, raterVersion: billed.raterVersion }, account, counted);
    const quantity = unitsBilled(billed).toString();
    expect({ key: billed.key, quantity, total }).toEqual({
      key: billed.key,
      quantity: fresh.quantity.toString(),
      total: fresh.amount,
    });
  }
};

const freshly = (due: DueService, account: Account, counted: readonly CountedReading[]) => {
  const { charge, units } = due;
  const [demand] = usageDemands([due], account, CATALOG);
  const quantity = demand ? Decimal.parse(measure(demand, counted).quantity) : units;
  const rounding = charge.price.rounding ?? 'half_up';
  return { quantity, amount: roundedToMinor(rate(charge.price, quantity).amount, 'USD', rounding, partOf(due)).minor };
};

const partOf = ({ charge: { kind, proration }, period, service }: DueService): Fraction | undefined => {
  const { start, end, localStart, localEnd, timeZone } = service;
  if (start === end) return { numerator: 0n, denominator: 1n };
  if (kind !== 'recurring' || proration === 'none') return undefined;
  const [part, whole] =
    proration === 'second'
      ? [
          secondsBetween(start, end),
          secondsBetween(startOfDay(period.start, timeZone), startOfDay(period.end, timeZone)),
        ]
      : [daysBetween(localStart, localEnd), daysBetween(period.start, period.end)];
  return { numerator: BigInt(part), denominator: BigInt(whole) };
};
