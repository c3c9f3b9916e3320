import type { InvoiceLine, Charge, LineKind } from '#contracts';
import {
  Decimal,
  derivedId,
  isBefore,
  money,
  sumOfParts,
  type Fraction,
  type Instant,
  type InvoiceId,
  type Money,
} from '#kernel';
import { rate, ratePart, type SharedRating } from '#rating';
import type { BilledLine } from '../account/account.state.js';
import { TRIAL_CHARGE } from '../catalog/plan.js';
import { lineDiscounts, NO_DISCOUNTS, type LineDiscounts } from '../discount/line-discounts.js';
import { classed } from '../tax/tax-class.js';
import type { Measured, UsageAtCut } from '../usage/measurement.js';
import { StaleFacts } from './stale-facts.js';
import { billedOffsets } from './billed-time.js';
import { NOTHING_ELSE, type PeriodBilled } from './billed-periods.js';
import type { DueService } from './due-service.js';
import { exactAmount, isSameFraction, otherPartsOf, roundedTogether } from './exact-amount.js';
import { partOf } from './invoice-line.js';
import { prorationOf } from './proration.js';
import { ratedUsage } from './rated-usage.js';
import { usedBy } from './used-by.js';

/**
 * *What it costs by now, less discounts − what live lines bill for it already*, with all else that is billed of its period: the parts of a period are rounded
 * as one. Null where that changes nothing.
 */
export const lineFor = (
  due: DueService,
  usage: UsageAtCut,
  invoiceId: InvoiceId,
  others: PeriodBilled = NOTHING_ELSE,
  /** Where what was used is told by time, as far as it was measured. */
  cuts: readonly Instant[] = [],
): InvoiceLine | null => {
  const { key, subscription, plan, charge, override, period, service, billed, raterVersion } = due;
  const { currency } = plan;
  const measured = charge.kind === 'usage' ? measuredFor(key, usage) : undefined;
  const quantity = measured ? Decimal.parse(measured.quantity) : due.units;
  const rated = ratingOf(due, quantity, measured);
  const { rating, share: proration } = rated;
  const rounding = charge.price.rounding ?? 'half_up';
  const exact = exactAmount(rated, due.part !== undefined);
  const roundedCumulative = roundedTogether(exact, others.exact, currency, rounding);
  const own = billed?.lines ?? [];
  const prior = [...own, ...others.lines];
  const off = discountsOf(due, exact, others, { owed: roundedCumulative, prior });
  const net = roundedCumulative.minor - off.total;
  const billedBefore = money(countedAsBilled(prior, net), currency);
  const before = own.reduce((total, line) => total.plus(Decimal.parse(line.quantity)), Decimal.zero);
  const amount = money(net - billedBefore.minor, currency);
  const change = quantity.minus(before);
  const nothingServed = service.start === service.end && own.length === 0;
  // What is rounded with others is told to the last fraction, even where that makes no cent by itself.
  const exactly = others.lines.length === 0 || !billed || isSameFraction(billed.exact, exact);
  // An installment in which nothing was used is billed as well: the next one begins after it.
  const sameAmounts = amount.minor === 0n && off.fresh.length === 0;
  const unchanged = own.length > 0 && sameAmounts && change.isZero && exactly && !goesFurther(due);
  if (nothingServed || unchanged) return null;
  return {
    lineId: derivedId('lin', invoiceId, key),
    kind: goesFurther(due) ? charge.kind : kindOf(charge, own),
    subscriptionId: subscription.id,
    charge: charge.key,
    description: charge.name,
    ...classed(charge),
    plan: plan.key,
    planVersion: plan.version,
    raterVersion,
    ...(override === undefined ? {} : { override }),
    timing: charge.timing,
    period,
    service,
    ...billedOffsets(period, service, subscription.zone),
    ...partOf(due),
    priorLines: prior.map(({ lineId }) => lineId),
    quantity: change.toString(),
    quantityBilledBefore: before.toString(),
    steps: rating.steps,
    exactCumulative: rating.amount.toString(),
    ...(proration ? { proration } : {}),
    ...(others.lines.length === 0 ? {} : { otherParts: otherPartsOf(others.exact) }),
    rounding,
    roundedCumulative,
    billedBefore,
    ...(off.fresh.length === 0 ? {} : { discounts: off.fresh }),
    amount,
    ...(measured ? { inputs: { cut: usage.cut, count: measured.count, digest: measured.digest } } : {}),
    ...(measured ? usedBy(due, measured, usage, cuts) : {}),
    recognition: {
      method: charge.kind === 'recurring' && charge.timing === 'in_advance' ? 'straight_line' : 'immediate',
      start: service.start,
      end: service.end,
    },
  };
};

/** What is taken off of a period, of which others have their parts. A trial costs what it costs. */
const discountsOf = (
  { subscription: { discounts }, plan, charge, period }: DueService,
  exact: Fraction,
  others: PeriodBilled,
  { owed, prior }: { readonly owed: Money; readonly prior: readonly BilledLine[] },
): LineDiscounts => {
  if (discounts.length === 0 || charge.key === TRIAL_CHARGE) return NO_DISCOUNTS;
  const { rounding = 'half_up' } = charge.price;
  const owedOf = (plans: readonly string[]): bigint => {
    const own = plans.includes(plan.key) ? exact : NOTHING_ELSE.exact;
    const parts = others.parts.filter((part) => plans.includes(part.plan)).map((part) => part.exact);
    return roundedTogether(own, sumOfParts(parts), owed.currency, rounding).minor;
  };
  return lineDiscounts(discounts, { charge: charge.key, period, owed, owedOf, prior, given: others.given });
};

/** What was waived, taken off by hand or given back by credit notes, is not billed again as far as it is owed by now, but nothing of it is given back: it is not charged. */
const countedAsBilled = (prior: readonly BilledLine[], owed: bigint): bigint => {
  let [charged, least, most] = [0n, 0n, 0n];
  for (const line of prior) {
    const own = chargedOf(line) + (line.waived === true ? 0n : (line.adjustedMinor ?? 0n));
    const waived = line.amountMinor - own;
    charged += own;
    if (waived < 0n) least += waived;
    else most += waived;
  }
  const missing = owed - charged;
  return charged + (missing < least ? least : missing > most ? most : missing);
};

/** What of a line is charged: not what was waived, or given back by credit notes. */
export const chargedOf = ({ amountMinor, waived, creditedMinor = 0n }: BilledLine): bigint =>
  waived === true ? 0n : amountMinor - creditedMinor;

const measuredFor = (key: string, { byKey }: UsageAtCut) => {
  const measured = byKey.get(key);
  if (!measured) throw new StaleFacts(`${key} fell due after usage was measured.`);
  return measured;
};

const ratingOf = (due: DueService, quantity: Decimal, measured: Measured | undefined): SharedRating => {
  const { override, period, service, part, nature } = due;
  const charge = due.installment === 'open' ? withoutMinimum(due.charge) : due.charge;
  const usage = measured ? ratedUsage(measured) : {};
  const discount = override?.discountBasisPoints;
  if (part && service.start !== service.end)
    return ratePart(charge.price, quantity, usage, { share: part, nature: nature ?? 'adds_up' }, discount);
  const share = prorationOf(charge, period, service, due.subscription.zone);
  return { rating: rate(charge.price, quantity, usage, discount), ...(share ? { share } : {}) };
};

/** What a window comes to at least is known when it is over. */
const withoutMinimum = ({ price: { minimum: _, ...price }, ...charge }: Charge): Charge => ({
  ...charge,
  price: price,
});

/** The next installment of a window is no correction of those before it. */
const goesFurther = ({ installment, billed, service }: DueService): boolean =>
  installment !== undefined && billed !== undefined && isBefore(billed.service.end, service.end);

const kindOf = ({ kind }: Charge, prior: readonly BilledLine[]): LineKind => {
  if (!prior.some((line) => line.kind === kind)) return kind;
  return kind === 'usage' ? 'late_usage' : 'correction';
};
