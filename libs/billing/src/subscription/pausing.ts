import type { DiscountFact, SubscriptionFact } from '#contracts';
import { isBefore, refuse, refuseAt, type Instant } from '#kernel';
import type { Account } from '../account/account.state.js';
import { begunWith } from '../discount/discount-beginnings.js';
import type { SubscriptionCommand } from './subscription.commands.js';
import type { Subscription } from './subscription.js';
import { changeInstant, timelineTold } from './timeline-change.js';
import { pausedStretches, type Pause, type PausedStretch } from './timeline.js';
import { timerOf } from '../timer/timer.js';

type Command<Type extends SubscriptionCommand['type']> = Extract<SubscriptionCommand, { type: Type }>;

/** Nothing is served from an instant on, until it is resumed. */
export const pause = (
  command: Command<'PauseSubscription'>,
  subscription: Subscription,
  account: Account,
): readonly SubscriptionFact[] => {
  const { changeId, until, credit, now } = command;
  const { id, changes, changeIds } = subscription;
  if (changeIds.has(changeId)) return [];
  const at = changeInstant(command.at, subscription, command);
  if (until !== undefined && !isBefore(at, until)) {
    return refuseAt('/until', 'until_before_pause', `The pause begins at ${at}.`);
  }
  const isPaused = pausedStretches(changes).some((stretch) => liesIn(at, stretch));
  if (isPaused) return refuse('subscription_already_paused', `The subscription is paused at ${at}.`);
  const paused: Pause = { kind: 'pause', changeId, at, until: until ?? null, credit };
  const { subscriptionId, ...told } = timelineTold(
    subscription,
    { changeId, changes: [...changes, paused] },
    account,
    command,
    until === undefined ? [at] : [at, until],
  );
  return [
    {
      type: 'SubscriptionPaused',
      data: {
        subscriptionId,
        changeId,
        effectiveFrom: at,
        ...(until === undefined ? {} : { until }),
        credit,
        ...(until === undefined || !isBefore(now, until)
          ? {}
          : { timer: timerOf('resume', id, until, changeIds.size + 1) }),
        ...told,
      },
    },
  ];
};

/** Announces that a pause was over when it was meant to be. */
export const endPause = (
  { type: _, at, ...facts }: Command<'EndPause'>,
  subscription: Subscription,
  account: Account,
): readonly (SubscriptionFact | DiscountFact)[] => {
  const { changes, cancellation } = subscription;
  const pauses = pausedStretches(changes);
  const isOver = pauses.some(({ pause: { until }, to }) => until === at && to === at);
  const goesOn = pauses.some((stretch) => liesIn(at, stretch));
  if (!isOver || goesOn || (cancellation && !isBefore(at, cancellation.endsAt))) return [];
  return resume({ type: 'ResumeSubscription', at, ...facts }, subscription, account);
};

const liesIn = (at: Instant, { pause: { at: from }, to }: PausedStretch): boolean =>
  !isBefore(at, from) && (to === null || isBefore(at, to));

/** Ends the pauses that an instant lies in. */
export const resume = (
  command: Command<'ResumeSubscription'>,
  subscription: Subscription,
  account: Account,
): readonly (SubscriptionFact | DiscountFact)[] => {
  const { changeId } = command;
  const { changes, changeIds } = subscription;
  if (changeIds.has(changeId)) return [];
  const at = changeInstant(command.at, subscription, command);
  const paused = pausedStretches(changes).find(
    ({ pause: { at: from }, to }) => !isBefore(at, from) && (to === null || !isBefore(to, at)),
  );
  if (!paused) return refuse('subscription_not_paused', `The subscription is not paused at ${at}.`);
  const resumed = { kind: 'resume', changeId, at } as const;
  const { subscriptionId, ...told } = timelineTold(
    subscription,
    { changeId, changes: [...changes, resumed] },
    account,
    command,
    [at],
  );
  return [
    { type: 'SubscriptionResumed', data: { subscriptionId, changeId, effectiveFrom: at, ...told } },
    ...begunWith({ ...subscription, segments: told.timeline }, account, command),
  ];
};
