import { turningDayAfter } from './cycles.js';
import { daysBetween, dayOfMonth, type LocalDate } from './local-date.js';
import { turningDay, turnsUntil, type Rhythm } from './rhythm.js';
import type { Fraction } from '../money/money.js';

export interface BillingIntervalRequest {
  readonly rhythm: Rhythm;
  readonly start: LocalDate;
  /** When the service ends, exclusive; `null` while it goes on. */
  readonly end: LocalDate | null;
  /** The day that billing is made for. */
  readonly target: LocalDate;
  readonly timing: 'in_advance' | 'in_arrears';
}

/** Which days one charge is billed for on a target day. */
export interface BillingInterval {
  readonly firstCycle: LocalDate;
  /** Billed up to here, exclusive; `null` where nothing is due yet. */
  readonly effectiveEnd: LocalDate | null;
  /** The last turning day within what is billed, the first one where there is none. */
  readonly lastCycle: LocalDate;
  /** The first turning day that is not within what is billed. */
  readonly nextCycle: LocalDate;
}

/**
 * In advance, everything is billed through the end of the cycle that the target falls in; in arrears, through the last cycle
 * that is over by then. Both stop where the service ends. (Kill Bill's billing modes.)
 */
export const billingInterval = (request: BillingIntervalRequest): BillingInterval => {
  const { rhythm, start } = request;
  const { first } = rhythm;
  const effectiveEnd = billedUpTo(request);
  const reached = effectiveEnd ?? start;
  const turns = turnsUntil(rhythm, reached);
  return {
    firstCycle: first,
    effectiveEnd,
    lastCycle: turns < 0 ? first : turningDay(rhythm, turns),
    nextCycle: turns < 0 ? first : turningDay(rhythm, turns + 1),
  };
};

const billedUpTo = ({ rhythm, start, end, target, timing }: BillingIntervalRequest): LocalDate | null => {
  if (end !== null && end <= target) return end;
  if (timing === 'in_advance') {
    const turn = target < rhythm.first ? rhythm.first : turningDayAfter(rhythm, target);
    return end !== null && end < turn ? end : turn;
  }
  const turns = turnsUntil(rhythm, target);
  const last = turns < 0 ? null : turningDay(rhythm, turns);
  return last !== null && last >= start ? last : null;
};

/** Cycles billed in whole: from the first turning day to the last. */
export const wholeCycles = ({ rhythm, effectiveEnd }: { readonly rhythm: Rhythm } & BillingInterval): number =>
  effectiveEnd === null ? 0 : Math.max(turnsUntil(rhythm, effectiveEnd), 0);

/**
 * Which whole period divides a short first one: `at_anchor` the period between two turning days (Recount's own), or
 * `counted_back` one interval back from the first turning day (Kill Bill's): they differ where that day was clamped.
 */
export type StubDivisor = 'at_anchor' | 'counted_back';

/**
 * What is billed, in cycles: a short first cycle and a short last one as parts of their whole periods, whole ones as 1.
 * Empty parts are left out. Nothing is rounded here.
 */
export const billedCycles = (request: BillingIntervalRequest, divisor: StubDivisor = 'at_anchor'): Fraction[] => {
  const { rhythm, start } = request;
  const interval = billingInterval(request);
  const { effectiveEnd, lastCycle, nextCycle } = interval;
  if (effectiveEnd === null) return [];
  const stubEnd = effectiveEnd < rhythm.first ? effectiveEnd : rhythm.first;
  const before = divisor === 'at_anchor' ? rhythm : { ...rhythm, day: dayOfMonth(rhythm.first) };
  const whole = wholeCycles({ rhythm, ...interval });
  const parts = [
    part(daysBetween(start, stubEnd), daysBetween(turningDay(before, -1), rhythm.first)),
    part(whole, 1),
    effectiveEnd > lastCycle ? part(daysBetween(lastCycle, effectiveEnd), daysBetween(lastCycle, nextCycle)) : null,
  ];
  return parts.filter((each) => each !== null);
};

const part = (numerator: number, denominator: number): Fraction | null =>
  numerator > 0 ? { numerator: BigInt(numerator), denominator: BigInt(denominator) } : null;
