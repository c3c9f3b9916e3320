import { earlier, isBefore, later, startOfDay, type InvoiceId } from '#kernel';
import type { BilledService } from '../account/account.state.js';
import { billedKey } from '../account/account.state.js';
import { planVersion, type Catalog } from '../catalog/catalog.decider.js';
import { chargeOf, type Charge } from '../catalog/plan.js';
import { dueAt, serviceBetween } from '../subscription/charge-periods.js';
import type { Remainder } from '../subscription/schedule.js';
import type { TimelineEnd } from '../subscription/subscription.js';
import type { InvoiceLine, Service } from './invoice-line.js';

/** What is billed for a line's service, with the line. That it waits to be billed again, a line rated before cannot end. */
export const withLine = (known: BilledService | undefined, line: InvoiceLine, invoiceId: InvoiceId): BilledService => {
  const { lineId, kind, subscriptionId, charge, plan, planVersion, raterVersion, period, service } = line;
  const { quantity, amount } = line;
  return {
    key: keyOf(line),
    subscriptionId,
    charge,
    plan: known?.plan ?? plan,
    planVersion: known?.planVersion ?? planVersion,
    raterVersion: known?.raterVersion ?? raterVersion,
    period: known?.period ?? period,
    service,
    lines: [...(known?.lines ?? []), { invoiceId, lineId, kind, quantity, amountMinor: amount.minor }],
    reopenedAt: known?.reopenedAt ?? null,
  };
};

export const keyOf = ({ subscriptionId, charge, service }: InvoiceLine): string =>
  billedKey(subscriptionId, charge, service.start);

/** The service as the timeline has it now: an end that was set since cuts it, where its part is given back. */
export const serviceNow = (
  { service, period }: Pick<BilledService, 'service' | 'period'>,
  end: TimelineEnd | null,
  charge: Charge,
): Service => {
  if (end === null || charge.kind === 'one_time' || isKept(service, end, charge)) return service;
  const turn = startOfDay(period.end, service.timeZone);
  const endsAt = later(service.start, earlier(turn, end.endsAt));
  return endsAt === service.end ? service : serviceBetween(service.start, endsAt, service.timeZone);
};

/** What was billed stays billed without credit; what is not prorated stays whole, unless it was never served. */
const isKept = ({ start }: Service, { credit, endsAt }: TimelineEnd, charge: Charge): boolean =>
  charge.kind === 'recurring' &&
  ((charge.timing === 'in_advance' && credit === 'none') || (charge.proration === 'none' && isBefore(start, endsAt)));

/** Of one subscription’s services: those that lost lines since a revision, and those that an end cuts, are rated again. */
export const remainderOf = (
  services: readonly BilledService[],
  end: TimelineEnd | null,
  catalog: Catalog,
  since = 0,
): Remainder | undefined =>
  services.reduce<Remainder | undefined>((known, billed) => {
    const charge = chargeOf(planVersion(catalog, billed.plan, billed.planVersion), billed.charge);
    const reopened = billed.reopenedAt !== null && billed.reopenedAt >= since;
    const cut = end !== null && billed.lines.length > 0 && serviceNow(billed, end, charge) !== billed.service;
    if (!reopened && !cut) return known;
    const at = cut ? end.endsAt : dueAt(charge, billed.service);
    return { dueAt: known ? earlier(known.dueAt, at) : at, byItself: cut || known?.byItself === true };
  }, undefined);
