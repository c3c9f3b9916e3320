import type { InvoiceLine } from '#contracts';
import { sumOfParts, type Fraction, type InvoiceId } from '#kernel';
import { ratesWholePeriods } from '#rating';
import { periodKey, type Account, type BilledLine, type BilledService } from '../account/account.state.js';
import { givenIn, poolOf, type AppliedDiscount } from '../discount/applied-discount.js';
import { keyOf, withLine } from './billed-service.js';
import { exactlyBilled } from './exact-amount.js';
import type { DueService } from './due-service.js';

/** What is billed of a period beside one service of it. */
export interface PeriodBilled {
  /** Before any rounding, in major units. */
  readonly exact: Fraction;
  readonly parts: readonly PlanPart[];
  readonly lines: readonly BilledLine[];
  /** Minor units that live lines, and those that are being made, have of a discount, by what shares them. */
  readonly given: (discount: AppliedDiscount, pool: string) => bigint;
}

/** What of a period was billed on the terms of one plan. */
interface PlanPart {
  readonly plan: string;
  readonly exact: Fraction;
}

export const NOTHING_ELSE: PeriodBilled = { exact: sumOfParts([]), parts: [], lines: [], given: givenIn };

/** The parts of periods as live lines bill them, and lines that are being made: each sees those before it. */
export class BilledPeriods {
  private readonly made = new Map<string, BilledService>();
  private readonly madeTogether = new Map<string, Set<string>>();
  private readonly madeGiven = new Map<string, bigint>();

  constructor(
    private readonly account: Pick<Account, 'billed' | 'billedTogether' | 'subscriptions'>,
    private readonly invoiceId: InvoiceId,
    lines: readonly InvoiceLine[] = [],
  ) {
    for (const line of lines) this.add(line);
  }

  add(line: InvoiceLine): void {
    const key = keyOf(line);
    // Rated anew, nothing of it waits to be billed again.
    this.made.set(key, { ...withLine(this.serviceOf(key), line, this.invoiceId), reopenedAt: null });
    together(this.madeTogether, line);
    for (const { discountId, amount } of line.discounts ?? []) {
      const { discounts } = this.account.subscriptions.get(line.subscriptionId)!;
      const name = givenName(
        discountId,
        poolOf(
          discounts.find(({ id }) => id === discountId)!,
          line.period,
        ),
      );
      this.madeGiven.set(name, (this.madeGiven.get(name) ?? 0n) + amount.minor);
    }
  }

  besides({ key, subscription, charge, period, allowanceFrom, plan, raterVersion }: DueService): PeriodBilled {
    if (!ratesWholePeriods(raterVersion)) return NOTHING_ELSE;
    const name = periodKey({ subscriptionId: subscription.id, charge: charge.key, period, allowanceFrom });
    const keys = new Set([...(this.account.billedTogether.get(name) ?? []), ...(this.madeTogether.get(name) ?? [])]);
    keys.delete(key);
    const given = (discount: AppliedDiscount, pool: string) => this.given(discount, pool);
    if (keys.size === 0) return { ...NOTHING_ELSE, given };
    const others = [...keys].map((other) => this.serviceOf(other)!).filter(({ lines }) => lines.length > 0);
    const parts = others.map(({ plan: key, exact, lines, reopenedAt }) => ({
      plan: key,
      exact: reopenedAt === null ? exact : exactlyBilled(lines, plan.currency),
    }));
    return {
      exact: sumOfParts(parts.map(({ exact }) => exact)),
      parts,
      lines: others.flatMap(({ lines }) => lines),
      given,
    };
  }

  private given(discount: AppliedDiscount, pool: string): bigint {
    return givenIn(discount, pool) + (this.madeGiven.get(givenName(discount.id, pool)) ?? 0n);
  }

  private serviceOf(key: string): BilledService | undefined {
    return this.made.get(key) ?? this.account.billed.get(key);
  }
}

const givenName = (discountId: string, pool: string): string => `${discountId} ${pool}`;

/** Notes whose period a line is of. Raters before rounded each part by itself. */
export const together = (known: Map<string, Set<string>>, line: InvoiceLine): void => {
  if (!ratesWholePeriods(line.raterVersion)) return;
  const name = periodKey(line);
  known.set(name, (known.get(name) ?? new Set()).add(keyOf(line)));
};
