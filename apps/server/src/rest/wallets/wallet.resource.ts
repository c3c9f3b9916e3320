import type { GrantRecord, GrantStatus, WalletDocument, WalletRecord, WalletStatus } from '#billing/wallet';
import type { GrantKind, GrantRecurrence, Rollover, UsableOn, WalletRecharge, WalletScope } from '#contracts';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';

export class WalletScopeResource {
  /** @example ["pro"] */
  plans?: string[];
  /** @example ["tokens"] */
  charges?: string[];
}

export class RolloverResource {
  minimum?: MoneyDto;
  maximum!: MoneyDto;
}

export class GrantIntervalResource {
  /** @example "month" */
  unit!: 'day' | 'week' | 'month' | 'year';
  /** @example 1 */
  count!: number;
}

export class RecurringGrantResource {
  /** @example "promotional" */
  kind!: 'promotional' | 'compensation';
  amount!: MoneyDto;
  /** @example 10 */
  priority!: number;
  interval!: GrantIntervalResource;
  /** @example "2026-02-01T00:00:00Z" */
  startAt!: string;
  /** @example "Europe/Berlin" */
  timeZone!: string;
  rollover?: RolloverResource;
}

export class RechargeResource {
  below!: MoneyDto;
  to!: MoneyDto;
  monthlyCap?: MoneyDto;
  /** @example "payment" */
  usableOn!: UsableOn;
  /** @example "balance" */
  counts!: 'balance' | 'ongoing_balance';
}

export class WalletGrantResource {
  /** @example "grt_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "paid" */
  kind!: GrantKind;
  /** `pending`: its invoice is not paid. Whether its life has begun say the instants. @example "granted" */
  status!: GrantStatus;
  amount!: MoneyDto;
  /** What stands on invoices. */
  used!: MoneyDto;
  /** Of one that has expired: what is held for use within its life that is not billed yet. */
  left!: MoneyDto;
  /** What nobody can use any more: it expired, was given up, or was paid out. */
  lapsed!: MoneyDto;
  /** @example 50 */
  priority!: number;
  /** @example "2026-01-10T09:00:00Z" */
  effectiveAt!: string;
  /** Not included. @example "2027-01-10T09:00:00Z" */
  expiresAt!: string | null;
  /** By which it was bought. @example "inv_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  invoiceId!: string | null;
  /** @example "payment" */
  usableOn!: UsableOn | null;
  rollover!: RolloverResource | null;
  /** @example "grt_01j9zq6e4hf0fvwpn5t5jzq3ce" */
  rolledOverFrom!: string | null;
  /** @example "welcome" */
  reason!: string | null;
}

/** Credit that is bought or given, and pays invoices as they are issued. */
export class WalletSummaryResource {
  /** @example "wal_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string;
  /** @example "Prepaid credit" */
  name!: string;
  /** @example "open" */
  status!: WalletStatus;
  /** @example "USD" */
  currency!: string;
  /** @example 50 */
  priority!: number;
  scope!: WalletScopeResource;
  /** @example { "contract": "4711" } */
  metadata!: Record<string, string>;
  /** @example "2026-01-10T09:00:00Z" */
  openedAt!: string;
  /** @example "2026-12-31" */
  closedOn!: string | null;
  /** What its grants have left, without those that have expired or wait to be paid. */
  balance!: MoneyDto;
  /** What was bought and is not paid yet. */
  pending!: MoneyDto;
  recurringGrant!: RecurringGrantResource | null;
  recharge!: RechargeResource | null;
}

export class WalletResource extends WalletSummaryResource {
  /** In the order in which they came to be. */
  grants!: WalletGrantResource[];
}

export const walletSummary = (wallet: WalletRecord): WalletSummaryResource => ({
  id: wallet.walletId,
  accountId: wallet.accountId,
  name: wallet.name,
  status: wallet.status,
  currency: wallet.currency,
  priority: wallet.priority,
  scope: scopeResource(wallet.scope),
  metadata: { ...wallet.metadata },
  openedAt: wallet.openedAt,
  closedOn: wallet.closedOn,
  balance: moneyResource(wallet.balance),
  pending: moneyResource(wallet.pending),
  recurringGrant: wallet.recurrence && recurrenceResource(wallet.recurrence),
  recharge: wallet.recharge && rechargeResource(wallet.recharge),
});

export const walletResource = (wallet: WalletDocument): WalletResource => ({
  ...walletSummary(wallet),
  grants: wallet.grants.map(grantResource),
});

const scopeResource = ({ plans, charges }: WalletScope): WalletScopeResource => ({
  ...(plans === undefined ? {} : { plans: [...plans] }),
  ...(charges === undefined ? {} : { charges: [...charges] }),
});

const rolloverResource = ({ minimum, maximum }: Rollover): RolloverResource => ({
  ...(minimum === undefined ? {} : { minimum: moneyResource(minimum) }),
  maximum: moneyResource(maximum),
});

const recurrenceResource = (recurrence: GrantRecurrence): RecurringGrantResource => ({
  kind: recurrence.kind,
  amount: moneyResource(recurrence.amount),
  priority: recurrence.priority,
  interval: { ...recurrence.interval },
  startAt: recurrence.anchor,
  timeZone: recurrence.timeZone,
  ...(recurrence.rollover === undefined ? {} : { rollover: rolloverResource(recurrence.rollover) }),
});

const rechargeResource = ({ below, to, monthlyCap, usableOn, counts }: WalletRecharge): RechargeResource => ({
  below: moneyResource(below),
  to: moneyResource(to),
  ...(monthlyCap === undefined ? {} : { monthlyCap: moneyResource(monthlyCap) }),
  usableOn,
  counts: counts ?? 'balance',
});

const grantResource = (grant: GrantRecord): WalletGrantResource => ({
  id: grant.grantId,
  kind: grant.kind,
  status: grant.status,
  amount: moneyResource(grant.amount),
  used: moneyResource(grant.used),
  left: moneyResource(grant.left),
  lapsed: moneyResource(grant.lapsed),
  priority: grant.priority,
  effectiveAt: grant.effectiveAt,
  expiresAt: grant.expiresAt,
  invoiceId: grant.invoiceId,
  usableOn: grant.usableOn,
  rollover: grant.rollover && rolloverResource(grant.rollover),
  rolledOverFrom: grant.rolledOverFrom,
  reason: grant.reason,
});
