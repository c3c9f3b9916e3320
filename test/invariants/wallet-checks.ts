import type { Account } from '#billing/account';
import { taxPerLine, type DocumentLine } from '#billing/invoice';
import type { Grant } from '#billing/wallet';
import type { InvoiceLine } from '#contracts';
import { Decimal, epochMicroseconds, type Instant } from '#kernel';
import type { AccountFold } from '#replay';
import { expect } from '@jest/globals';

/** Wallets are never below zero, are what the book says, and pay nothing outside the lives and scopes of their grants. */
export const expectWalletsSound = (fold: AccountFold): void => {
  const { state } = fold.stream;
  expectGrantsAddUp(state);
  expectWalletIsGrants(fold);
  expectDrawsAddUp(state);
  expectWithinLifeAndScope(fold);
};

const expectGrantsAddUp = ({ grants }: Account): void => {
  for (const { left, used, lapsed, granted, voidedOn } of grants.values()) {
    for (const part of [left, used, lapsed]) expect(part).toBeGreaterThanOrEqual(0n);
    const known = left + used + lapsed;
    if (voidedOn === null && granted.topUp === undefined) expect(known).toBe(granted.amount.minor);
    // What is void, or was never paid, is in none of them.
    else expect(known).toBeLessThanOrEqual(granted.amount.minor);
    if (voidedOn !== null) expect(left).toBe(0n);
  }
};

/** What was bought and is left; what somebody moved by a transfer is in no wallet. */
const expectWalletIsGrants = ({ transfers, stream }: AccountFold): void => {
  const booked = transfers.filter(({ cause }) => cause.type !== 'transfer');
  const balance = booked.reduce(
    (sum, { debit, credit, amount: { minor } }) =>
      sum + (credit === 'wallet' ? minor : 0n) - (debit === 'wallet' ? minor : 0n),
    0n,
  );
  const bought = [...stream.state.grants.values()].filter(({ granted }) => granted.kind === 'paid');
  expect(balance).toBe(bought.reduce((sum, { left }) => sum + left, 0n));
};

/** What wallets and credit paid as it was issued, and what was due, come to its total; and grants are used by what stands. */
const expectDrawsAddUp = ({ invoices, grants }: Account): void => {
  const used = new Map<string, bigint>();
  for (const { issued, status, amountFromWallet, walletDraws } of invoices.values()) {
    if (issued === null) continue;
    const { total, walletApplied, creditApplied, due } = issued.totals;
    const fromWallet = walletApplied?.minor ?? 0n;
    if (total.minor >= 0n) expect(fromWallet + creditApplied.minor + due.minor).toBe(total.minor);
    expect(fromWallet).toBe(amountFromWallet.minor);
    const drawn = walletDraws.reduce((sum, { amount }) => sum + amount.minor, 0n);
    expect(drawn).toBe(status === 'void' ? 0n : fromWallet);
    for (const { grantId, amount } of walletDraws) used.set(grantId, (used.get(grantId) ?? 0n) + amount.minor);
  }
  for (const grant of grants.values()) expect(grant.used).toBe(used.get(grant.id) ?? 0n);
};

/** By line and grant: no more than the part of it that lies in its life, but for the unit that is shared out. */
const expectWithinLifeAndScope = ({ lines, stream: { state } }: AccountFold): void => {
  for (const { id, issued, walletDraws } of state.invoices.values()) {
    if (issued === null || walletDraws.length === 0) continue;
    const own = lines.get(id) ?? [];
    const tax = taxPerLine(own, issued.taxes, issued.taxation ?? null);
    const inside = issued.taxation?.prices === 'inclusive';
    for (const { grantId, amount } of walletDraws) {
      const most = own.reduce((sum, line, index) => {
        const gross = line.amount.minor + (inside ? 0n : tax[index]!);
        return sum + (gross > 0n ? mostOf(line, gross, state.grants.get(grantId)!, state) : 0n);
      }, 0n);
      expect(amount.minor).toBeLessThanOrEqual(most);
    }
  }
};

const mostOf = (line: DocumentLine, gross: bigint, { granted, walletId }: Grant, { wallets }: Account): bigint => {
  if (line.kind === 'wallet_top_up') return 0n;
  const { plans } = wallets.get(walletId)!.scope;
  const [begin, end] = [microseconds(granted.effectiveAt), microseconds(granted.expiresAt)];
  const within = (at: bigint): boolean => at >= begin! && (end === undefined || at < end);
  if (line.kind === 'one_off') return plans === undefined && within(microseconds(line.addedAt)!) ? gross : 0n;
  if (plans?.includes(line.plan) === false) return 0n;
  const [from, until] = [microseconds(line.service.start)!, microseconds(line.service.end)!];
  if (line.timing === 'in_advance' || line.kind === 'one_time' || from === until) return within(from) ? gross : 0n;
  return shares(line, gross, from, until).reduce((most, share) => {
    const first = share.from < begin! ? begin! : share.from;
    const last = end !== undefined && end < share.until ? end : share.until;
    return first >= last ? most : most + (share.gross * (last - first)) / (share.until - share.from) + 1n;
  }, 0n);
};

interface Share {
  readonly from: bigint;
  readonly until: bigint;
  readonly gross: bigint;
}

/** By what was used until then, each rounded up; the whole where that was not measured, or nothing was used. */
const shares = ({ used = [] }: InvoiceLine, gross: bigint, from: bigint, until: bigint): Share[] => {
  const amounts = used.map(({ amount }) => Decimal.parse(amount).coefficientAt(30));
  const parts = amounts
    .map((amount, index) => amount - (amounts[index - 1] ?? 0n))
    .map((part) => (part > 0n ? part : 0n));
  const whole = parts.reduce((sum, part) => sum + part, 0n);
  if (whole === 0n) return [{ from, until, gross }];
  const places = [from, ...used.map(({ by }) => microseconds(by)!)];
  return parts.map((part, index) => ({
    from: places[index]!,
    until: places[index + 1]!,
    gross: part === 0n ? 0n : (gross * part) / whole + 1n,
  }));
};

const microseconds = (at: Instant | undefined): bigint | undefined =>
  at === undefined ? undefined : epochMicroseconds(at);
