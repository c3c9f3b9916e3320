import type { AccountFact, Fact, TopUpLine, UsableOn } from '#contracts';
import {
  derivedId,
  isBefore,
  money,
  plusDuration,
  refuse,
  refuseAt,
  type Instant,
  type Money,
  type WalletGrantId,
  type WalletId,
} from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import { finalizedApart } from '../invoice/finalization.js';
import { linesAdded } from '../invoice/line-chunks.js';
import { bounded } from '../invoice-item/item-price.js';
import { draftedApart } from '../invoice/drafted-apart.js';
import { expiryTimer } from './grant-timers.js';
import { rechargesDue, rechargesOnceIn } from './recharge-level.js';
import { grantOf, grantsIn, refuseClosed, walletOf, type Wallet } from './wallet.js';
import type { TopUpInvoice, WalletCommand } from './wallet.commands.js';

type Command<Type extends WalletCommand['type']> = Extract<WalletCommand, { type: Type }>;

/** How many grants of a wallet may have something left at a time. */
const GRANTS_MAX = 200;

/** The furthest that a life may lie ahead or back. */
const YEARS_MAX = 20;

/** Gives credit, or sells it by an invoice of its own, in the same append. */
export const grantCredit = (command: Command<'GrantCredit'>, account: Account): readonly AccountFact[] => {
  openProfile(account);
  const { walletId, grantId, kind, amount, expiresAt, reason, topUp, usableOn = 'payment', now } = command;
  const wallet = walletOf(account, walletId);
  if (account.grants.has(grantId)) return [];
  refuseClosed(wallet);
  refuseFull(account, walletId);
  refuseAmount(amount, wallet);
  const { effectiveAt = now, priority = wallet.priority } = command;
  refuseLife(effectiveAt, expiresAt, now);
  const terms = {
    walletId,
    amount,
    priority,
    effectiveAt,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(reason === undefined ? {} : { reason }),
  };
  if (kind === 'paid') return bought({ ...terms, usableOn, grantId }, topUp!, account);
  if (command.usableOn !== undefined)
    refuseAt(
      '/usableOn',
      'grant_not_bought',
      'What is given is there at once: only what is bought waits for a payment.',
    );
  return [{ type: 'WalletGranted', data: { ...terms, grantId, kind, ...expiring(grantId, expiresAt) } }];
};

interface Bought {
  readonly walletId: WalletId;
  readonly grantId?: WalletGrantId;
  readonly amount: Money;
  readonly priority: number;
  readonly effectiveAt: Instant;
  readonly expiresAt?: Instant;
  readonly usableOn: UsableOn;
  readonly recharge?: true;
  readonly reason?: string;
}

/** A grant, and the invoice that sells it. */
export const bought = (
  { usableOn, recharge, ...grant }: Bought,
  { invoiceId, terms }: TopUpInvoice,
  account: Account,
): readonly AccountFact[] => {
  const grantId = grant.grantId ?? derivedId('grt', invoiceId);
  const topUp = { invoiceId, usableOn, ...(recharge === undefined ? {} : { recharge }) };
  const granted: Fact<'WalletGranted'> = {
    type: 'WalletGranted',
    data: { ...grant, grantId, kind: 'paid', topUp, ...expiring(grantId, grant.expiresAt) },
  };
  const { walletId, amount } = grant;
  const line: TopUpLine = {
    lineId: derivedId('lin', invoiceId, grantId),
    kind: 'wallet_top_up',
    walletId,
    grantId,
    description: walletOf(account, walletId).name,
    quantity: '1',
    amount,
    addedAt: terms.now,
  };
  const chunks = linesAdded(invoiceId, 1, [line]);
  const draft = { id: invoiceId, draftRevision: 1, chunks: chunks.map(({ data }) => data) };
  const drafted = draftedApart(invoiceId, amount.currency, terms.now);
  const facts = [granted, drafted, ...chunks, ...finalizedApart(draft, terms, account)];
  // It may have been paid by credit of the customer as it was issued, and be less than was wanted.
  return [...facts, ...rechargesOnceIn(facts, account, terms.now)];
};

const expiring = (grantId: WalletGrantId, expiresAt: Instant | undefined) =>
  expiresAt === undefined ? {} : { timer: expiryTimer({ id: grantId, looks: 0 }, expiresAt) };

/** Whether it has no room for another grant. */
export const isFull = (account: Account, walletId: WalletId): boolean =>
  grantsIn(account, walletId).filter(({ left }) => left > 0n).length >= GRANTS_MAX;

const refuseFull = (account: Account, walletId: WalletId): void => {
  if (isFull(account, walletId))
    refuse('too_many_grants', `At most ${GRANTS_MAX} grants of a wallet have something left at a time.`);
};

/** @throws DomainError `currency_mismatch` | `amount_not_positive` | `invalid_amount` */
export const refuseAmount = (amount: Money, { currency }: Wallet): void => {
  if (amount.currency !== currency) refuseAt('/amount/currency', 'currency_mismatch', `The wallet is in ${currency}.`);
  if (amount.minor <= 0n) refuseAt('/amount/amount', 'amount_not_positive', 'A grant is above zero.');
  bounded(amount, '/amount/amount');
};

const refuseLife = (effectiveAt: Instant, expiresAt: Instant | undefined, now: Instant): void => {
  const [earliest, latest] = [
    plusDuration(now, { days: -365 * YEARS_MAX }),
    plusDuration(now, { days: 365 * YEARS_MAX }),
  ];
  if (isBefore(effectiveAt, earliest) || isBefore(latest, effectiveAt))
    refuseAt('/effectiveAt', 'invalid_grant_life', `A grant begins within ${YEARS_MAX} years from now.`);
  if (expiresAt === undefined) return;
  if (!isBefore(effectiveAt, expiresAt) || !isBefore(now, expiresAt))
    refuseAt('/expiresAt', 'invalid_grant_life', 'A grant expires after it begins, and not before now.');
  if (isBefore(latest, expiresAt))
    refuseAt('/expiresAt', 'invalid_grant_life', `A grant expires within ${YEARS_MAX} years, or never.`);
};

/** Takes back what was given, as long as nobody used any of it. */
export const voidGrant = (
  { walletId, grantId, reason, bookedOn, now }: Command<'VoidGrant'>,
  account: Account,
): readonly AccountFact[] => {
  openProfile(account);
  const wallet = walletOf(account, walletId);
  const { granted, left, used, expired, voidedOn } = grantOf(account, grantId, walletId);
  if (voidedOn !== null) return [];
  refuseClosed(wallet);
  if (granted.topUp !== undefined)
    return refuse('grant_is_bought', `It was bought: void the invoice ${granted.topUp.invoiceId}.`);
  if (used > 0n) return refuse('grant_already_used', 'Something of the grant was used.');
  if (expired) return refuse('grant_expired', 'The grant has expired.');
  const { currency } = wallet;
  const voided: Fact<'WalletGrantVoided'> = {
    type: 'WalletGrantVoided',
    data: {
      walletId,
      grantId,
      amount: money(left, currency),
      lapsed: money(0n, currency),
      ...(reason === undefined ? {} : { reason }),
      bookedOn,
    },
  };
  return [voided, ...rechargesDue(account, now, [voided])];
};
