import type { AccountFact, Timer, WalletFact } from '#contracts';
import { plus, refuse, refuseAt, type WalletGrantId, type WalletId } from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import type { Slice } from '../account/slice.js';
import { invoiceOf } from '../invoice/invoice.js';
import { closeWallet } from './closing.js';
import { expireGrant } from './grant-expiry.js';
import { grantAtTurn, setRecurrence } from './grant-turns.js';
import { grantCredit, voidGrant } from './granting.js';
import { lookAtUsage, rechargeWallet, setRecharge } from './recharge.js';
import { timerIn } from '../timer/timer.js';
import { grantOf, walletOf, type Grant } from './wallet.js';
import type { WalletCommand } from './wallet.commands.js';

type Command<Type extends WalletCommand['type']> = Extract<WalletCommand, { type: Type }>;

/** How many wallets of an account may be open at a time. */
const WALLETS_MAX = 20;

/** Of a wallet that names none: what is given may be put before or behind. */
const PRIORITY = 50;

const open = (command: Command<'OpenWallet'>, account: Account): readonly AccountFact[] => {
  const { currency } = openProfile(account);
  const { walletId, name, currency: asked = currency, priority = PRIORITY, scope, metadata, now } = command;
  if (account.wallets.has(walletId)) return [];
  if (asked !== currency)
    return refuseAt(
      '/currency',
      'wallet_in_other_currency',
      `The account is billed in ${currency}, and so are its wallets.`,
    );
  if ([...account.wallets.values()].filter(({ closedOn }) => closedOn === null).length >= WALLETS_MAX)
    return refuse('too_many_wallets', `An account has at most ${WALLETS_MAX} wallets that are open.`);
  return [{ type: 'WalletOpened', data: { walletId, name, currency, priority, scope, metadata, openedAt: now } }];
};

const rechargeDue = (account: Account, { key, generation, dueAt }: Timer): void => {
  const wallet = walletOf(account, timerIn(key).subject as WalletId);
  wallet.rechargeDueAt = dueAt;
  wallet.rechargeGeneration = generation;
};

const take = (account: Account, grantId: WalletGrantId, minor: bigint): Grant => {
  const grant = grantOf(account, grantId);
  grant.left -= minor;
  return grant;
};

export const walletSlice: Slice<WalletCommand, WalletFact> = {
  decide: {
    OpenWallet: open,
    GrantCredit: grantCredit,
    VoidGrant: voidGrant,
    CloseWallet: closeWallet,
    ExpireGrant: expireGrant,
    SetGrantRecurrence: setRecurrence,
    GrantAtTurn: grantAtTurn,
    SetWalletRecharge: setRecharge,
    RechargeWallet: rechargeWallet,
    LookAtUsage: lookAtUsage,
  },
  evolve: {
    WalletOpened({ wallets }, { walletId: id, ...wallet }) {
      wallets.set(id, {
        id,
        ...wallet,
        closedOn: null,
        recurrence: null,
        recharge: null,
        turn: 0,
        rechargeGeneration: 0,
        rechargeDueAt: null,
      });
    },
    WalletGranted(account, granted) {
      const { grantId: id, walletId, amount, timer, nextTurn } = granted;
      account.grants.set(id, {
        id,
        walletId,
        granted,
        sequence: account.grants.size,
        left: amount.minor,
        lapsed: 0n,
        used: 0n,
        expired: false,
        voidedOn: null,
        looks: timer?.generation ?? 0,
      });
      const wallet = walletOf(account, walletId);
      wallet.rechargeDueAt = null;
      if (nextTurn) wallet.turn = nextTurn.generation;
    },
    WalletApplied(account, { invoiceId, amount, draws }) {
      const invoice = invoiceOf(account, invoiceId);
      invoice.amountFromWallet = plus(invoice.amountFromWallet, amount);
      invoice.walletDraws = draws;
      for (const draw of draws) take(account, draw.grantId, draw.amount.minor).used += draw.amount.minor;
    },
    WalletReleased(account, { invoiceId, draws, timers = [] }) {
      invoiceOf(account, invoiceId).walletDraws = [];
      for (const { walletId } of draws) walletOf(account, walletId).rechargeDueAt = null;
      for (const draw of draws) take(account, draw.grantId, -draw.amount.minor).used -= draw.amount.minor;
      for (const { key, generation } of timers)
        grantOf(account, timerIn(key).subject as WalletGrantId).looks = generation;
    },
    WalletGrantExpired(account, { grantId, amount, timer }) {
      const grant = take(account, grantId, amount.minor);
      grant.lapsed += amount.minor;
      grant.expired = true;
      grant.looks = timer?.generation ?? grant.looks;
    },
    WalletGrantVoided(account, { grantId, amount, lapsed, partial, bookedOn }) {
      const grant = take(account, grantId, amount.minor);
      grant.lapsed -= lapsed.minor;
      if (partial !== true) grant.voidedOn = bookedOn;
    },
    WalletClosed(account, { walletId, left, bookedOn }) {
      const wallet = walletOf(account, walletId);
      wallet.closedOn = bookedOn;
      wallet.recurrence = null;
      wallet.recharge = null;
      for (const { grantId, amount } of left) take(account, grantId, amount.minor).lapsed += amount.minor;
    },
    WalletRecurrenceSet(account, { walletId, recurrence = null, timer }) {
      const wallet = walletOf(account, walletId);
      wallet.recurrence = recurrence;
      wallet.turn = timer?.generation ?? wallet.turn;
    },
    WalletRechargeSet(account, { walletId, recharge = null }) {
      const wallet = walletOf(account, walletId);
      wallet.recharge = recharge;
      wallet.rechargeDueAt = null;
    },
    WalletRechargeDue: (account, { timer }) => rechargeDue(account, timer),
    WalletRechargePutOff: (account, { timer }) => rechargeDue(account, timer),
  },
};
