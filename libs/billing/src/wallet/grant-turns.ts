import type { AccountFact, Fact, GrantRecurrence, Timer } from '#contracts';
import { derivedId, isBefore, plusDuration, plusLocalIntervals, refuseAt, type Instant, type WalletId } from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import { bounded } from '../invoice-item/item-price.js';
import { timerOf } from '../timer/timer.js';
import { expiryTimer } from './grant-timers.js';
import { refuseAmount } from './granting.js';
import { refuseClosed, walletOf, type Wallet } from './wallet.js';
import type { RecurrenceInput, WalletCommand } from './wallet.commands.js';

type Command<Type extends WalletCommand['type']> = Extract<WalletCommand, { type: Type }>;

/** How far back a rhythm may begin. */
const DAYS_BACK_MAX = 400;

export const setRecurrence = (
  { walletId, recurrence: input, now }: Command<'SetGrantRecurrence'>,
  account: Account,
): readonly AccountFact[] => {
  const { timeZone } = openProfile(account);
  const wallet = walletOf(account, walletId);
  refuseClosed(wallet);
  if (input === null) return wallet.recurrence === null ? [] : [{ type: 'WalletRecurrenceSet', data: { walletId } }];
  refuseAmount(input.amount, wallet);
  if (input.rollover) refuseRollover(input.rollover, wallet);
  const anchor = input.startAt ?? now;
  if (isBefore(anchor, plusDuration(now, { days: -DAYS_BACK_MAX })))
    return refuseAt('/startAt', 'date_too_long_ago', `It begins ${DAYS_BACK_MAX} days ago at the earliest.`);
  const recurrence: GrantRecurrence = {
    kind: input.kind,
    amount: input.amount,
    priority: input.priority ?? wallet.priority,
    interval: input.interval,
    anchor,
    timeZone,
    ...(input.rollover === undefined ? {} : { rollover: input.rollover }),
  };
  const timer = turnTimer(wallet, turnFrom(recurrence, now));
  return [{ type: 'WalletRecurrenceSet', data: { walletId, recurrence, timer } }];
};

const refuseRollover = (rollover: NonNullable<RecurrenceInput['rollover']>, { currency }: Wallet): void => {
  for (const [field, amount] of Object.entries(rollover)) {
    if (amount.currency !== currency)
      refuseAt(`/rollover/${field}/currency`, 'currency_mismatch', `The wallet is in ${currency}.`);
    if (amount.minor < 0n) refuseAt(`/rollover/${field}/amount`, 'amount_not_positive', 'This is not below zero.');
    bounded(amount, `/rollover/${field}/amount`);
  }
  const { minimum, maximum } = rollover;
  if (minimum !== undefined && minimum.minor > maximum.minor)
    refuseAt('/rollover/minimum', 'invalid_rollover', 'At least so much is no more than at most so much.');
};

/** Gives what is due at a turn, for as long as until the next one. */
export const grantAtTurn = ({ walletId, now }: Command<'GrantAtTurn'>, account: Account): readonly AccountFact[] => {
  const wallet = walletOf(account, walletId);
  const { recurrence, closedOn } = wallet;
  if (account.closed || recurrence === null || closedOn !== null) return [];
  const at = turnFrom(recurrence, now);
  if (isBefore(now, at)) return [];
  const grantId = turnGrantId(walletId, at);
  if (account.grants.has(grantId)) return [];
  const [expiresAt, until] = [turnAfter(recurrence, at, 1), turnAfter(recurrence, at, 2)];
  const { kind, amount, priority, rollover } = recurrence;
  const data: Fact<'WalletGranted'>['data'] = {
    walletId,
    grantId,
    kind,
    amount,
    priority,
    effectiveAt: at,
    expiresAt,
    timer: expiryTimer({ id: grantId, looks: 0 }, expiresAt),
    ...(rollover === undefined ? {} : { rollover: { ...rollover, until } }),
    nextTurn: turnTimer(wallet, expiresAt),
  };
  return [{ type: 'WalletGranted', data }];
};

const turnGrantId = (walletId: WalletId, at: Instant) => derivedId('grt', walletId, at);

const turnTimer = ({ id, turn }: Wallet, at: Instant): Timer => timerOf('grant-recurs', id, at, turn + 1);

/** The first turn that is not before an instant. */
const turnFrom = ({ anchor, interval, timeZone }: GrantRecurrence, at: Instant): Instant => {
  let turn = anchor;
  for (let times = 1; isBefore(turn, at); times++) turn = plusLocalIntervals(anchor, interval, timeZone, times);
  return turn;
};

/** From the anchor on, so that a month that is too short moves no later turn. */
const turnAfter = ({ anchor, interval, timeZone }: GrantRecurrence, turn: Instant, further: number): Instant => {
  for (let times = 0; ; times++) {
    if (isBefore(plusLocalIntervals(anchor, interval, timeZone, times), turn)) continue;
    return plusLocalIntervals(anchor, interval, timeZone, times + further);
  }
};
