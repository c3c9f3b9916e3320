import { Decimal, roundedToMinor } from '#kernel';
import type { MovementKind } from '#analytics';
import type { MrrMovement, MrrPoint } from '#projections/mrr';
import type { LedgerAccountResource } from '../book/book.resource.js';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';

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

export class AgedInvoiceResource {
  /** @example "inv_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "INV-000042" */
  number!: string | null;
  /** @example "2026-03-03" */
  dueOn!: string;
  /** Below nought while it is not due. @example 12 */
  daysPastDue!: number;
  /** @example "days1to30" */
  bucket!: 'current' | 'days1to30' | 'days31to60' | 'days61to90' | 'over90';
  /** What is still owed of it. */
  amountDue!: MoneyDto;
}

export class AgedAccountResource {
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string;
  /** Null once the person was erased. @example "Ada Lovelace Ltd" */
  name!: string | null;
  buckets!: AgingBucketsResource;
  total!: MoneyDto;
  /** What the customer has to its credit and no invoice has used. It is not taken off the total. */
  unappliedCredit!: MoneyDto;
  /** What the buckets are of, the oldest first. */
  invoices!: AgedInvoiceResource[];
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

/** What changed monthly recurring revenue, and by whom. */
export class MrrMovementResource {
  /** When it counts. @example "2026-01-15T00:00:00Z" */
  at!: string;
  /** What it is for the account, together with what else counts at that moment. @example "expansion" */
  kind!: MovementKind;
  /** @example { "amount": "50.00", "currency": "USD" } */
  amount!: MoneyDto;
  /** Before it was rounded. @example "50" */
  exactAmount!: string;
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string;
  /** Null once the person was erased. @example "Ada Lovelace Ltd" */
  accountName!: string | null;
  /** @example "sub_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  subscriptionId!: string;
  /** Null where it begins. @example "starter" */
  planBefore!: string | null;
  /** Null where it ends. @example "team" */
  planAfter!: string | null;
  /** The fact that it follows from. @example "SubscriptionPlanChanged" */
  cause!: string;
  /** The operation that was asked for; null where something fell due. @example "ChangePlan" */
  command!: string | null;
  actor!: MovementActorResource;
  /** What was said of why. @example "asked by mail" */
  reason!: string | null;
  /** @example "2026-01-14T09:30:00Z" */
  recordedAt!: string;
}

export class MovementActorResource {
  /** @example "api_key" */
  type!: string;
  /** @example "key_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
}

export const mrrMovementResource = (
  { amount, currency, ...movement }: MrrMovement,
  accountName: string | null,
): MrrMovementResource => ({
  ...movement,
  amount: moneyResource(roundedToMinor(amount, currency, 'half_up')),
  exactAmount: amount.toString(),
  accountName,
  actor: { ...movement.actor },
});
