import type { AccountFact } from '#contracts';
import { majorUnits, money, refuse } from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import { settled } from '../credit/settlement.js';
import { transfersPosted } from '../payment/transfers.js';
import { grantsIn, isUnpaid, walletOf, type Grant } from './wallet.js';
import type { WalletCommand, WalletRemainder } from './wallet.commands.js';
import { lapsedPostings, walletPaidOutPostings } from './wallet.posting-rules.js';

type CloseWallet = Extract<WalletCommand, { type: 'CloseWallet' }>;

/**
 * Takes no more grants, and leaves nothing in the wallet: what was bought is the customer’s credit, or is given up; what was given is gone, and so is what
 * has expired. What a void invoice gives back later, another close takes out.
 */
export const closeWallet = (command: CloseWallet, account: Account): readonly AccountFact[] => {
  openProfile(account);
  const { walletId, remainder, reason, bookedOn } = command;
  const wallet = walletOf(account, walletId);
  const left = grantsIn(account, walletId).filter((grant) => grant.left > 0n);
  if (wallet.closedOn !== null && left.length === 0) return [];
  if (left.some((grant) => isUnpaid(grant, account)))
    return refuse('wallet_has_open_top_up', 'Something was bought for the wallet and is not paid: void that invoice.');
  const balance = money(
    left.reduce((total, grant) => total + grant.left, 0n),
    wallet.currency,
  );
  if (remainder === undefined && balance.minor > 0n)
    return refuse(
      'wallet_has_balance',
      `There are ${majorUnits(balance)} ${balance.currency} in the wallet: say whether that is given up or paid out to the credit of the customer.`,
    );
  const becomes = remainder ?? 'forfeit';
  const draws = left.map(({ id: grantId, left: minor }) => ({
    walletId,
    grantId,
    amount: money(minor, wallet.currency),
  }));
  const data = {
    walletId,
    left: draws,
    remainder: becomes,
    ...(reason === undefined ? {} : { reason }),
    bookedOn,
  } as const;
  const facts: AccountFact[] = [
    { type: 'WalletClosed', data },
    ...left.flatMap((grant) => emptied(grant, becomes, command)),
  ];
  return settled(facts, account, command);
};

const emptied = (
  { id, granted: { kind, amount }, left, lapsed, expired }: Grant,
  remainder: WalletRemainder,
  { bookedOn }: CloseWallet,
): AccountFact[] => {
  const part = money(left, amount.currency);
  const cause = { type: 'wallet_grant', id } as const;
  // What a void invoice gives back to a closed wallet is taken out once more.
  const booking = { cause, rule: 'wallet_closed', bookedOn, turn: String(lapsed) } as const;
  // What is held of one that has expired is nobody’s to pay out.
  if (remainder === 'forfeit' || kind !== 'paid' || expired)
    return transfersPosted(lapsedPostings(kind, part), booking);
  return [
    { type: 'CustomerCreditAdded', data: { amount: part, cause, bookedOn } },
    ...transfersPosted(walletPaidOutPostings(kind, part), booking),
  ];
};
