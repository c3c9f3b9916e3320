import { Decimal, earlier, isBefore, type Instant, type InvoiceId } from '#kernel';
import type { BilledService } from '../account/account.state.js';
import { billedKey } from '../account/account.state.js';
import type { Catalog } from '../catalog/catalog.decider.js';
import type { Remainder } from '../subscription/schedule.js';
import type { Subscription } from '../subscription/subscription.js';
import type { InvoiceLine } from './invoice-line.js';
import { billedDueAt, TimelineServices, type TimelineService } from './timeline-services.js';

/** What is billed for a line's service, with the line. That it waits to be billed again, a line rated before cannot end. */
export const withLine = (known: BilledService | undefined, line: InvoiceLine, invoiceId: InvoiceId): BilledService => {
  const { lineId, kind, subscriptionId, charge, plan, planVersion, raterVersion, period, service } = line;
  const { quantity, amount } = line;
  return {
    key: keyOf(line),
    subscriptionId,
    charge,
    plan,
    planVersion,
    raterVersion: known?.raterVersion ?? raterVersion,
    period,
    service,
    lines: [...(known?.lines ?? []), { invoiceId, lineId, kind, quantity, amountMinor: amount.minor }],
    reopenedAt: known?.reopenedAt ?? null,
  };
};

export const keyOf = ({ subscriptionId, charge, service }: InvoiceLine): string =>
  billedKey(subscriptionId, charge, service.start);

export const unitsBilled = ({ lines }: Pick<BilledService, 'lines'>): Decimal =>
  lines.reduce((total, { quantity }) => total.plus(Decimal.parse(quantity)), Decimal.zero);

/** From when on the timeline says something else by now than what was billed; null where it says the same. */
export const partsFrom = (billed: BilledService, now: TimelineService | undefined): Instant | null => {
  const { service, lines, plan, planVersion } = billed;
  if (lines.length === 0) return null;
  if (!now) return service.start === service.end ? null : service.start;
  if (now.charge.kind === 'one_time') return null;
  const otherUnits = now.charge.kind === 'recurring' && now.units.compare(unitsBilled(billed)) !== 0;
  if (otherUnits || now.plan.key !== plan || now.plan.version !== planVersion) return service.start;
  return now.service.end === service.end ? null : earlier(now.service.end, service.end);
};

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
    const from = subscription.changeIds.size === 0 ? null : partsFrom(billed, timeline.now(billed));
    const changed = from !== null && (changedAfter === undefined || isBefore(changedAfter, from));
    if (!reopened && !changed) return known;
    const at = changed ? from : billedDueAt(billed, subscription, catalog);
    return { dueAt: known ? earlier(known.dueAt, at) : at, byItself: changed || known?.byItself === true };
  }, undefined);
};
