import type { Charge, Service } from '#contracts';
import { startOfDay, isBefore, type Instant } from '#kernel';
import type { BilledService } from '../account/account.state.js';
import { TRIAL_CHARGE } from '../catalog/plan.js';
import { dueAt } from '../subscription/charge-periods.js';
import type { Subscription, TimelineEnd } from '../subscription/subscription.js';
import type { TimelineService } from './timeline-service.js';

/** Whether an end with full credit falls into the period of what is not used up: then nothing of that is sold. */
export const isGivenBack = (
  { period }: Pick<BilledService, 'period'>,
  { key, kind }: Charge,
  { cancellation, trial, zone }: Pick<Subscription, 'cancellation' | 'trial' | 'zone'>,
): boolean => {
  if (cancellation?.credit !== 'full' || kind === 'usage') return false;
  const end = key === TRIAL_CHARGE && trial ? trial.endsAt : startOfDay(period.end, zone);
  return isBefore(cancellation.endsAt, end);
};

/** At the end, what was billed stays billed without credit; what is not prorated stays whole, unless it was never served. */
export const isKept = ({ start }: Service, { credit, endsAt }: TimelineEnd, charge: Charge): boolean =>
  charge.kind === 'recurring' &&
  ((charge.timing === 'in_advance' && credit === 'none') || (charge.proration === 'none' && isBefore(start, endsAt)));
const isBilledElsewhere = ({ timing }: Charge, { start, end }: Service, through: Instant): boolean =>
  !isBefore(through, end) || (timing === 'in_advance' && isBefore(start, through));

/** What another system has billed, what an end gives back whole, and what falls due with an end that is not billed. */
export const isLeftOut = ({ charge, period, service }: TimelineService, subscription: Subscription): boolean => {
  const { billedThrough, cancellation } = subscription;
  if (billedThrough !== null && isBilledElsewhere(charge, service, billedThrough)) return true;
  if (isGivenBack({ period }, charge, subscription)) return true;
  return cancellation?.finalBill === false && !isBefore(dueAt(charge, service), cancellation.endsAt);
};
