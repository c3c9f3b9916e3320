import type { BillingSchedule, InvoiceEvent, SubscriptionEvent, Timer } from '#billing';
import type { Stored } from '#contracts';
import { projection, table, type RowChanges } from '#projection';

/** Everything that falls due by itself. The events say when; nothing is computed here. */
export const timers = table({
  name: 'timers',
  columns: {
    tenant_id: 'text',
    account_id: 'text',
    timer_key: 'text',
    due_at: 'timestamptz',
    generation: 'bigint',
    event_id: 'uuid',
  },
  key: ['tenant_id', 'account_id', 'timer_key'],
  indexes: ['due_at'],
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
    ...keyOf(event),
    timer_key: key,
    due_at: dueAt,
    generation: BigInt(generation),
    event_id: event.id,
  });

const clear = (event: Stored, rows: RowChanges, key: string): void =>
  rows.remove(timers, { ...keyOf(event), timer_key: key });

const schedule = (
  event: Stored,
  rows: RowChanges,
  subscriptionId: string,
  { nextBillAt, timer }: BillingSchedule,
): void => {
  if (timer) set(event, rows, timer);
  else clear(event, rows, `bill:${subscriptionId}`);
  const key = { ...keyOf(event), subscription_id: subscriptionId };
  if (nextBillAt === null) rows.remove(billingSchedules, key);
  else rows.put(billingSchedules, { ...key, next_bill_at: nextBillAt });
};

export const agendaProjection = projection<SubscriptionEvent | InvoiceEvent>({
  name: 'agenda',
  version: 2,
  tables: [timers, billingSchedules, billingCuts],
  on: {
    SubscriptionCreated: (event, rows) => {
      if (event.fact.data.timer) set(event, rows, event.fact.data.timer);
    },
    SubscriptionActivated: (event, rows) => {
      const { subscriptionId, schedule: next } = event.fact.data;
      clear(event, rows, `activate:${subscriptionId}`);
      schedule(event, rows, subscriptionId, next);
    },
    SubscriptionCanceled: (event, rows) => {
      const { subscriptionId, timer, schedule: next } = event.fact.data;
      if (timer) set(event, rows, timer);
      schedule(event, rows, subscriptionId, next);
    },
    SubscriptionEnded: (event, rows) => clear(event, rows, `end:${event.fact.data.subscriptionId}`),
    InvoiceDrafted: (event, rows) => {
      if (event.fact.data.timer) set(event, rows, event.fact.data.timer);
    },
    InvoiceFinalized: (event, rows) => {
      const { invoiceId, timer } = event.fact.data;
      clear(event, rows, `finalize:${invoiceId}`);
      if (timer) set(event, rows, timer);
    },
    InvoiceOverdue: (event, rows) => clear(event, rows, `overdue:${event.fact.data.invoiceId}`),
    InvoiceVoided: (event, rows) => {
      clear(event, rows, `finalize:${event.fact.data.invoiceId}`);
      clear(event, rows, `overdue:${event.fact.data.invoiceId}`);
      for (const { subscriptionId, nextBillAt } of event.fact.data.reopened) {
        rows.put(billingSchedules, { ...keyOf(event), subscription_id: subscriptionId, next_bill_at: nextBillAt });
      }
    },
    InvoiceMarkedUncollectible: (event, rows) => clear(event, rows, `overdue:${event.fact.data.invoiceId}`),
    BillingAdvanced: (event, rows) => {
      const { subscriptions, cuts, billedThrough } = event.fact.data;
      for (const { subscriptionId, schedule: next } of subscriptions) schedule(event, rows, subscriptionId, next);
      for (const cut of Object.values(cuts)) {
        rows.put(billingCuts, { ...keyOf(event), cut: BigInt(cut), billed_through: billedThrough });
      }
    },
  },
});
