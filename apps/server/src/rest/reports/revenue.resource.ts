import type { DeferredRevenue, RecognizedMonth } from '#projections/revenue';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';

/** Without taxes. */
export class RecognizedMonthResource {
  /** @example "2026-01" */
  month!: string;
  /** What counts as earned in it: in the books, or by what is known, if it is not booked yet. @example { "amount": "1240.00", "currency": "USD" } */
  recognized!: MoneyDto;
  /** What of it is of accounts of which the month is booked. @example { "amount": "1240.00", "currency": "USD" } */
  booked!: MoneyDto;
}

export class RevenueRecognitionResource {
  /** @example "USD" */
  currency!: string;
  months!: RecognizedMonthResource[];
  /** Of all these months. @example { "amount": "1240.00", "currency": "USD" } */
  total!: MoneyDto;
}

/** Without taxes. */
export class DeferredMonthResource {
  /** @example "2026-01" */
  month!: string;
  /** What was billed and not earned as it began. @example { "amount": "900.00", "currency": "USD" } */
  opening!: MoneyDto;
  /** What its documents put off to later months, less what they take back of that. @example { "amount": "365.00", "currency": "USD" } */
  added!: MoneyDto;
  /** What had been put off until then, and is earned. @example { "amount": "310.00", "currency": "USD" } */
  released!: MoneyDto;
  /** @example { "amount": "955.00", "currency": "USD" } */
  closing!: MoneyDto;
  /** What was earned by its end, and invoiced later or not yet. @example { "amount": "41.10", "currency": "USD" } */
  unbilled!: MoneyDto;
}

export class UpcomingRevenueResource {
  /** @example "2026-07" */
  month!: string;
  /** @example { "amount": "310.00", "currency": "USD" } */
  amount!: MoneyDto;
}

export class DeferredRevenueResource {
  /** @example "USD" */
  currency!: string;
  months!: DeferredMonthResource[];
  /** What is put off at the end of the last month, by the month in which it is earned. */
  upcoming!: UpcomingRevenueResource[];
}

export const recognitionResource = (months: readonly RecognizedMonth[]): RevenueRecognitionResource[] =>
  [...Map.groupBy(months, ({ currency }) => currency)].map(([currency, own]) => ({
    currency,
    months: own.map(({ month, recognized, booked }) => ({
      month,
      recognized: moneyResource(recognized),
      booked: moneyResource(booked),
    })),
    total: moneyResource({ minor: own.reduce((sum, { recognized }) => sum + recognized.minor, 0n), currency }),
  }));

export const deferredResource = ({ currency, months, upcoming }: DeferredRevenue): DeferredRevenueResource => ({
  currency,
  months: months.map(({ month, opening, added, released, closing, unbilled }) => ({
    month,
    opening: moneyResource(opening),
    added: moneyResource(added),
    released: moneyResource(released),
    closing: moneyResource(closing),
    unbilled: moneyResource(unbilled),
  })),
  upcoming: upcoming.map(({ month, amount }) => ({ month, amount: moneyResource(amount) })),
});
