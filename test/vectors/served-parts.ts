import type { InvoiceLine } from '#contracts';
import { daysBetween, isBefore, localDateOf, type Instant, type Rounding } from '#kernel';
import type { ProrationBasis } from '#rating';
import { Account } from './account.js';

/** A fee of one period, of which a part is served; or that is billed whole, and given back for a part. */
export interface ServedPart {
  readonly price: string;
  readonly quantity?: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly givenBack?: boolean;
}

export interface Terms {
  readonly period: { readonly start: Instant; readonly end: Instant };
  readonly currency?: string;
  readonly proration?: ProrationBasis;
  readonly rounding?: Extract<Rounding, 'half_up' | 'half_even'>;
  /** Whether the period is a month, instead of so many days. */
  readonly monthly?: boolean;
}

/** In minor units. */
export interface BilledParts {
  readonly parts: readonly { readonly amount: bigint; readonly lines: readonly InvoiceLine[] }[];
  readonly total: bigint;
}

/** What an invoice bills of them, each part sold by a subscription of its own. */
export const billedParts = (parts: readonly ServedPart[], terms: Terms): BilledParts => {
  const { period, currency = 'USD', proration = 'day', rounding = 'half_up' } = terms;
  const account = new Account(
    parts.map(({ price }) => ({
      interval: intervalOf(terms),
      proration,
      price: { model: 'per_unit', unitAmount: price, rounding },
    })),
    currency,
  );
  for (const [nth, { quantity = '1', givenBack }] of parts.entries())
    if (givenBack) account.subscribes(nth, period.start, { quantities: { fee: quantity } });
  account.bills(period.start);
  for (const [nth, part] of parts.entries()) serve(account, nth, part, terms);
  const { lines, total } = account.bills(period.end);
  return { parts: parts.map((_, nth) => partOf(lines.filter(account.isOf(nth)))), total };
};

/**
 * Whether what is given back of one of them ends in half a minor unit: as each line is the difference to what is owed by now, half a unit
 * goes to what was used. Others round what they give back by itself.
 */
export const givesBackHalfUnits = (parts: readonly ServedPart[], terms: Terms): boolean =>
  parts
    .filter(({ givenBack }) => givenBack)
    .some((part) => billedParts([part], terms).total !== -billedParts([{ ...part, givenBack: false }], terms).total);

/** Nothing of it is served after the period. */
const serve = (account: Account, nth: number, part: ServedPart, { period }: Terms): void => {
  const { quantity = '1', from, to, givenBack } = part;
  if (givenBack) {
    if (isBefore(to, period.end)) account.pauses(nth, from, to);
    account.cancels(nth, isBefore(to, period.end) ? period.end : from);
    return;
  }
  account.subscribes(nth, period.start, { quantities: { fee: quantity } });
  if (isBefore(period.start, from)) account.pauses(nth, period.start, from);
  account.cancels(nth, to, from);
};

const intervalOf = ({ period, monthly }: Terms) =>
  monthly === true
    ? ({ unit: 'month', count: 1 } as const)
    : ({ unit: 'day', count: daysBetween(localDateOf(period.start, 'UTC'), localDateOf(period.end, 'UTC')) } as const);

const partOf = (lines: readonly InvoiceLine[]) => ({
  lines,
  amount: lines.reduce((sum, { amount }) => sum + amount.minor, 0n),
});
