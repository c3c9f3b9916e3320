import { TRIAL_CHARGE, type Charge } from '../catalog/plan.js';

/** Once, as the trial begins, whole. */
export const trialCharge = (amount: string): Charge => ({
  key: TRIAL_CHARGE,
  name: 'Trial',
  kind: 'one_time',
  timing: 'in_advance',
  price: { model: 'flat', amount },
  proration: 'none',
});
