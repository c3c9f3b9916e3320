import type { SubscriptionEvent, InvoiceEvent } from '#billing';
import { projection, table } from '#projection';

/** Subscriptions with the ends of their timeline; a status is looked up in it, never stored. */
export const subscriptions = table({
  name: 'subscriptions',
  columns: {
    tenant_id: 'text',
    subscription_id: 'text',
    account_id: 'text',
    personal: 'jsonb?',
    plan: 'text',
    plan_version: 'integer',
    start_at: 'timestamptz',
    anchor: 'jsonb',
    time_zone: 'text',
    activation: 'text',
    quantities: 'jsonb',
    overrides: 'jsonb',
    activated_at: 'timestamptz?',
    ends_at: 'timestamptz?',
    cancel_credit: 'text?',
    next_bill_at: 'timestamptz?',
    created_at: 'timestamptz',
    created_position: 'bigint',
  },
  key: ['tenant_id', 'subscription_id'],
  indexes: [
    'tenant_id, account_id, created_position',
    'tenant_id, created_position DESC',
    'tenant_id, plan, plan_version',
  ],
});

export const subscriptionsProjection = projection<SubscriptionEvent | InvoiceEvent>({
  name: 'subscriptions',
  version: 2,
  tables: [subscriptions],
  on: {
    SubscriptionCreated: ({ fact: { data }, metadata, position }, rows) =>
      rows.put(subscriptions, {
        tenant_id: metadata.tenantId!,
        subscription_id: data.subscriptionId,
        account_id: metadata.accountId!,
        personal: data.personal ?? null,
        plan: data.plan,
        plan_version: data.planVersion,
        start_at: data.startAt,
        anchor: data.anchor,
        time_zone: data.timeZone,
        activation: data.activation,
        quantities: data.quantities,
        overrides: data.overrides ?? {},
        activated_at: null,
        ends_at: null,
        cancel_credit: null,
        next_bill_at: null,
        created_at: metadata.recordedAt,
        created_position: position,
      }),
    SubscriptionActivated: ({ fact: { data }, metadata }, rows) =>
      rows.patch(
        subscriptions,
        { tenant_id: metadata.tenantId!, subscription_id: data.subscriptionId },
        { activated_at: data.at, next_bill_at: data.schedule.nextBillAt },
      ),
    SubscriptionCanceled: ({ fact: { data }, metadata }, rows) =>
      rows.patch(
        subscriptions,
        { tenant_id: metadata.tenantId!, subscription_id: data.subscriptionId },
        { ends_at: data.endsAt, cancel_credit: data.credit, next_bill_at: data.schedule.nextBillAt },
      ),
    InvoiceVoided: ({ fact: { data }, metadata }, rows) => {
      for (const { subscriptionId, nextBillAt } of data.reopened) {
        rows.patch(
          subscriptions,
          { tenant_id: metadata.tenantId!, subscription_id: subscriptionId },
          { next_bill_at: nextBillAt },
        );
      }
    },
    BillingAdvanced: ({ fact: { data }, metadata }, rows) => {
      for (const { subscriptionId, schedule } of data.subscriptions) {
        rows.patch(
          subscriptions,
          { tenant_id: metadata.tenantId!, subscription_id: subscriptionId },
          { next_bill_at: schedule.nextBillAt },
        );
      }
    },
  },
});
