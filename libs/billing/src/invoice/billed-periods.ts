import type { InvoiceLine } from '#contracts';
import { sumOfParts, type Fraction, type InvoiceId } from '#kernel';
import { ratesWholePeriods } from '#rating';
import { periodKey, type Account, type BilledLine, type BilledService } from '../account/account.state.js';
import { keyOf, withLine } from './billed-service.js';
import { exactlyBilled } from './exact-amount.js';
import type { DueService } from './due-service.js';

/** What is billed of a period beside one service of it. */
export interface PeriodBilled {
  /** Before any rounding, in major units. */
  readonly exact: Fraction;
  readonly lines: readonly BilledLine[];
}

export const NOTHING_ELSE: PeriodBilled = { exact: sumOfParts([]), lines: [] };

/** The parts of periods as live lines bill them, and lines that are being made: each sees those before it. */
export class BilledPeriods {
  private readonly made = new Map<string, BilledService>();
  private readonly madeTogether = new Map<string, Set<string>>();

  constructor(
    private readonly account: Pick<Account, 'billed' | 'billedTogether'>,
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
  }

  besides({ key, subscription, charge, period, allowanceFrom, plan, raterVersion }: DueService): PeriodBilled {
    if (!ratesWholePeriods(raterVersion)) return NOTHING_ELSE;
    const name = periodKey({ subscriptionId: subscription.id, charge: charge.key, period, allowanceFrom });
    const keys = new Set([...(this.account.billedTogether.get(name) ?? []), ...(this.madeTogether.get(name) ?? [])]);
    keys.delete(key);
    if (keys.size === 0) return NOTHING_ELSE;
    const others = [...keys].map((other) => this.serviceOf(other)!).filter(({ lines }) => lines.length > 0);
    return {
      exact: sumOfParts(
        others.map(({ exact, lines, reopenedAt }) =>
          reopenedAt === null ? exact : exactlyBilled(lines, plan.currency),
        ),
      ),
      lines: others.flatMap(({ lines }) => lines),
    };
  }

  private serviceOf(key: string): BilledService | undefined {
    return this.made.get(key) ?? this.account.billed.get(key);
  }
}

/** Notes whose period a line is of. Raters before rounded each part by itself. */
export const together = (known: Map<string, Set<string>>, line: InvoiceLine): void => {
  if (!ratesWholePeriods(line.raterVersion)) return;
  const name = periodKey(line);
  known.set(name, (known.get(name) ?? new Set()).add(keyOf(line)));
};
