import type { AccountFact, Fact, Timer, WalletRecharge } from '#contracts';
import {
  isBefore,
  money,
  plusDuration,
  type Instant,
  type InvoiceId,
  type WalletGrantId,
  type WalletId,
} from '#kernel';
import type { Account } from '../account/account.state.js';
import { timerOf } from '../timer/timer.js';
import { grantBoughtBy, grantsIn, isPending, isUnpaid, type Wallet } from './wallet.js';

/** What a decision makes of wallets, before it is stored. */
interface Changes {
  /** In minor units, what goes out of grants that are there. */
  readonly gone: Map<WalletGrantId, bigint>;
  readonly expired: Set<WalletGrantId>;
  readonly granted: Fact<'WalletGranted'>['data'][];
  readonly paid: Set<InvoiceId>;
  readonly recharges: Map<WalletId, WalletRecharge | null>;
  /** Somebody sees to it already. */
  readonly due: Set<WalletId>;
}

/** Whoever looks may find that something is on the way by then, and orders nothing: so it is not waited for any longer. */
const PATIENCE = { days: 1 };

/** Of wallets that are below their level once facts are stored, with nothing on the way and nobody who sees to it already. */
export const rechargesDue = (
  account: Account,
  now: Instant,
  facts: readonly AccountFact[],
  unbilled: ReadonlyMap<WalletId, bigint> = new Map(),
): Fact<'WalletRechargeDue'>[] => {
  const changes = changesIn(facts);
  return [...account.wallets.values()]
    .filter((wallet) => !isSeenTo(wallet, now, changes) && isLow(account, wallet, unbilled.get(wallet.id), changes))
    .map((wallet) => ({
      type: 'WalletRechargeDue',
      data: {
        walletId: wallet.id,
        balance: money(levelOf(account, wallet, changes).balance, wallet.currency),
        ...unbilledIn(wallet, unbilled.get(wallet.id)),
        timer: rechargeTimer(wallet, now),
      },
    }));
};

/** Where facts say that something that was bought is paid: only then is it no longer on the way. */
export const rechargesOnceIn = (
  facts: readonly AccountFact[],
  account: Account,
  now: Instant,
): Fact<'WalletRechargeDue'>[] => {
  if (account.wallets.size === 0) return [];
  const { paid, granted } = changesIn(facts);
  const sold = new Set(granted.map(({ topUp }) => topUp?.invoiceId));
  return [...paid].some((id) => sold.has(id) || grantBoughtBy(account, id)) ? rechargesDue(account, now, facts) : [];
};

/** By the balance, less what is used and not billed yet where that was measured. While something that was bought is owed, it is not low. */
export const isLow = (account: Account, wallet: Wallet, unbilled = 0n, changes = changesIn([])): boolean => {
  const recharge = changes.recharges.get(wallet.id) ?? (changes.recharges.has(wallet.id) ? null : wallet.recharge);
  if (recharge === null || wallet.closedOn !== null) return false;
  const { balance, isOnTheWay } = levelOf(account, wallet, changes);
  return !isOnTheWay && balance - unbilled < recharge.below.minor;
};

/** What was measured, where that is anything. */
export const unbilledIn = ({ currency }: Wallet, unbilled = 0n) =>
  unbilled === 0n ? {} : { unbilled: money(unbilled, currency) };

const isSeenTo = ({ id, rechargeDueAt }: Wallet, now: Instant, { due, granted, recharges }: Changes): boolean => {
  if (due.has(id)) return true;
  // What comes in, or is set anew, ends what was seen to before.
  if (recharges.has(id) || granted.some(({ walletId }) => walletId === id)) return false;
  return rechargeDueAt !== null && isBefore(now, plusDuration(rechargeDueAt, PATIENCE));
};

const levelOf = (account: Account, { id }: Wallet, { gone, expired, granted, paid }: Changes) => {
  let balance = 0n;
  let isOnTheWay = false;
  for (const grant of grantsIn(account, id)) {
    const isPaid = grant.granted.topUp !== undefined && paid.has(grant.granted.topUp.invoiceId);
    isOnTheWay ||= !isPaid && isUnpaid(grant, account);
    // What is held of an expired grant is in no balance, and so goes out of none.
    if (grant.expired || expired.has(grant.id)) continue;
    if (isPaid || !isPending(grant, account)) balance += grant.left - (gone.get(grant.id) ?? 0n);
  }
  for (const { walletId, amount, topUp } of granted) {
    if (walletId !== id) continue;
    const isOwed = topUp !== undefined && !paid.has(topUp.invoiceId);
    isOnTheWay ||= isOwed;
    if (!isOwed || topUp.usableOn === 'issue') balance += amount.minor;
  }
  return { balance, isOnTheWay };
};

const changesIn = (facts: readonly AccountFact[]): Changes => {
  const changes: Changes = {
    gone: new Map(),
    expired: new Set(),
    granted: [],
    paid: new Set(),
    recharges: new Map(),
    due: new Set(),
  };
  const take = (grantId: WalletGrantId, minor: bigint): void => {
    changes.gone.set(grantId, (changes.gone.get(grantId) ?? 0n) + minor);
  };
  for (const { type, data } of facts) {
    switch (type) {
      case 'WalletApplied':
        for (const { grantId, amount } of data.draws) take(grantId, amount.minor);
        break;
      case 'WalletReleased':
        for (const { grantId, amount } of data.draws) take(grantId, -amount.minor);
        break;
      case 'WalletGrantVoided':
        take(data.grantId, data.amount.minor);
        break;
      case 'WalletGrantExpired':
        changes.expired.add(data.grantId);
        break;
      case 'WalletGranted':
        changes.granted.push(data);
        break;
      case 'WalletClosed':
        changes.recharges.set(data.walletId, null);
        break;
      case 'WalletRechargeSet':
        changes.recharges.set(data.walletId, data.recharge ?? null);
        break;
      case 'WalletRechargeDue':
        changes.due.add(data.walletId);
        break;
      case 'InvoicePaid':
        changes.paid.add(data.invoiceId);
        break;
      default:
    }
  }
  return changes;
};

export const rechargeTimer = ({ id, rechargeGeneration }: Wallet, at: Instant): Timer =>
  timerOf('recharge', id, at, rechargeGeneration + 1);

/** When it is looked again where there is no room for another grant. */
export const lookAgainAt = (now: Instant): Instant => plusDuration(now, PATIENCE);
