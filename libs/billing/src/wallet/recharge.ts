import type { AccountFact, Fact } from '#contracts';
import {
  dayOfMonthAfter,
  localDateOf,
  majorUnits,
  money,
  refuseAt,
  startOfDay,
  type LocalDate,
  type WalletId,
} from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import { bounded } from '../invoice-item/item-price.js';
import { bought, isFull } from './granting.js';
import { isLow, lookAgainAt, rechargesDue, rechargeTimer, unbilledIn } from './recharge-level.js';
import { looksAtUsage, unbilledOf } from './unbilled-usage.js';
import { balanceOf, grantsIn, refuseClosed, walletOf, type Wallet } from './wallet.js';
import type { WalletCommand } from './wallet.commands.js';

type Command<Type extends WalletCommand['type']> = Extract<WalletCommand, { type: Type }>;

export const setRecharge = (
  { walletId, recharge, now }: Command<'SetWalletRecharge'>,
  account: Account,
): readonly AccountFact[] => {
  openProfile(account);
  const wallet = walletOf(account, walletId);
  refuseClosed(wallet);
  if (recharge !== null) refuseRecharge(recharge, wallet);
  if (sameRecharge(recharge, wallet.recharge)) return [];
  const set: Fact<'WalletRechargeSet'> = {
    type: 'WalletRechargeSet',
    data: { walletId, ...(recharge === null ? {} : { recharge }) },
  };
  return [set, ...rechargesDue({ ...account, wallets: new Map([[walletId, wallet]]) }, now, [set])];
};

const sameRecharge = (left: Wallet['recharge'], right: Wallet['recharge']): boolean =>
  left === null || right === null
    ? left === right
    : left.below.minor === right.below.minor &&
      left.to.minor === right.to.minor &&
      left.monthlyCap?.minor === right.monthlyCap?.minor &&
      left.usableOn === right.usableOn &&
      left.counts === right.counts;

const refuseRecharge = (recharge: NonNullable<Wallet['recharge']>, { currency }: Wallet): void => {
  const { below, to, monthlyCap } = recharge;
  for (const [field, amount] of Object.entries({ below, to, monthlyCap })) {
    if (amount === undefined) continue;
    if (amount.currency !== currency)
      refuseAt(`/${field}/currency`, 'currency_mismatch', `The wallet is in ${currency}.`);
    if (amount.minor <= 0n) refuseAt(`/${field}/amount`, 'amount_not_positive', 'This is above zero.');
    bounded(amount, `/${field}/amount`);
  }
  if (to.minor < below.minor)
    refuseAt('/to/amount', 'invalid_recharge', `A recharge reaches the level of ${majorUnits(below)} at least.`);
};

/** Orders one top-up, unless the level is reached by now; within the cap of the month, or not before the next one. Where the wallet is full, it looks again. */
export const rechargeWallet = (
  { walletId, topUp, measured }: Command<'RechargeWallet'>,
  account: Account,
): readonly AccountFact[] => {
  const wallet = walletOf(account, walletId);
  const { recharge, priority, currency } = wallet;
  if (account.closed || recharge === null) return [];
  const unbilled = measured === undefined ? 0n : (unbilledOf(account, measured).get(walletId) ?? 0n);
  if (!isLow(account, wallet, unbilled)) return [];
  const { timeZone, issueDate, now } = topUp.terms;
  const { usable } = balanceOf(account, walletId);
  const ordered = orderedInMonth(account, walletId, issueDate, timeZone);
  const wanted = recharge.to.minor - usable + unbilled;
  const room = recharge.monthlyCap === undefined ? wanted : recharge.monthlyCap.minor - ordered;
  const minor = wanted < room ? wanted : room;
  const full = minor > 0n && isFull(account, walletId);
  if (minor <= 0n || full) {
    const put: Fact<'WalletRechargePutOff'> = {
      type: 'WalletRechargePutOff',
      data: {
        walletId,
        balance: money(usable, currency),
        ...unbilledIn(wallet, unbilled),
        ordered: money(ordered, currency),
        ...(full ? { full } : {}),
        timer: rechargeTimer(wallet, full ? lookAgainAt(now) : startOfDay(dayOfMonthAfter(issueDate, 1, 1), timeZone)),
      },
    };
    return [put];
  }
  const { usableOn } = recharge;
  const terms = {
    walletId,
    amount: money(minor, currency),
    priority,
    effectiveAt: now,
    usableOn,
    recharge: true,
  } as const;
  return bought(terms, topUp, account);
};

/** Asks for recharges of wallets that usage so far would bring below their level. */
export const lookAtUsage = ({ measured }: Command<'LookAtUsage'>, account: Account): readonly AccountFact[] => {
  if (account.closed) return [];
  const looking = new Map([...account.wallets].filter(([, wallet]) => looksAtUsage(wallet)));
  if (looking.size === 0) return [];
  return rechargesDue({ ...account, wallets: looking }, measured.until, [], unbilledOf(account, measured));
};

/** What was ordered by itself in the month of a day, in minor units. */
const orderedInMonth = (account: Account, walletId: WalletId, day: LocalDate, timeZone: string): bigint =>
  grantsIn(account, walletId)
    .filter(
      ({ granted: { topUp, effectiveAt }, voidedOn }) =>
        topUp?.recharge === true &&
        voidedOn === null &&
        localDateOf(effectiveAt, timeZone).slice(0, 7) === day.slice(0, 7),
    )
    .reduce((sum, { granted }) => sum + granted.amount.minor, 0n);
