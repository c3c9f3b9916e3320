import type { AccountFact, Fact } from '#contracts';
import { Decimal, derivedId, isBefore, later, money, plusDuration, type Money } from '#kernel';
import type { Account } from '../account/account.state.js';
import { unbilledBefore } from '../invoice/unbilled-before.js';
import { transfersPosted } from '../payment/transfers.js';
import { keptOf } from './credit-grants.js';
import { expiryTimer } from './grant-timers.js';
import { rechargesDue } from './recharge-level.js';
import { grantOf, type Grant } from './wallet.js';
import type { WalletCommand } from './wallet.commands.js';
import { lapsedPostings } from './wallet.posting-rules.js';

type ExpireGrant = Extract<WalletCommand, { type: 'ExpireGrant' }>;

/** How long after the next billing it is looked again at what is held: twice as long each time, up to two months. */
const lookAgain = ({ looks }: Grant) => ({ days: 2 ** Math.min(Math.max(looks - 1, 0), 6) });

/**
 * At the end of its life a grant lapses, unless something that was used before that is not billed yet: then it waits for the invoice. What lapses is
 * earned where it was bought, and rolls over where it was given at a turn.
 */
export const expireGrant = (
  { grantId, catalog, now, bookedOn }: ExpireGrant,
  account: Account,
): readonly AccountFact[] => {
  const grant = grantOf(account, grantId);
  const { granted, left, voidedOn, expired } = grant;
  const { walletId, kind, expiresAt } = granted;
  const { currency } = granted.amount;
  if (voidedOn !== null || expiresAt === undefined || isBefore(now, expiresAt)) return [];
  const billedAt = left === 0n ? null : unbilledBefore(expiresAt, now, account, catalog);
  const lapsed = money(billedAt === null ? left : 0n, currency);
  const again = billedAt === null ? null : plusDuration(later(now, billedAt), lookAgain(grant));
  const fact: Fact<'WalletGrantExpired'> = {
    type: 'WalletGrantExpired',
    data: {
      walletId,
      grantId,
      amount: lapsed,
      held: money(left - lapsed.minor, currency),
      bookedOn,
      ...(again === null ? {} : { timer: expiryTimer(grant, again) }),
    },
  };
  const booking = {
    cause: { type: 'wallet_grant', id: grantId },
    rule: 'wallet_grant_expired',
    bookedOn,
    turn: grant.looks,
  } as const;
  const facts = [
    fact,
    ...transfersPosted(lapsedPostings(kind, lapsed), booking),
    ...(again === null ? rolledOver(grant, lapsed, account) : []),
  ];
  return expired ? facts : [...facts, ...rechargesDue(account, now, facts)];
};

/** Once: what was rolled over rolls over no more. */
const rolledOver = ({ id, granted }: Grant, lapsed: Money, account: Account): AccountFact[] => {
  const { walletId, kind, priority, expiresAt, rollover } = granted;
  if (rollover === undefined || expiresAt === undefined || account.wallets.get(walletId)!.closedOn !== null) return [];
  const grantId = derivedId('grt', id, 'rollover');
  if (account.grants.has(grantId)) return [];
  const minor = keptOf(units(lapsed), units(rollover.minimum), units(rollover.maximum)).coefficientAt(0);
  if (minor === 0n) return [];
  return [
    {
      type: 'WalletGranted',
      data: {
        walletId,
        grantId,
        kind,
        amount: money(minor, lapsed.currency),
        priority,
        effectiveAt: expiresAt,
        expiresAt: rollover.until,
        timer: expiryTimer({ id: grantId, looks: 0 }, rollover.until),
        rolledOverFrom: id,
      },
    },
  ];
};

const units = (amount: Money | undefined): Decimal => Decimal.of(amount?.minor ?? 0n);
