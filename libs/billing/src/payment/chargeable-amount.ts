/** Currencies with three decimals that card networks settle in steps of ten minor units. */
const STEP = 10n;

/**
 * The amounts next to one in minor units that a payment provider takes where the last of three decimals must be zero: the amount
 * itself if it already is, else the one below and the one above. (Stripe, three-decimal currencies.)
 */
export const chargeableAmounts = (minor: bigint): readonly bigint[] => {
  const below = minor - (((minor % STEP) + STEP) % STEP);
  return below === minor ? [minor] : [below, below + STEP];
};
