import { Decimal, roundedToMinor } from '#kernel';
import type { MrrPoint } from '#projections/mrr';
import type { LedgerAccountResource } from '../book/book.resource.js';
import { moneyResource, type MoneyDto } from '../http/money.dto.js';

export class MrrMovementsResource {
  /** @example { "amount": "800.00", "currency": "USD" } */
  new!: MoneyDto;
  /** @example { "amount": "50.00", "currency": "USD" } */
  expansion!: MoneyDto;
  /** Below zero, as churn is. @example { "amount": "-20.00", "currency": "USD" } */
  contraction!: MoneyDto;
  /** @example { "amount": "-30.00", "currency": "USD" } */
  churn!: MoneyDto;
  /** @example { "amount": "0.00", "currency": "USD" } */
  reactivation!: MoneyDto;
}

/** Kept to four decimals per charge; each amount is rounded by itself, half away from zero. */
export class MrrPointResource {
  /** Beginning of the interval that the movements are of. @example "2026-01-01T00:00:00Z" */
  at!: string;
  /** What recurs at the interval's end. @example { "amount": "800.00", "currency": "USD" } */
  mrr!: MoneyDto;
  /** Twelve times that. @example { "amount": "9600.00", "currency": "USD" } */
  arr!: MoneyDto;
  movements!: MrrMovementsResource;
}

export class MrrCurrencyResource {
  /** @example "USD" */
  currency!: string;
  points!: MrrPointResource[];
}

const MONTHS_PER_YEAR = Decimal.of(12);

export const mrrResource = (points: readonly MrrPoint[]): MrrCurrencyResource[] =>
  [...Map.groupBy(points, ({ currency }) => currency)].map(([currency, own]) => {
    const rounded = (amount: Decimal): MoneyDto => moneyResource(roundedToMinor(amount, currency, 'half_up'));
    return {
      currency,
      points: own.map(({ at, mrr, movements }) => ({
        at,
        mrr: rounded(mrr),
        arr: rounded(mrr.times(MONTHS_PER_YEAR)),
        movements: {
          new: rounded(movements.new),
          expansion: rounded(movements.expansion),
          contraction: rounded(movements.contraction),
          churn: rounded(movements.churn),
          reactivation: rounded(movements.reactivation),
        },
      })),
    };
  });

export class AgingBucketsResource {
  current!: MoneyDto;
  days1to30!: MoneyDto;
  days31to60!: MoneyDto;
  days61to90!: MoneyDto;
  over90!: MoneyDto;
}

export class AgedAccountResource {
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string;
  buckets!: AgingBucketsResource;
  total!: MoneyDto;
  /** What the customer has to its credit and no invoice has used. It is not taken off the total. */
  unappliedCredit!: MoneyDto;
}

export class ArAgingResource {
  /** @example "USD" */
  currency!: string;
  buckets!: AgingBucketsResource;
  total!: MoneyDto;
  unappliedCredit!: MoneyDto;
  accounts!: AgedAccountResource[];
}

export class TrialBalanceResource {
  /** @example "USD" */
  currency!: string;
  ledgerAccounts!: LedgerAccountResource[];
  totalDebits!: MoneyDto;
  totalCredits!: MoneyDto;
  /** Whether the two are equal, as they always are. @example true */
  balanced!: boolean;
}
