import type { AccountFact } from '#contracts';
import { periodKey, type Account, type BilledLine, type BilledService } from '#billing/account';
import { isInWindow, percentOf, poolOf } from '#billing/discount';
import type { CreditNote } from '#billing/credit-note';
import {
  amountDue,
  billedCharge,
  partsFrom,
  TimelineServices,
  unitsBilled,
  usageDemands,
  type DueService,
  type Gap,
  isRated,
  type DocumentLine,
  type InvoiceDocument,
  taxPerLine,
} from '#billing/invoice';
import { earnedOf, scheduleOf } from '#billing/revenue';
import { measure, type CountedReading } from '#billing/usage';
import {
  daysBetween,
  Decimal,
  decimalOfFraction,
  dividedFraction,
  fractionOf,
  isBefore,
  plusFraction,
  roundedFraction,
  secondsBetween,
  startOfDay,
  timesFraction,
  type Fraction,
  type InvoiceId,
  type LocalDate,
  type Rounding,
} from '#kernel';
import { availableBalance, bookBalance, type LedgerCode } from '#ledger';
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
};

/** Those that stand and take something off an invoice. What billing gives back, its own invoice takes back: the note tells it. */
const givenBackIn = ({ creditNotes }: Account): CreditNote[] =>
  [...creditNotes.values()].filter(({ voidedOn, issued }) => voidedOn === null && issued.kind !== 'correction');

/** What is owed of taxes is what the invoices say that stand, less what credit notes say that stand. */
export const expectTaxIsOwed = (account: Account): void => {
  const { book, invoices } = account;
  const standing = [...invoices.values()].filter(({ status }) => status !== 'void');
  const tax = standing.reduce((sum, { issued }) => sum + (issued?.totals.tax.minor ?? 0n), 0n);
  const taxBack = givenBackIn(account).reduce((sum, { issued }) => sum + issued.totals.tax.minor, 0n);
  expect(bookBalance(book, 'tax_payable', 'USD')).toBe(tax - taxBack);
};

/** What is earned and what is put off is what was billed without taxes, and what is accrued; nothing of it is put off for a month that is booked. */
export const expectRevenueAccounted = ({ book, revenue, invoices, creditNotes, grants }: Account): void => {
  // Credit that is sold is no revenue.
  const topUps = new Set([...grants.values()].map(({ granted }) => granted.topUp?.invoiceId));
  const standing = [...invoices.values()].filter(({ id, status }) => status !== 'void' && !topUps.has(id));
  const invoiced = standing.reduce((sum, { issued }) => sum + (issued?.totals.subtotal.minor ?? 0n), 0n);
  const notes = [...creditNotes.values()].filter(({ voidedOn, issued }) => voidedOn === null && issued.revenue);
  const credited = notes.reduce((sum, { issued }) => sum + issued.totals.subtotal.minor, 0n);
  const deferred = [...revenue.months.values()].reduce((sum, month) => sum + month.deferred, 0n);
  const accrued = [...revenue.accrued.values()].reduce((sum, minor) => sum + minor, 0n);
  expect(bookBalance(book, 'deferred_revenue', 'USD')).toBe(deferred);
  expect(bookBalance(book, 'unbilled_receivable', 'USD')).toBe(accrued);
  expect(bookBalance(book, 'revenue', 'USD')).toBe(invoiced - credited - deferred + accrued);
  for (const [month, open] of revenue.months) {
    expect(open.deferred).toBeGreaterThanOrEqual(0n);
    if (revenue.bookedThrough !== null) expect(month > revenue.bookedThrough).toBe(true);
  }
};

/** What is put off is of services that are not over: of each, what live lines bill of the months that are not booked. */
export const expectDeferredIsAhead = ({ billed, revenue: { months, bookedThrough } }: Account): void => {
  const ahead = new Map<string, bigint>();
  for (const service of billed.values()) {
    const earned = earnedOf(service);
    if (!service.deferred || earned.net < 0n) continue;
    for (const [month, minor] of scheduleOf(earned)) {
      if (bookedThrough === null || month > bookedThrough) ahead.set(month, (ahead.get(month) ?? 0n) + minor);
    }
  }
  const putOff = [...months].map(([month, { deferred }]) => [month, deferred] as const);
  expect(inOrder(putOff)).toEqual(inOrder([...ahead]));
};

const inOrder = (months: readonly (readonly [string, bigint])[]) =>
  months.filter(([, minor]) => minor !== 0n).sort(([left], [right]) => (left < right ? -1 : 1));

/**
 * At the end of each month that is booked, the books say what its bookings said. Where no document is dated before one that was issued earlier, nothing is below zero
 * on any day.
 */
export const expectMonthsStay = ({ movements }: AccountFold, facts: readonly AccountFact[]): void => {
  const byDay = [...movements].sort((left, right) => (left.bookedOn < right.bookedOn ? -1 : 1));
  const until = (day: string, code: LedgerCode) =>
    byDay.reduce(
      (sum, { debit, credit, posted, bookedOn }) =>
        bookedOn > day ? sum : sum + (credit === code ? posted : 0n) - (debit === code ? posted : 0n),
      0n,
    );
  let recognized = 0n;
  for (const fact of facts) {
    if (fact.type !== 'RevenueRecognized') continue;
    const { bookedOn, recognized: ofMonth } = fact.data;
    recognized += ofMonth.minor;
    expect([bookedOn, until(bookedOn, 'revenue')]).toEqual([bookedOn, recognized]);
  }
  const documented = facts.flatMap(({ data }) => ('revenue' in data ? [dayOf(data)] : []));
  if (documented.some((day, index) => day < (documented[index - 1] ?? day))) return;
  for (const day of new Set(byDay.map(({ bookedOn }) => bookedOn))) {
    expect([day, until(day, 'deferred_revenue') >= 0n]).toEqual([day, true]);
    expect([day, until(day, 'unbilled_receivable') <= 0n]).toEqual([day, true]);
  }
};

const dayOf = (data: { readonly issueDate: LocalDate } | { readonly bookedOn: LocalDate }): LocalDate =>
  'issueDate' in data ? data.issueDate : data.bookedOn;

/** Credit notes give back no more of an invoice, of a tax on it or of a line than there is; and if all of it, then all of each. */
export const expectWithinInvoice = (account: Account, lines: ReadonlyMap<InvoiceId, readonly DocumentLine[]>): void => {
  const { invoices, creditNotes } = account;
  for (const [invoiceId, notes] of Map.groupBy(givenBackIn(account), (note) => note.invoiceId)) {
    const { totals, taxes } = invoices.get(invoiceId)!.issued!;
    const given = (of: (note: CreditNote) => bigint) => notes.reduce((sum, note) => sum + of(note), 0n);
    const total = given(({ issued }) => issued.totals.total.minor);
    const isWhole = total === totals.total.minor;
    const parts = taxes.map(({ amount }, rate) => [
      amount.minor,
      given(({ issued }) => issued.taxes[rate]!.amount.minor),
    ]);
    for (const { lineId, amount } of lines.get(invoiceId)!) {
      const own = (note: CreditNote) => note.issued.lines.filter((line) => line.lineId === lineId);
      parts.push([amount.minor, given((note) => own(note).reduce((sum, line) => sum + line.amount.minor, 0n))]);
    }
    expect(total).toBeLessThanOrEqual(totals.total.minor);
    for (const [whole, back] of parts) {
      if (isWhole) expect(back).toBe(whole);
      else if (whole! >= 0n) expect(back).toBeLessThanOrEqual(whole!);
    }
  }
  for (const { issued } of creditNotes.values()) {
    const { totals, taxes, lines: credited, settlement } = issued;
    expect(totals.subtotal.minor + totals.tax.minor).toBe(totals.total.minor);
    expect(totals.total.minor).toBeGreaterThan(0n);
    expect(credited.reduce((sum, { net }) => sum + net.minor, 0n)).toBe(totals.subtotal.minor);
    expect(taxes.reduce((sum, { amount }) => sum + amount.minor, 0n)).toBe(totals.tax.minor);
    const settled = [settlement.invoice, settlement.writtenOff, settlement.credit];
    expect(settled.reduce((sum, { minor }) => sum + minor, 0n)).toBe(totals.total.minor);
    for (const { minor } of settled) expect(minor).toBeGreaterThanOrEqual(0n);
  }
};

/** What is issued below zero is told by one credit note, void with it, and by no number of its own; and nothing else is. */
export const expectCorrectionsTold = ({ invoices, creditNotes }: Account): void => {
  const corrections = [...creditNotes.values()].filter(({ issued }) => issued.kind === 'correction');
  const below = [...invoices.values()].filter(({ issued }) => issued !== null && issued.totals.total.minor < 0n);
  expect(new Set(corrections.map(({ invoiceId }) => invoiceId))).toEqual(new Set(below.map(({ id }) => id)));
  expect(corrections).toHaveLength(below.length);
  for (const { invoiceId, issued, voidedOn } of corrections) {
    const { status, issued: invoice } = invoices.get(invoiceId)!;
    expect(issued.totals.total.minor).toBe(-invoice!.totals.total.minor);
    expect(invoice!.seriesId).toBeUndefined();
    expect(voidedOn !== null).toBe(status === 'void');
  }
};

/**
 * Credit is what its lots have left. Below zero it goes only where a payment bounced after its money was paid out or moved away: what
 * went out twice is owed, though no invoice says so, and whatever comes makes up for it first.
 */
export const expectCreditAccounted = ({ book, credits, payments, refunds, transfers }: Account): void => {
  const credit = bookBalance(book, 'customer_credit', 'USD');
  const lots = [...credits.values()].map(({ left }) => left);
  expect(lots.reduce((total, left) => total + left, 0n)).toBe(credit);
  expect(lots.filter((left) => (credit < 0n ? left > 0n : left < 0n))).toEqual([]);
  const bounced = [...payments.values()].some(({ reversedOn }) => reversedOn !== null);
  const wentOut = refunds.size > 0 || [...transfers.values()].some(({ debit }) => debit === 'customer_credit');
  if (!bounced || !wentOut) expect(credit).toBeGreaterThanOrEqual(0n);
};

/** Nobody has credit that may be used, and owes: only what was asked to wait, or is reserved, stays beside an open invoice. */
export const expectCreditUsed = (account: Account): void => {
  const { invoices, credits, book } = account;
  if (![...invoices.values()].some(({ status }) => status === 'open')) return;
  const held = [...credits.values()].reduce((total, lot) => total + (lot.held ? lot.left : 0n), 0n);
  const free = availableBalance(book, 'customer_credit', 'USD');
  expect(free <= held).toBe(true);
};

/** An invoice is what its balance makes of it. */
export const expectStatusIsBalance = ({ invoices }: Account): void => {
  const wrong = [...invoices.values()].flatMap((invoice) => {
    const { id, status, overdue, creditSources, amountCredited } = invoice;
    const due = amountDue(invoice).minor;
    const sources = creditSources.reduce((total, { amount }) => total + amount.minor, 0n);
    const isWrong =
      (status === 'open' && due <= 0n) ||
      (status === 'paid' && due !== 0n) ||
      (status !== 'open' && overdue) ||
      ((status === 'open' || status === 'paid') && sources !== amountCredited.minor);
    return isWrong ? [{ id, status, due, overdue, sources, credited: amountCredited.minor }] : [];
  });
  expect(wrong).toEqual([]);
};

/** On no day of the past was the receivable below zero, or what customers have to their credit lower than the books ever knew it to be. */
export const expectNeverNegativeByDay = ({ movements }: AccountFold): void => {
  const known = { receivable: 0n, customer_credit: lowestCredit(movements) };
  const byDay = [...movements].sort((left, right) => (left.bookedOn < right.bookedOn ? -1 : 1));
  const negative: { readonly code: string; readonly day: string; readonly balance: bigint }[] = [];
  for (const code of ['receivable', 'customer_credit'] as const) {
    let balance = 0n;
    for (const [index, { debit, credit, posted, bookedOn: day }] of byDay.entries()) {
      const debited = (debit === code ? posted : 0n) - (credit === code ? posted : 0n);
      balance += code === 'receivable' ? debited : -debited;
      if (balance < known[code] && byDay[index + 1]?.bookedOn !== day) negative.push({ code, day, balance });
    }
  }
  expect(negative).toEqual([]);
};

/** Of what customers have to their credit, in the order in which it was booked; zero at the most. */
const lowestCredit = (movements: AccountFold['movements']): bigint => {
  let [balance, lowest] = [0n, 0n];
  for (const { debit, credit, posted } of movements) {
    balance += (credit === 'customer_credit' ? posted : 0n) - (debit === 'customer_credit' ? posted : 0n);
    if (balance < lowest) lowest = balance;
  }
  return lowest;
};

/** A transfer is booked once: its id follows from what it is booked for. */
export const expectTransfersOnce = ({ transfers }: AccountFold): void => {
  expect(new Set(transfers.map(({ transferId }) => transferId)).size).toBe(transfers.length);
};

/** Invariant 9: lines sum to totals and to taxes, and each line is what its cumulative amount adds to what was billed before. */
export const expectLinesSumToTotals = ({ invoice, lines }: InvoiceDocument): void => {
  const { subtotal, tax, total, taxes, taxation } = invoice;
  const inLines = lines.reduce((sum, { amount }) => sum + amount.minor, 0n);
  expect(inLines).toBe(taxation?.prices === 'inclusive' ? total.minor : subtotal.minor);
  expect(subtotal.minor + tax.minor).toBe(total.minor);
  expect(taxes.reduce((sum, { amount }) => sum + amount.minor, 0n)).toBe(tax.minor);
  if (lines.length > 0)
    expect(taxPerLine(lines, taxes, taxation).reduce((sum, part) => sum + part, 0n)).toBe(tax.minor);
  for (const line of lines) {
    if (isRated(line) && line.discounts === undefined && line.priorLines.length === 0)
      expect(line.amount.minor).toBe(line.roundedCumulative.minor - line.billedBefore.minor);
  }
};

/** Invariant 3: services of a charge for which something is billed never overlap, so a reading that counts, counts in one of them. */
export const expectDisjointServices = ({ billed }: Account): void => {
  const byCharge = Map.groupBy(billed.values(), ({ subscriptionId, charge }) => `${subscriptionId} ${charge}`);
  for (const services of byCharge.values()) {
    const served = services
      .filter(({ lines }) => lines.some(({ amountMinor }) => amountMinor !== 0n) || !unitsBilled({ lines }).isZero)
      .flatMap(({ service, part }) => stretchesIn(service, part.gaps ?? []))
      .filter(({ start, end }) => start !== end);
    const ordered = served.sort((left, right) => (left.start < right.start ? -1 : 1));
    for (const [index, { end }] of ordered.entries()) {
      const next = ordered[index + 1];
      if (next) expect(isBefore(next.start, end)).toBe(false);
    }
  }
};

/** What is left of a service without its gaps. */
const stretchesIn = ({ start, end }: Pick<Gap, 'start' | 'end'>, gaps: readonly Gap[]): Gap[] => {
  const starts = [start, ...gaps.map((gap) => gap.end)];
  return starts.map((from, index) => ({ start: from, end: gaps[index]?.start ?? end }));
};

/** After a billing that finalized, nothing waits to be billed again. */
export const expectNothingWaiting = ({ billed }: Account): void => {
  expect([...billed.values()].filter(({ reopenedAt }) => reopenedAt !== null)).toEqual([]);
};

/**
 * Invariants 3 and 9 together: what live lines bill for a period of a charge is a fresh rating of what counts in it, as of the cut, rounded
 * once, however many parts it has. Not asked of periods of which something waits to be looked at again.
 */
export const expectFreshRating = (account: Account, known: readonly CountedReading[]): void => {
  if (account.attributionChanges.length > 0) return;
  const counted = known.filter(({ revision }) => revision <= account.usageCut);
  const periods = Map.groupBy(account.billed.values(), (billed) => periodKey({ ...billed, ...billed.part }));
  for (const [name, parts] of periods) {
    const looked = parts.map((billed) => lookedAt(billed, account, counted));
    if (looked.includes('waits')) continue;
    const fresh = looked.filter((part) => part !== 'waits' && part !== 'stays');
    const live = parts.filter((_, index) => looked[index] !== 'stays').flatMap(({ lines }) => lines);
    const total = live.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    const rounding = fresh[0]?.rounding ?? 'half_up';
    const minor = fresh.map(({ exact }) => exact).reduce(plusFraction, NOTHING);
    const gross = roundedFraction(minor, rounding);
    const owed = gross - takenOff(live);
    expectDiscounts(parts[0]!, live, gross, account);
    const credited = live.reduce((sum, line) => sum + (line.creditedMinor ?? 0n), 0n);
    // What credit notes gave back counts as billed, but none of it is given back again.
    expect({ name, total }).toEqual({ name, total: clamped(total, owed, owed + credited) });
  }
};

const takenOff = (lines: readonly BilledLine[]): bigint =>
  lines.reduce((sum, { discounts = [] }) => discounts.reduce((total, { amount }) => total + amount.minor, sum), 0n);

/** Discounts take off no more than there is; and a percentage that is the only one, what it comes to on all of it. */
const expectDiscounts = (
  { subscriptionId, charge, period }: BilledService,
  live: readonly BilledLine[],
  gross: bigint,
  { subscriptions }: Account,
): void => {
  const owed = gross < 0n ? 0n : gross;
  const off = takenOff(live);
  expect(off).toBeGreaterThanOrEqual(0n);
  expect(off).toBeLessThanOrEqual(owed);
  const { discounts } = subscriptions.get(subscriptionId)!;
  const [only] = discounts;
  if (discounts.length !== 1 || only!.removed || only!.terms.duration === 'once' || only!.terms.percent === undefined)
    return;
  const counts = isInWindow(only!, period) && only!.terms.charges?.includes(charge) !== false;
  expect(off).toBe(
    counts && live.length > 0 && charge !== 'trial' ? percentOf(owed, Decimal.parse(only!.terms.percent)) : 0n,
  );
};

/** What is noted of amounts that were given is what live lines have of them, and no more than there is. */
export const expectAmountsShared = ({ subscriptions, billed }: Account): void => {
  for (const { id: subscriptionId, discounts } of subscriptions.values()) {
    for (const discount of discounts) {
      const { amount } = discount.terms;
      if (amount === undefined) continue;
      const given = new Map<string, bigint>();
      for (const { subscriptionId: of, period, lines } of billed.values()) {
        const pool = poolOf(discount, period);
        const own = lines.flatMap(({ discounts: taken = [] }) => taken.filter((one) => one.discountId === discount.id));
        if (of === subscriptionId && own.length > 0)
          given.set(
            pool,
            own.reduce((sum, one) => sum + one.amount.minor, given.get(pool) ?? 0n),
          );
      }
      for (const [pool, minor] of discount.given) {
        expect(minor).toBe(given.get(pool) ?? 0n);
        expect(minor).toBeGreaterThanOrEqual(0n);
        expect(minor).toBeLessThanOrEqual(amount.minor);
      }
      for (const pool of given.keys()) expect(discount.given.has(pool)).toBe(true);
    }
  }
};

const clamped = (amount: bigint, one: bigint, other: bigint): bigint => {
  const [least, most] = one < other ? [one, other] : [other, one];
  return amount < least ? least : amount > most ? most : amount;
};

const NOTHING: Fraction = { numerator: 0n, denominator: 1n };

interface FreshPart {
  /** In cents. */
  readonly exact: Fraction;
  readonly rounding: Rounding;
}

/** What is rated of a part by now; that it waits to be rated again; or that it was charged once, and stays. */
const lookedAt = (
  billed: BilledService,
  account: Account,
  counted: readonly CountedReading[],
): FreshPart | 'waits' | 'stays' => {
  const subscription = account.subscriptions.get(billed.subscriptionId)!;
  const now = new TimelineServices(subscription, CATALOG).now(billed);
  const charge = billedCharge(billed, subscription, CATALOG);
  if (billed.reopenedAt !== null || (billed.lines.length > 0 && partsFrom(billed, now, charge) !== null))
    return 'waits';
  // What the timeline has no more was given back; what was charged once stays.
  if (!now) return charge.kind === 'one_time' ? 'stays' : { exact: NOTHING, rounding: 'half_up' };
  const fresh = freshly({ subscription, ...now, billed, raterVersion: billed.raterVersion }, account, counted);
  const quantity = unitsBilled(billed).toString();
  expect({ key: billed.key, quantity }).toEqual({ key: billed.key, quantity: fresh.quantity.toString() });
  return fresh;
};

const freshly = (due: DueService, account: Account, counted: readonly CountedReading[]) => {
  const { charge, units } = due;
  const [demand] = usageDemands([due], account, CATALOG);
  const quantity = demand ? Decimal.parse(measure(demand, counted).quantity) : units;
  const part = partOf(due);
  const whole = demand && due.part && part === undefined ? wholeOf(due) : undefined;
  const amount = whole
    ? timesFraction(fractionOf(rate(charge.price, spread(quantity, whole)).amount), whole)
    : timesFraction(fractionOf(rate(charge.price, quantity).amount), part ?? { numerator: 1n, denominator: 1n });
  const exact = timesFraction(amount, { numerator: 100n, denominator: 1n });
  return { quantity, exact: whole ? snapped(exact) : exact, rounding: charge.price.rounding ?? 'half_up' } as const;
};

/** The share of the period, where the price says something of a period and the quantity adds up. */
const wholeOf = ({ part }: DueService): Fraction => ({
  numerator: BigInt(part!.numerator),
  denominator: BigInt(part!.denominator),
});

const spread = (quantity: Decimal, part: Fraction): Decimal =>
  decimalOfFraction(dividedFraction(fractionOf(quantity), part), 24, 'half_up');

const snapped = (exact: Fraction): Fraction => fractionOf(decimalOfFraction(exact, 16, 'half_up'));

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
