import { Decimal } from '#kernel';
import type { MrrPoint } from '#projections/mrr';
import type { LedgerAccountResource } from '../book/book.resource.js';
import type { MoneyDto } from '../http/money.dto.js';

export class MrrMovementsResource {
  /** @example "800.00" */
  new!: string;
  expansion!: string;
  contraction!: string;
  churn!: string;
  reactivation!: string;
}

export class MrrPointResource {
  /** Beginning of the interval that the movements are of. @example "2026-01-01T00:00:00Z" */
  at!: string;
  /** What recurs at the interval's end, in major units. @example "800.00" */
  mrr!: string;
  /** @example "9600.00" */
  arr!: string;
  movements!: MrrMovementsResource;
}

export class MrrCurrencyResource {
  /** @example "USD" */
  currency!: string;
  points!: MrrPointResource[];
}

const MONTHS_PER_YEAR = Decimal.of(12);

export const mrrResource = (points: readonly MrrPoint[]): MrrCurrencyResource[] =>
  [...Map.groupBy(points, ({ currency }) => currency)].map(([currency, own]) => ({
    currency,
    points: own.map(({ at, mrr, movements }) => ({
      at,
      mrr: mrr.toString(),
      arr: mrr.times(MONTHS_PER_YEAR).toString(),
      movements: {
        new: movements.new.toString(),
        expansion: movements.expansion.toString(),
        contraction: movements.contraction.toString(),
        churn: movements.churn.toString(),
        reactivation: movements.reactivation.toString(),
      },
    })),
  }));

export class AgingBucketsResource {
  current!: MoneyDto;
  days1to30!: MoneyDto;
  days31to60!: MoneyDto;
  days61to90!: MoneyDto;
  over90!: MoneyDto;
}

export class AgedAccountResource {
  accountId!: string;
  buckets!: AgingBucketsResource;
  total!: MoneyDto;
}

export class ArAgingResource {
  /** @example "USD" */
  currency!: string;
  buckets!: AgingBucketsResource;
  total!: MoneyDto;
  accounts!: AgedAccountResource[];
}

export class TrialBalanceResource {
  /** @example "USD" */
  currency!: string;
  ledgerAccounts!: LedgerAccountResource[];
  totalDebits!: MoneyDto;
  totalCredits!: MoneyDto;
  /** Whether the two are equal, as they always are. */
  balanced!: boolean;
}
