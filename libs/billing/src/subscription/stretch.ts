import type { Segment, PlanVersion, Charge } from '#contracts';
import type { Instant } from '#kernel';

/** The plan that a charge is served by from an instant on. */
export interface ServedCharge {
  readonly from: Instant;
  readonly segment: Segment;
  readonly plan: PlanVersion;
  readonly charge: Charge;
}

/** Where a charge is served on terms that stay the same for it. */
export interface Stretch extends ServedCharge {
  readonly to: Instant | null;
  /** Other plans and versions within it, in order, that say the same of the charge. */
  readonly renewals: readonly ServedCharge[];
}
