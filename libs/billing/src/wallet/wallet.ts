import type { Fact, GrantRecurrence, Metadata, WalletRecharge, WalletScope } from '#contracts';
import {
  notFound,
  refuse,
  type Instant,
  type InvoiceId,
  type LocalDate,
  type WalletGrantId,
  type WalletId,
} from '#kernel';
import type { InvoiceStatus } from '../invoice/invoice.js';

type Granted = Fact<'WalletGranted'>['data'];

/** Credit of an account that pays invoices as they are issued. */
export interface Wallet {
  readonly id: WalletId;
  readonly name: string;
  readonly currency: string;
  readonly priority: number;
  readonly scope: WalletScope;
  readonly metadata: Metadata;
  readonly openedAt: Instant;
  closedOn: LocalDate | null;
  recurrence: GrantRecurrence | null;
  recharge: WalletRecharge | null;
  /** Of the last timers that were set for it. */
  turn: number;
  rechargeGeneration: number;
  /** When somebody sees to it that it was found to be below its level; null where that was not, or something came in since. */
  rechargeDueAt: Instant | null;
}

/** Credit in a wallet, with one life and one origin. */
export interface Grant {
  readonly id: WalletGrantId;
  readonly walletId: WalletId;
  readonly granted: Granted;
  /** Order in which it came to be, in the account. */
  readonly sequence: number;
  /** In minor units: what invoices have not used, and what lapsed. */
  left: bigint;
  lapsed: bigint;
  /** What stands on invoices that are not void. */
  used: bigint;
  expired: boolean;
  voidedOn: LocalDate | null;
  /** How often a timer was set to let it lapse. */
  looks: number;
}

/** What of an account holds its wallets. */
export interface Walleted {
  readonly wallets: ReadonlyMap<WalletId, Wallet>;
  readonly grants: ReadonlyMap<WalletGrantId, Grant>;
}

interface Invoiced {
  readonly invoices: ReadonlyMap<InvoiceId, { readonly status: InvoiceStatus }>;
}

/** @throws DomainError `wallet_not_found` */
export const walletOf = ({ wallets }: Walleted, id: WalletId): Wallet => wallets.get(id) ?? notFound('wallet', id);

/** @throws DomainError `wallet_closed` */
export const refuseClosed = ({ closedOn }: Wallet): void => {
  if (closedOn !== null) refuse('wallet_closed', 'The wallet is closed.');
};

/** @throws DomainError `wallet_grant_not_found` */
export const grantOf = ({ grants }: Walleted, id: WalletGrantId, walletId?: WalletId): Grant => {
  const grant = grants.get(id);
  return grant === undefined || (walletId !== undefined && grant.walletId !== walletId)
    ? notFound('wallet_grant', id)
    : grant;
};

/** In the order in which they came to be. */
export const grantsIn = ({ grants }: Walleted, walletId: WalletId): Grant[] =>
  [...grants.values()].filter((grant) => grant.walletId === walletId);

/** Whether it waits until somebody has paid for it. What was given up of its invoice is not in it any more. */
export const isPending = ({ granted: { topUp } }: Grant, { invoices }: Invoiced): boolean => {
  if (topUp?.usableOn !== 'payment') return false;
  const status = invoices.get(topUp.invoiceId)?.status;
  return status !== 'paid' && status !== 'uncollectible';
};

/** `pending`: its invoice is not paid. Whether its life has begun is said by the instants. */
export type GrantStatus = 'pending' | 'granted' | 'used_up' | 'expired' | 'void';

export const grantStatus = (grant: Grant, account: Invoiced): GrantStatus => {
  const { voidedOn, expired, left } = grant;
  if (voidedOn !== null) return 'void';
  if (expired) return 'expired';
  if (left === 0n) return 'used_up';
  return isPending(grant, account) ? 'pending' : 'granted';
};

/** Whether somebody owes what it was sold for. */
export const isUnpaid = ({ granted: { topUp } }: Grant, { invoices }: Invoiced): boolean =>
  topUp !== undefined && invoices.get(topUp.invoiceId)?.status === 'open';

/** What may be used of a wallet, and what waits to be paid, in minor units. Of what has expired, nothing. */
export const balanceOf = (
  account: Walleted & Invoiced,
  walletId: WalletId,
): { readonly usable: bigint; readonly pending: bigint } => {
  let usable = 0n;
  let pending = 0n;
  for (const grant of grantsIn(account, walletId)) {
    if (grant.expired) continue;
    if (isPending(grant, account)) pending += grant.left;
    else usable += grant.left;
  }
  return { usable, pending };
};

/** The grant that an invoice sells. */
export const grantBoughtBy = ({ grants }: Walleted, invoiceId: InvoiceId): Grant | undefined => {
  for (const grant of grants.values()) if (grant.granted.topUp?.invoiceId === invoiceId) return grant;
  return undefined;
};
