import type { PaymentFact, WalletDraw, WalletFact } from '#contracts';
import { money, type Instant, type InvoiceId, type LocalDate, type Money } from '#kernel';
import type { Account } from '../account/account.state.js';
import { transfersPosted } from '../payment/transfers.js';
import { rechargesDue } from './recharge-level.js';
import { isPending, type Grant } from './wallet.js';
import { consumeWallet } from './wallet-consumption.js';
import { walletAppliedPostings } from './wallet.posting-rules.js';
import { mayPay, usesOf, type GrossLine } from './wallet-uses.js';

/** An invoice that is being issued. */
interface Issuing {
  readonly invoiceId: InvoiceId;
  readonly currency: string;
  readonly lines: readonly GrossLine[];
  readonly issueDate: LocalDate;
  readonly now: Instant;
}

export interface WalletPayment {
  readonly amount: Money;
  readonly facts: readonly (WalletFact | PaymentFact)[];
}

/** What the wallets of an account pay of an invoice as it is issued: whole minor units, and no more than its total. */
export const paidFromWallets = (issuing: Issuing, account: Account): WalletPayment => {
  const { currency, lines, now } = issuing;
  const draws = drawn(lines, currency, account);
  const amount = money(
    draws.reduce((sum, { amount: { minor } }) => sum + minor, 0n),
    currency,
  );
  const facts = amount.minor === 0n ? [] : applied(issuing, draws, amount, account);
  // While credit is being sold, somebody sees to it.
  const isTopUp = lines.some(({ line }) => line.kind === 'wallet_top_up');
  return { amount, facts: isTopUp ? facts : [...facts, ...rechargesDue(account, now, facts)] };
};

const applied = (
  { invoiceId, issueDate: bookedOn }: Issuing,
  draws: readonly WalletDraw[],
  amount: Money,
  account: Account,
): WalletPayment['facts'] => {
  const booking = { cause: { type: 'invoice', id: invoiceId }, rule: 'wallet_applied', bookedOn } as const;
  const byKind = draws.map((draw) => ({ kind: account.grants.get(draw.grantId)!.granted.kind, amount: draw.amount }));
  return [
    { type: 'WalletApplied', data: { invoiceId, amount, bookedOn, draws: [...draws] } },
    ...transfersPosted(walletAppliedPostings(byKind), booking),
  ];
};

/** In the order in which grants came to be. */
const drawn = (lines: readonly GrossLine[], currency: string, account: Account): WalletDraw[] => {
  const grants = [...account.grants.values()].filter((grant) => grant.left > 0n && !isPending(grant, account));
  if (grants.length === 0) return [];
  const uses = usesOf(lines, grants);
  const { remaining } = consumeWallet(
    grants.map(fundingOf),
    uses.map(({ amount }) => amount),
    ({ grant }, use) => mayPay(grant, account.wallets.get(grant.walletId)!, uses[use]!),
  );
  return grants.flatMap(({ id: grantId, walletId, left }) => {
    const minor = left - remaining.get(grantId)!;
    return minor === 0n ? [] : [{ walletId, grantId, amount: money(minor, currency) }];
  });
};

const fundingOf = (grant: Grant) => ({
  grant,
  id: grant.id,
  amount: grant.left,
  priority: grant.granted.priority,
  sequence: grant.sequence,
  expiresAt: grant.granted.expiresAt,
  bought: grant.granted.kind === 'paid',
});
