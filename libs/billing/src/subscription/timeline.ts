import type { ChangeOptions, TermsDelta, Terms, CreditPolicy, Segment } from '#contracts';
import { earlier, isBefore, later, type Instant } from '#kernel';

/** Other terms from an instant on: what it names, folded over what counts by then. */
export interface TermsChange extends ChangeOptions {
  readonly kind: 'plan' | 'quantity';
  readonly changeId: string;
  readonly at: Instant;
  /** Whole where it was stored before changes told what they name. */
  readonly sets: TermsDelta | { readonly whole: Terms };
}

/** Terms as they are from an instant on, with all that was decided up to it. */
export interface TermsFrom {
  readonly change: TermsChange;
  readonly at: Instant;
  readonly terms: Terms;
  /** Periods are of another length than those before, or were asked to: they begin anew. */
  readonly newCycle: boolean;
}

export interface Pause {
  readonly kind: 'pause';
  readonly changeId: string;
  readonly at: Instant;
  /** Null: until it is resumed. */
  readonly until: Instant | null;
  readonly credit: CreditPolicy;
}

export interface Resumption {
  readonly kind: 'resume';
  readonly changeId: string;
  readonly at: Instant;
}

/** What was decided of a timeline after it began, apart from its end, in the order in which it was asked for. */
export type TimelineChange = TermsChange | Pause | Resumption;

export interface Trial {
  readonly endsAt: Instant;
  /** In major units; null where it is free. */
  readonly price: string | null;
}

/** Everything that a timeline follows from. */
export interface TimelineFacts {
  readonly activatedAt: Instant | null;
  readonly terms: Terms;
  readonly trial: Trial | null;
  readonly changes: readonly TimelineChange[];
}

export const isTermsChange = (change: TimelineChange): change is TermsChange =>
  change.kind === 'plan' || change.kind === 'quantity';

/** A pause as it turned out: until it was meant to end, or is resumed before. */
export interface PausedStretch {
  readonly pause: Pause;
  readonly to: Instant | null;
}

export const pausedStretches = (changes: readonly TimelineChange[]): PausedStretch[] =>
  changes
    .filter((change) => change.kind === 'pause')
    .map((pause) => ({ pause, to: resumedAt(pause, changes) }))
    .sort((left, right) => (isBefore(left.pause.at, right.pause.at) ? -1 : 1));

/** A resumption ends all pauses that it lies in; one at the very beginning of a pause was asked for after it. */
const resumedAt = (pause: Pause, changes: readonly TimelineChange[]): Instant | null => {
  const made = changes.indexOf(pause);
  return changes.reduce<Instant | null>((to, { kind, at }, index) => {
    const ends = kind === 'resume' && (isBefore(pause.at, at) || (at === pause.at && index > made));
    return ends ? (to === null ? at : earlier(to, at)) : to;
  }, pause.until);
};

/**
 * The segments that follow from the facts, up to an end, with terms that were composed before; none before it was activated, and none
 * that last no time.
 */
export const timelineOf = (
  { activatedAt, terms, trial, changes }: TimelineFacts,
  end: Instant | null,
  termsChanges: readonly TermsFrom[],
): Segment[] => {
  if (activatedAt === null) return [];
  const pauses = pausedStretches(changes);
  const cuts = cutsIn(activatedAt, end, [
    ...(trial ? [trial.endsAt] : []),
    ...termsChanges.map(({ at }) => at),
    ...pauses.flatMap(({ pause, to }) => (to === null ? [pause.at] : [pause.at, to])),
  ]);
  return cuts.map((from, index) => {
    const known = termsChanges.filter(({ at }) => !isBefore(from, at));
    const cycle = known.findLast(({ newCycle }) => newCycle);
    const begun = cycle?.at ?? activatedAt;
    const here = known.findLast(({ at }) => at === from)?.change;
    const pause = pauses.find(
      ({ pause: { at }, to }) => !isBefore(from, at) && (to === null || isBefore(from, to)),
    )?.pause;
    const status = trial && isBefore(from, trial.endsAt) ? 'trialing' : pause ? 'paused' : 'active';
    const entered = pause ? (pause.at === from ? pause.credit : undefined) : here?.proration;
    return {
      from,
      to: cuts[index + 1] ?? end,
      status,
      ...(known.at(-1)?.terms ?? terms),
      cycleFrom: trial ? later(begun, trial.endsAt) : begun,
      entered: entered ?? 'prorated',
      ...(here?.allowances === undefined ? {} : { restarts: true as const }),
      ...(cycle?.change.billingCycle === undefined ? {} : { rhythm: 'own' as const }),
      ...(status === 'trialing' && trial!.price !== null ? { trialPrice: trial!.price } : {}),
    };
  });
};

/** The same segments, up to an end. */
export const cutOff = (segments: readonly Segment[], end: Instant): Segment[] =>
  segments
    .filter(({ from }) => isBefore(from, end))
    .map((segment) => ({ ...segment, to: segment.to === null ? end : earlier(segment.to, end) }));

const cutsIn = (start: Instant, end: Instant | null, instants: readonly Instant[]): Instant[] =>
  [...new Set([start, ...instants])]
    .filter((at) => !isBefore(at, start) && (end === null || isBefore(at, end)))
    .sort((left, right) => (isBefore(left, right) ? -1 : 1));

/** The segment that an instant lies in; before the first one, and after the last one, that one. */
export const segmentAt = (segments: readonly Segment[], at: Instant): Segment | undefined =>
  segments.findLast(({ from }) => !isBefore(at, from)) ?? segments[0];

/** What a change gives back and charges may wait for the next regular bill: then nothing is due by itself in its moment. */
export const isCollectedLater = ({ changes }: Pick<TimelineFacts, 'changes'>, at: Instant): boolean =>
  changes
    .filter(isTermsChange)
    .filter((change) => !isBefore(at, change.at))
    .reduce<TermsChange | undefined>(
      (last, change) => (last && isBefore(change.at, last.at) ? last : change),
      undefined,
    )?.collect === 'next_invoice';
