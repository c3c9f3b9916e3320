import type { Fact, PaymentFact, WalletDraw, WalletFact } from '#contracts';
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
export const paidFromWallets = (
  { invoiceId, currency, lines, issueDate, now }: Issuing,
  account: Account,
): WalletPayment => {
  const draws = drawn(lines, currency, account);
  const amount = money(
    draws.reduce((sum, { amount: { minor } }) => sum + minor, 0n),
    currency,
  );
  // While credit is being sold, somebody sees to it.
  const isTopUp = lines.some(({ line }) => line.kind === 'wallet_top_up');
  const due = isTopUp ? [] : rechargesDue(account, now, { gone: draws });
  if (amount.minor === 0n) return { amount, facts: due };
  const applied: Fact<'WalletApplied'> = {
    type: 'WalletApplied',
    data: { invoiceId, amount, bookedOn: issueDate, draws },
  };
  const booking = { cause: { type: 'invoice', id: invoiceId }, rule: 'wallet_applied', bookedOn: issueDate } as const;
  const byKind = draws.map((draw) => ({ kind: account.grants.get(draw.grantId)!.granted.kind, amount: draw.amount }));
  return { amount, facts: [applied, ...transfersPosted(walletAppliedPostings(byKind), booking), ...due] };
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
