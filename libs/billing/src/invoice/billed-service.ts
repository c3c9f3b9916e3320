import type { InvoiceLine, Charge } from '#contracts';
import { Decimal, derivedId, earlier, isBefore, type Instant, type InvoiceId } from '#kernel';
import { isSameAgreement, ratesWholePeriods } from '#rating';
import { type BilledLine, type BilledService, billedKey } from '../account/account.state.js';
import type { Catalog } from '../catalog/catalog.decider.js';
import { earnedByOf } from '../revenue/service-schedule.js';
import { changesTouch, type Subscription } from '../subscription/subscription.js';
import { agreedCharge, discountOf } from '../subscription/terms.js';
import { isCollectedLater } from '../subscription/timeline.js';
import { exactOf } from './exact-amount.js';
import { partOf } from './invoice-line.js';
import { TimelineServices } from './timeline-services.js';
import { billedDueAt, billedCharge } from './billed-charge.js';
import type { TimelineService } from './timeline-service.js';

/** Something billed before that has to be looked at again. */
export interface Remainder {
  readonly dueAt: Instant;
  /** Whether it waits for the next regular bill. */
  readonly waits?: boolean;
}

/** What is billed without an invoice is in the name of none. */
export const UNISSUED = derivedId('inv', 'unissued');

/** What of a line its invoice says: without taxes, in which group of them, and what lines beside it put to it. */
export interface InvoicedAs {
  readonly net?: bigint;
  readonly taxGroup?: number | undefined;
  readonly adjusted?: bigint;
}

/** What is billed for a line's service, with the line. That it waits to be billed again, a line rated before cannot end. */
export const withLine = (
  known: BilledService | undefined,
  line: InvoiceLine,
  invoiceId: InvoiceId,
  invoiced: InvoicedAs = {},
): BilledService => {
  const { subscriptionId, charge, plan, planVersion, raterVersion, period, service, override } = line;
  return {
    key: keyOf(line),
    subscriptionId,
    charge,
    plan,
    planVersion,
    raterVersion: known?.raterVersion ?? raterVersion,
    period,
    service,
    part: partOf(line),
    ...(override === undefined ? {} : { override }),
    exact: exactOf(line),
    earnedBy: known?.earnedBy ?? earnedByOf(line),
    deferred: known?.deferred ?? line.recognition.method === 'straight_line',
    lines: [...(known?.lines ?? []), billedLine(line, invoiceId, invoiced)],
    reopenedAt: known?.reopenedAt ?? null,
  };
};

const billedLine = (
  { lineId, kind, quantity, amount, discounts }: InvoiceLine,
  invoiceId: InvoiceId,
  { net = amount.minor, taxGroup = 0, adjusted = 0n }: InvoicedAs,
): BilledLine => ({
  invoiceId,
  lineId,
  kind,
  quantity,
  amountMinor: amount.minor,
  ...(discounts === undefined ? {} : { discounts }),
  ...(taxGroup === 0 ? {} : { taxGroup }),
  ...(net === amount.minor ? {} : { netMinor: net }),
  ...(adjusted === 0n ? {} : { adjustedMinor: adjusted }),
});

export const keyOf = ({ subscriptionId, charge, service }: InvoiceLine): string =>
  billedKey(subscriptionId, charge, service.start);

export const unitsBilled = ({ lines }: Pick<BilledService, 'lines'>): Decimal =>
  lines.reduce((total, { quantity }) => total.plus(Decimal.parse(quantity)), Decimal.zero);

/** From when on the timeline says something else by now than what was billed; null where it says the same. */
export const partsFrom = (billed: BilledService, now: TimelineService | undefined, planned: Charge): Instant | null => {
  const { service, lines } = billed;
  if (lines.length === 0) return null;
  if (!now) return service.start === service.end ? null : service.start;
  if (now.charge.kind === 'one_time') return null;
  if (!isServedAsBilled(billed, now, planned)) return service.start;
  return now.service.end === service.end ? null : earlier(now.service.end, service.end);
};

/** Whether the terms, the units and the part of the period are those that were billed. */
const isServedAsBilled = (billed: BilledService, now: TimelineService, planned: Charge): boolean => {
  const { charge, override, units } = now;
  if (charge.kind === 'recurring' && units.compare(unitsBilled(billed)) !== 0) return false;
  if (!ratesWholePeriods(billed.raterVersion))
    return now.plan.key === billed.plan && now.plan.version === billed.planVersion;
  const overrides = billed.override ? { [planned.key]: billed.override } : {};
  const { charge: agreed } = agreedCharge(planned, { quantities: {}, overrides });
  return (
    discountOf(override) === discountOf(billed.override) &&
    isSameAgreement(termsOf(charge), termsOf(agreed)) &&
    isSameAgreement(partOf(now), billed.part)
  );
};

/** What a charge asks for a period that is known already. */
const termsOf = ({ name: _, interval: __, taxClass: ___, ...terms }: Charge) => terms;

/** What of one subscription's billed services was not looked at: what lost lines since a revision, what the timeline changed after an instant. */
export interface NotLookedAt {
  readonly reopenedSince: number;
  readonly changedAfter?: Instant;
}

/** That of one subscription's services some have to be rated again, and when. */
export const remainderOf = (
  services: readonly BilledService[],
  subscription: Subscription,
  catalog: Catalog,
  { reopenedSince, changedAfter }: NotLookedAt = { reopenedSince: 0 },
): Remainder | undefined => {
  if (services.length === 0) return undefined;
  const timeline = new TimelineServices(subscription, catalog);
  return services.reduce<Remainder | undefined>((known, billed) => {
    const reopened = billed.reopenedAt !== null && billed.reopenedAt >= reopenedSince;
    const charge = () => billedCharge(billed, subscription, catalog);
    const touched = changesTouch(subscription, billed.period);
    const from = touched ? partsFrom(billed, timeline.now(billed), charge()) : null;
    const changed = from !== null && (changedAfter === undefined || isBefore(changedAfter, from));
    if (!reopened && !changed) return known;
    const at = changed ? from : billedDueAt(billed, subscription, catalog);
    const waits = !reopened && isCollectedLater(subscription, at) && known?.waits !== false;
    return { dueAt: known ? earlier(known.dueAt, at) : at, waits };
  }, undefined);
};
