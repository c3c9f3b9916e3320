import {
  accountOf,
  type Stored,
  type Timer,
  type TimerKey,
  type TimerKind,
  type BillingSchedule,
  type Fact,
  type CreditNoteFact,
  type RedemptionFact,
  type Reopened,
  type TimelineTold,
  type SubscriptionFact,
  type InvoiceFact,
  type TransferFact,
  type WalletFact,
} from '#contracts';
import { projection, table, type RowChanges } from '#projection';

/** Everything that falls due by itself. The events say when; nothing is computed here. */
export const timers = table({
  name: 'timers',
  columns: {
    tenant_id: 'text',
    /** The stream that set it. */
    owner: 'text',
    /** Whose stream that is; null where it is of no account. */
    account_id: 'text?',
    timer_key: 'text',
    due_at: 'timestamptz',
    generation: 'bigint',
    event_id: 'uuid',
  },
  key: ['tenant_id', 'owner', 'timer_key'],
  indexes: ['tenant_id, due_at', 'tenant_id, account_id, due_at'],
});

/** The earliest moment from which a subscription has something to bill; billing runs look here for whom to visit. */
export const billingSchedules = table({
  name: 'billing_schedules',
  columns: { tenant_id: 'text', account_id: 'text', subscription_id: 'text', next_bill_at: 'timestamptz' },
  key: ['tenant_id', 'account_id', 'subscription_id'],
  indexes: ['tenant_id, next_bill_at'],
});

/** Which readings an account's billing has taken into account, and up to when it is billed: what comes later is late usage. */
export const billingCuts = table({
  name: 'billing_cuts',
  columns: { tenant_id: 'text', account_id: 'text', cut: 'bigint', billed_through: 'timestamptz' },
  key: ['tenant_id', 'account_id'],
});

const keyOf = ({ metadata }: Stored) => ({ tenant_id: metadata.tenantId!, account_id: metadata.accountId! });

const set = (event: Stored, rows: RowChanges, { key, dueAt, generation }: Timer): void =>
  rows.put(timers, {
    tenant_id: event.metadata.tenantId!,
    owner: event.stream,
    account_id: accountOf(event.stream),
    timer_key: key,
    due_at: dueAt,
    generation: BigInt(generation),
    event_id: event.id,
  });

const clear = ({ metadata, stream }: Stored, rows: RowChanges, kind: TimerKind, subject: string): void => {
  const key: TimerKey = `${kind}:${subject}`;
  rows.remove(timers, { tenant_id: metadata.tenantId!, owner: stream, timer_key: key });
};

const schedule = (
  event: Stored,
  rows: RowChanges,
  subscriptionId: string,
  { nextBillAt, timer }: BillingSchedule,
): void => {
  if (timer) set(event, rows, timer);
  else clear(event, rows, 'bill', subscriptionId);
  const key = { ...keyOf(event), subscription_id: subscriptionId };
  if (nextBillAt === null) rows.remove(billingSchedules, key);
  else rows.put(billingSchedules, { ...key, next_bill_at: nextBillAt });
};

const reschedule = (event: Stored, rows: RowChanges, told: TimelineTold): void =>
  schedule(event, rows, told.subscriptionId, told.schedule);

const reopen = (event: Stored, rows: RowChanges, reopened: Reopened): void => {
  for (const { subscriptionId, nextBillAt, timer } of reopened) {
    if (timer) set(event, rows, timer);
    rows.put(billingSchedules, { ...keyOf(event), subscription_id: subscriptionId, next_bill_at: nextBillAt });
  }
};

/** Whatever sets a timer, or ends one. */
type Scheduling =
  Fact<'TaxIdChecked'> | SubscriptionFact | InvoiceFact | CreditNoteFact | TransferFact | RedemptionFact | WalletFact;

export const agendaProjection = projection<Scheduling>({
  name: 'agenda',
  version: 7,
  tables: [timers, billingSchedules, billingCuts],
  reads: [
    'accounts.account_clocks',
    'accounts.test_accounts',
    'tenants.skipped_timers',
    'tenants.tenants',
    'test-clocks.test_clocks',
    'usage.usage_arrivals',
    'usage.usage_correction_history',
    'usage.usage_packs',
  ],
  on: {
    SubscriptionCreated: (event, rows) => {
      if (event.fact.data.timer) set(event, rows, event.fact.data.timer);
    },
    SubscriptionActivated: (event, rows) => {
      const { subscriptionId, schedule: next } = event.fact.data;
      clear(event, rows, 'activate', subscriptionId);
      schedule(event, rows, subscriptionId, next);
    },
    SubscriptionCanceled: (event, rows) => {
      const { subscriptionId, timer, schedule: next } = event.fact.data;
      if (timer) set(event, rows, timer);
      schedule(event, rows, subscriptionId, next);
    },
    TrialStarted: (event, rows) => set(event, rows, event.fact.data.timer),
    TrialEnded: (event, rows) => clear(event, rows, 'trial', event.fact.data.subscriptionId),
    SubscriptionPlanChanged: (event, rows) => reschedule(event, rows, event.fact.data),
    SubscriptionQuantityChanged: (event, rows) => reschedule(event, rows, event.fact.data),
    SubscriptionPaused: (event, rows) => {
      const { data } = event.fact;
      if (data.timer) set(event, rows, data.timer);
      reschedule(event, rows, data);
    },
    SubscriptionResumed: (event, rows) => {
      const { data } = event.fact;
      clear(event, rows, 'resume', data.subscriptionId);
      reschedule(event, rows, data);
    },
    ScheduledChangeWithdrawn: (event, rows) => {
      const { data } = event.fact;
      if (data.change === 'cancel') clear(event, rows, 'end', data.subscriptionId);
      if (data.change === 'pause') clear(event, rows, 'resume', data.subscriptionId);
      reschedule(event, rows, data);
    },
    SubscriptionEnded: (event, rows) => clear(event, rows, 'end', event.fact.data.subscriptionId),
    InvoiceDrafted: (event, rows) => {
      if (event.fact.data.timer) set(event, rows, event.fact.data.timer);
    },
    InvoiceTaxPending: (event, rows) => set(event, rows, event.fact.data.timer),
    InvoiceFinalized: (event, rows) => {
      const { invoiceId, timer } = event.fact.data;
      clear(event, rows, 'finalize', invoiceId);
      if (timer) set(event, rows, timer);
    },
    InvoiceReopened: (event, rows) => {
      if (event.fact.data.timer) set(event, rows, event.fact.data.timer);
    },
    InvoiceOverdue: (event, rows) => clear(event, rows, 'overdue', event.fact.data.invoiceId),
    InvoiceVoided: (event, rows) => {
      clear(event, rows, 'finalize', event.fact.data.invoiceId);
      clear(event, rows, 'overdue', event.fact.data.invoiceId);
      reopen(event, rows, event.fact.data.reopened);
    },
    CreditNoteVoided: (event, rows) => reopen(event, rows, event.fact.data.reopened),
    LateBillingScheduled: (event, rows) => {
      const { subscriptionId, schedule: next } = event.fact.data;
      schedule(event, rows, subscriptionId, next);
    },
    InvoiceMarkedUncollectible: (event, rows) => clear(event, rows, 'overdue', event.fact.data.invoiceId),
    TransferPended: (event, rows) => {
      if (event.fact.data.timer) set(event, rows, event.fact.data.timer);
    },
    PendingTransferPosted: (event, rows) => clear(event, rows, 'expire', event.fact.data.pendingId),
    PendingTransferVoided: (event, rows) => clear(event, rows, 'expire', event.fact.data.pendingId),
    PendingTransferExpired: (event, rows) => clear(event, rows, 'expire', event.fact.data.pendingId),
    RedemptionReserved: (event, rows) => set(event, rows, event.fact.data.timer),
    RedemptionConfirmed: (event, rows) => clear(event, rows, 'redemption', event.fact.data.discountId),
    RedemptionReleased: (event, rows) => clear(event, rows, 'redemption', event.fact.data.discountId),
    WalletGranted: (event, rows) => {
      const { walletId, timer, nextTurn } = event.fact.data;
      clear(event, rows, 'recharge', walletId);
      if (timer) set(event, rows, timer);
      if (nextTurn) set(event, rows, nextTurn);
    },
    WalletReleased: (event, rows) => {
      for (const { walletId } of event.fact.data.draws) clear(event, rows, 'recharge', walletId);
      for (const timer of event.fact.data.timers ?? []) set(event, rows, timer);
    },
    WalletGrantExpired: (event, rows) => {
      const { grantId, timer } = event.fact.data;
      if (timer) set(event, rows, timer);
      else clear(event, rows, 'grant-expires', grantId);
    },
    WalletGrantVoided: (event, rows) => {
      const { grantId, partial } = event.fact.data;
      if (partial !== true) clear(event, rows, 'grant-expires', grantId);
    },
    WalletClosed: (event, rows) => {
      const { walletId, left } = event.fact.data;
      clear(event, rows, 'recharge', walletId);
      clear(event, rows, 'grant-recurs', walletId);
      for (const { grantId } of left) clear(event, rows, 'grant-expires', grantId);
    },
    WalletRecurrenceSet: (event, rows) => {
      const { walletId, timer } = event.fact.data;
      if (timer) set(event, rows, timer);
      else clear(event, rows, 'grant-recurs', walletId);
    },
    WalletRechargeSet: (event, rows) => clear(event, rows, 'recharge', event.fact.data.walletId),
    WalletRechargeDue: (event, rows) => set(event, rows, event.fact.data.timer),
    TaxIdChecked: (event, rows) => {
      const { timer } = event.fact.data;
      if (timer) set(event, rows, timer);
      else clear(event, rows, 'check-tax-ids', event.metadata.accountId!);
    },
    WalletRechargePutOff: (event, rows) => set(event, rows, event.fact.data.timer),
    BillingAdvanced: (event, rows) => {
      const { subscriptions, cuts, billedThrough } = event.fact.data;
      for (const { subscriptionId, schedule: next } of subscriptions) schedule(event, rows, subscriptionId, next);
      for (const cut of Object.values(cuts)) {
        rows.put(billingCuts, { ...keyOf(event), cut: BigInt(cut), billed_through: billedThrough });
      }
    },
  },
});
