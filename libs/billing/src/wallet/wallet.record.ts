import type { GrantKind, GrantRecurrence, Metadata, Rollover, UsableOn, WalletRecharge, WalletScope } from '#contracts';
import {
  money,
  type AccountId,
  type Instant,
  type InvoiceId,
  type LocalDate,
  type Money,
  type WalletGrantId,
  type WalletId,
} from '#kernel';
import type { Account } from '../account/account.state.js';
import { balanceOf, grantsIn, grantStatus, walletOf, type Grant, type GrantStatus } from './wallet.js';

export type WalletStatus = 'open' | 'closed';

export interface WalletRecord {
  readonly walletId: WalletId;
  readonly accountId: AccountId;
  readonly name: string;
  readonly status: WalletStatus;
  readonly currency: string;
  readonly priority: number;
  readonly scope: WalletScope;
  readonly metadata: Metadata;
  readonly openedAt: Instant;
  readonly closedOn: LocalDate | null;
  readonly recurrence: GrantRecurrence | null;
  readonly recharge: WalletRecharge | null;
  /** What grants have left that are neither expired nor wait to be paid; and what waits. */
  readonly balance: Money;
  readonly pending: Money;
}

export interface GrantRecord {
  readonly grantId: WalletGrantId;
  readonly walletId: WalletId;
  readonly kind: GrantKind;
  readonly status: GrantStatus;
  readonly amount: Money;
  /** What stands on invoices, what is left, and what nobody can use any more. */
  readonly used: Money;
  readonly left: Money;
  readonly lapsed: Money;
  readonly priority: number;
  readonly effectiveAt: Instant;
  readonly expiresAt: Instant | null;
  readonly invoiceId: InvoiceId | null;
  readonly usableOn: UsableOn | null;
  readonly rollover: Rollover | null;
  readonly rolledOverFrom: WalletGrantId | null;
  readonly reason: string | null;
}

/** A wallet with its grants, in the order in which they came to be. */
export interface WalletDocument extends WalletRecord {
  readonly grants: readonly GrantRecord[];
}

export const walletDocument = (account: Account, walletId: WalletId): WalletDocument => {
  const wallet = walletOf(account, walletId);
  const { name, currency, priority, scope, metadata, openedAt, closedOn, recurrence, recharge } = wallet;
  const { usable, pending } = balanceOf(account, walletId);
  return {
    walletId,
    accountId: account.profile!.accountId,
    name,
    status: closedOn === null ? 'open' : 'closed',
    currency,
    priority,
    scope,
    metadata,
    openedAt,
    closedOn,
    recurrence,
    recharge,
    balance: money(usable, currency),
    pending: money(pending, currency),
    grants: grantsIn(account, walletId).map((grant) => grantRecord(grant, account)),
  };
};

const grantRecord = (grant: Grant, account: Account): GrantRecord => {
  const { id: grantId, walletId, granted, used, left, lapsed } = grant;
  const {
    kind,
    amount,
    priority,
    effectiveAt,
    expiresAt = null,
    topUp,
    rolledOverFrom = null,
    reason = null,
  } = granted;
  const { currency } = amount;
  return {
    grantId,
    walletId,
    kind,
    status: grantStatus(grant, account),
    amount,
    used: money(used, currency),
    left: money(left, currency),
    lapsed: money(lapsed, currency),
    priority,
    effectiveAt,
    expiresAt,
    invoiceId: topUp?.invoiceId ?? null,
    usableOn: topUp?.usableOn ?? null,
    rollover: rolloverOf(granted),
    rolledOverFrom,
    reason,
  };
};

const rolloverOf = ({ rollover }: Grant['granted']): Rollover | null => {
  if (rollover === undefined) return null;
  const { until: _, ...kept } = rollover;
  return kept;
};
