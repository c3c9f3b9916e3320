import { roundedQuotient, type Fraction } from '#kernel';

/** An amount in minor units, or the part of it that a stub period bears. */
export interface ProratedAmount {
  readonly amount: bigint;
  readonly part?: Fraction;
}

const prorated = ({ amount, part }: ProratedAmount): bigint =>
  part === undefined ? amount : roundedQuotient(amount * part.numerator, part.denominator, 'half_up');

/**
 * What is missing to a minimum commitment: the commitment less what counts towards it, never below zero. Both sides are
 * prorated and rounded (half away from zero) before they are compared, because each is a line of its own. What counts is gross:
 * a discount does not make the customer owe more. (Lago, `commitments/minimum`, `spending_minimum_spec.rb`.)
 */
export const computeTrueUp = (commitment: ProratedAmount, counted: readonly ProratedAmount[]): bigint => {
  const missing = counted.reduce((left, amount) => left - prorated(amount), prorated(commitment));
  return missing > 0n ? missing : 0n;
};

/** A stretch of a contract with a commitment of its own. */
export interface CommitmentPhase {
  readonly commitment: ProratedAmount;
  readonly counted: readonly ProratedAmount[];
}

/**
 * The true-up of each phase. Phases stand alone, unless what a phase counted beyond its commitment is carried into the next
 * ones (`excess: 'carried'`): it then counts there first.
 */
export const computePhaseTrueUps = (
  phases: readonly CommitmentPhase[],
  excess: 'lost' | 'carried' = 'lost',
): readonly bigint[] => {
  let carried = 0n;
  return phases.map(({ commitment, counted }) => {
    const trueUp = computeTrueUp(commitment, [...counted, { amount: carried }]);
    const total = counted.reduce((sum, amount) => sum + prorated(amount), carried);
    const beyond = total - prorated(commitment);
    carried = excess === 'carried' && beyond > 0n ? beyond : 0n;
    return trueUp;
  });
};
