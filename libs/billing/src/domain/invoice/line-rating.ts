import { Decimal, derivedId, money, roundedToMinor, startOfDay, type InvoiceId, type LocalPeriod } from '#kernel';
import {
  dayShare,
  fixedPeriodShare,
  rate,
  secondShare,
  shareFraction,
  type ProrationBasis,
  type ProrationShare,
  type RatedUsage,
} from '#rating';
import type { BilledLine } from '../account/account.state.js';
import type { Charge } from '../catalog/plan.js';
import type { Measured, MeasuredUsage } from '../usage/measurement.js';
import { StaleFacts } from '../stale-facts.js';
import type { DueService } from './due-services.js';
import type { InvoiceLine, LineKind, Service } from './invoice-line.js';

/** *What it costs by now − what live lines bill for it already.* Null where that changes neither amount nor quantity. */
export const lineFor = (due: DueService, usage: MeasuredUsage, invoiceId: InvoiceId): InvoiceLine | null => {
  const { key, subscription, plan, charge, override, period, service, billed, raterVersion } = due;
  const { currency } = plan;
  const measured = charge.kind === 'usage' ? measuredFor(key, usage) : undefined;
  const quantity = measured ? Decimal.parse(measured.quantity) : due.units;
  const rating = rate(charge.price, quantity, measured && ratedUsage(measured), override?.discountBasisPoints);
  const proration = prorationOf(charge, period, service);
  const rounding = charge.price.rounding ?? 'half_up';
  const roundedCumulative = roundedToMinor(rating.amount, currency, rounding, proration && shareFraction(proration));
  const prior = billed?.lines ?? [];
  const billedBefore = money(
    prior.reduce((total, { amountMinor }) => total + amountMinor, 0n),
    currency,
  );
  const before = prior.reduce((total, line) => total.plus(Decimal.parse(line.quantity)), Decimal.zero);
  const amount = money(roundedCumulative.minor - billedBefore.minor, currency);
  const change = quantity.minus(before);
  const nothingServed = service.start === service.end && prior.length === 0;
  if (nothingServed || (prior.length > 0 && amount.minor === 0n && change.isZero)) return null;
  return {
    lineId: derivedId('lin', invoiceId, key),
    kind: kindOf(charge, prior),
    subscriptionId: subscription.id,
    charge: charge.key,
    description: charge.name,
    plan: plan.key,
    planVersion: plan.version,
    raterVersion,
    ...(override === undefined ? {} : { override }),
    timing: charge.timing,
    period,
    service,
    priorLines: prior.map(({ lineId }) => lineId),
    quantity: change.toString(),
    quantityBilledBefore: before.toString(),
    steps: rating.steps,
    exactCumulative: rating.amount.toString(),
    ...(proration ? { proration } : {}),
    rounding,
    roundedCumulative,
    billedBefore,
    amount,
    ...(measured ? { inputs: { cut: usage.cut, count: measured.count, digest: measured.digest } } : {}),
    recognition: {
      method: charge.kind === 'recurring' && charge.timing === 'in_advance' ? 'straight_line' : 'immediate',
      start: service.start,
      end: service.end,
    },
  };
};

const measuredFor = (key: string, { byKey }: MeasuredUsage) => {
  const measured = byKey.get(key);
  if (!measured) throw new StaleFacts(`${key} fell due after usage was measured.`);
  return measured;
};

const ratedUsage = ({ count, groups, values, levels, mayBeNegative }: Measured): RatedUsage => ({
  events: count,
  ...(mayBeNegative === undefined ? {} : { mayBeNegative }),
  ...(groups === undefined
    ? {}
    : { groups: groups.map(({ group, quantity }) => ({ group, quantity: Decimal.parse(quantity) })) }),
  ...(values === undefined ? {} : { values: values.map((value) => Decimal.parse(value)) }),
  ...(levels === undefined ? {} : { levels }),
});

/**
 * The part of the whole period at the anchor that was served, as the plan measures it; none where that is the whole.
 * What an end left nothing of costs nothing, whatever its price asks at least.
 */
const prorationOf = (
  { kind, proration }: Charge,
  period: LocalPeriod,
  service: Service,
): ProrationShare | undefined => {
  if (kind === 'one_time') return undefined;
  if ((kind === 'usage' || proration === 'none') && service.start !== service.end) return undefined;
  const share = shareServed(proration === 'none' ? 'day' : proration, period, service);
  return share.numerator === share.denominator ? undefined : share;
};

const shareServed = (basis: ProrationBasis, period: LocalPeriod, service: Service): ProrationShare => {
  const { localStart: start, localEnd: end, timeZone } = service;
  switch (basis) {
    case 'day':
      return dayShare({ start, end }, period);
    case 'fixed30':
      return fixedPeriodShare({ start, end }, period);
    case 'second':
      return secondShare(service, {
        start: startOfDay(period.start, timeZone),
        end: startOfDay(period.end, timeZone),
      });
  }
};

const kindOf = ({ kind }: Charge, prior: readonly BilledLine[]): LineKind => {
  if (!prior.some((line) => line.kind === kind)) return kind;
  return kind === 'usage' ? 'late_usage' : 'correction';
};
