import type { TrialTerms, PlanVersion, Charge, SubscriptionFact } from '#contracts';
import { isBefore, localDateOf, plusDays, startOfDay, type Instant } from '#kernel';
import { TRIAL_CHARGE } from '../catalog/plan.js';
import type { SubscriptionCommand } from './subscription.commands.js';
import type { Subscription } from './subscription.js';
import { refuseTrial } from './terms-violations.js';
import type { Trial } from './timeline.js';

/** That of the plan, but for what is named; none without days. */
export const trialOf = (asked: Partial<TrialTerms> | undefined, plan: PlanVersion): TrialTerms | undefined => {
  if (asked === undefined) return plan.trial;
  const trial = { days: 0, ...plan.trial, ...asked };
  refuseTrial(trial, plan);
  return trial.days === 0 ? undefined : trial;
};

/** Once, as the trial begins, whole. */
export const trialCharge = (amount: string): Charge => ({
  key: TRIAL_CHARGE,
  name: 'Trial',
  kind: 'one_time',
  timing: 'in_advance',
  price: { model: 'flat', amount },
  proration: 'none',
});

/** Local days, of which the begun one counts whole: what is tried for fourteen days ends as the fifteenth begins. */
export const trialFrom = (at: Instant, { days, price }: TrialTerms, { zone }: Subscription): Trial => ({
  endsAt: startOfDay(plusDays(localDateOf(at, zone), days), zone),
  price: price ?? null,
});

/** Announces that the trial is over. */
export const endTrial = (
  { at }: Extract<SubscriptionCommand, { type: 'EndTrial' }>,
  { id, trial, trialEnded, cancellation }: Subscription,
): readonly SubscriptionFact[] => {
  if (trial === null || trialEnded || isBefore(at, trial.endsAt)) return [];
  const converted = cancellation === null || isBefore(trial.endsAt, cancellation.endsAt);
  return [
    {
      type: 'TrialEnded',
      data: { subscriptionId: id, at: trial.endsAt, outcome: converted ? 'converted' : 'canceled' },
    },
  ];
};
