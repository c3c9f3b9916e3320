import type { Charge } from '#contracts';
import type { Instant } from '#kernel';
import type { BilledService } from '../account/account.state.js';
import { planVersion, type Catalog } from '../catalog/catalog.decider.js';
import { chargeOf, TRIAL_CHARGE } from '../catalog/plan.js';
import { dueAt } from '../subscription/charge-periods.js';
import type { Subscription } from '../subscription/subscription.js';
import { trialCharge } from '../subscription/trial.js';

/** The charge that a service was billed for, as its plan has it. */
export const billedCharge = (
  { charge, plan, planVersion: version }: Pick<BilledService, 'charge' | 'plan' | 'planVersion'>,
  { trial }: Pick<Subscription, 'trial'>,
  catalog: Catalog,
): Charge =>
  charge === TRIAL_CHARGE && trial?.price != null
    ? trialCharge(trial.price)
    : chargeOf(planVersion(catalog, plan, version), charge);

/** When a billed service falls due, as it was billed. */
export const billedDueAt = (billed: BilledService, subscription: Subscription, catalog: Catalog): Instant =>
  dueAt(billedCharge(billed, subscription, catalog), billed.service);
