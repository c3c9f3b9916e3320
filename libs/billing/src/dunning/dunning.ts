import { epochMicroseconds, plusDays, type Instant, type LocalDate } from '#kernel';

/** Days on which collecting is tried again: offsets count from the failure, or each from the attempt before it. */
export const dunningDates = (
  failedOn: LocalDate,
  offsets: readonly number[],
  counted: 'from_start' | 'cumulative',
): readonly LocalDate[] => {
  let last = failedOn;
  return offsets.map((offset) => {
    last = plusDays(counted === 'from_start' ? failedOn : last, offset);
    return last;
  });
};

export interface DunningCampaign {
  /** Overdue balance in minor units, of one currency, from which on a customer is reminded. */
  readonly threshold: bigint;
  readonly maxAttempts: number;
  readonly daysBetween: number;
}

const DAY = 86_400_000_000n;

/**
 * Whether each run of a campaign reminds the customer: at or above the threshold, fewer attempts than allowed, and more than the
 * days between since the last one; exactly that long is too early. Attempts are counted anew once nothing is overdue.
 * (Lago, `dunning_campaign_v1_spec.rb`.)
 */
export const dunningAttempts = (
  { threshold, maxAttempts, daysBetween }: DunningCampaign,
  runs: readonly { readonly at: Instant; readonly overdue: bigint }[],
): readonly boolean[] => {
  let attempts = 0;
  let lastAt: bigint | null = null;
  return runs.map(({ at, overdue }) => {
    if (overdue <= 0n) {
      attempts = 0;
      lastAt = null;
    }
    const now = epochMicroseconds(at);
    const early = lastAt !== null && now - lastAt <= BigInt(daysBetween) * DAY;
    if (overdue < threshold || attempts >= maxAttempts || early) return false;
    attempts += 1;
    lastAt = now;
    return true;
  });
};
