import type { AccountFact, Fact, Timer, WalletDraw } from '#contracts';
import { isBefore, money, plusDuration, type Instant, type InvoiceId } from '#kernel';
import type { Account } from '../account/account.state.js';
import { timerOf } from '../timer/timer.js';
import { grantBoughtBy, grantOf, grantsIn, isPending, isUnpaid, type Wallet } from './wallet.js';

/** What a decision changes before it is stored: what it takes out of wallets, and top-ups that it finds paid. */
interface Changed {
  readonly gone?: readonly WalletDraw[];
  readonly paid?: ReadonlySet<InvoiceId>;
}

/** Whoever looks may find that something is on the way by then, and orders nothing: so it is not waited for any longer. */
const PATIENCE = { days: 1 };

const isSeenTo = ({ rechargeDueAt }: Wallet, now: Instant): boolean =>
  rechargeDueAt !== null && isBefore(now, plusDuration(rechargeDueAt, PATIENCE));

/** Of wallets that are below their level by then, with nothing on the way and nobody who sees to it already. */
export const rechargesDue = (account: Account, now: Instant, changed: Changed = {}): Fact<'WalletRechargeDue'>[] =>
  [...account.wallets.values()]
    .filter((wallet) => !isSeenTo(wallet, now) && isLow(account, wallet, changed))
    .map((wallet) => ({
      type: 'WalletRechargeDue',
      data: {
        walletId: wallet.id,
        balance: money(levelOf(account, wallet, changed).balance, wallet.currency),
        timer: rechargeTimer(wallet, now),
      },
    }));

/** Where what was bought is paid by now: only then is it no longer on the way. */
export const rechargesOnceIn = (
  facts: readonly AccountFact[],
  account: Account,
  now: Instant,
): Fact<'WalletRechargeDue'>[] => {
  const paid = facts.flatMap(({ type, data }) => (type === 'InvoicePaid' ? [data.invoiceId] : []));
  return paid.some((id) => grantBoughtBy(account, id)) ? rechargesDue(account, now, { paid: new Set(paid) }) : [];
};

/** By the balance alone: what is used and not billed yet is not looked at. While something that was bought is owed, it is not low. */
export const isLow = (account: Account, wallet: Wallet, changed: Changed = {}): boolean => {
  const { recharge, closedOn } = wallet;
  if (recharge === null || closedOn !== null) return false;
  const { balance, isOnTheWay } = levelOf(account, wallet, changed);
  return !isOnTheWay && balance < recharge.below.minor;
};

const levelOf = (account: Account, { id }: Wallet, { gone = [], paid = new Set() }: Changed) => {
  // What is held of an expired grant is in no balance, and so goes out of none.
  let balance = gone
    .filter(({ walletId, grantId }) => walletId === id && !grantOf(account, grantId).expired)
    .reduce((sum, { amount }) => sum - amount.minor, 0n);
  let isOnTheWay = false;
  for (const grant of grantsIn(account, id)) {
    const isPaid = grant.granted.topUp !== undefined && paid.has(grant.granted.topUp.invoiceId);
    isOnTheWay ||= !isPaid && isUnpaid(grant, account);
    if (!grant.expired && (isPaid || !isPending(grant, account))) balance += grant.left;
  }
  return { balance, isOnTheWay };
};

export const rechargeTimer = ({ id, rechargeGeneration }: Wallet, at: Instant): Timer =>
  timerOf('recharge', id, at, rechargeGeneration + 1);
