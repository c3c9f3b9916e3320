import type {
  Stored,
  Quantities,
  Overrides,
  EndCredit,
  ChangeProration,
  TimelineTold,
  SubscriptionFact,
  InvoiceFact,
  CreditNoteFact,
  Reopened,
  ChangeKind,
} from '#contracts';
import { projection, table, type RowChanges } from '#projection';

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
    metadata: 'jsonb',
    quantities: 'jsonb',
    overrides: 'jsonb',
    activated_at: 'timestamptz?',
    trial_ends_at: 'timestamptz?',
    segments: 'jsonb',
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
  containment: ['metadata'],
});

/** Every change that stands, also one that counts already; which of them lie ahead, the reader knows. */
export const subscriptionChanges = table({
  name: 'subscription_changes',
  columns: {
    tenant_id: 'text',
    subscription_id: 'text',
    change_id: 'text',
    kind: 'text',
    effective_from: 'timestamptz',
    plan: 'text?',
    plan_version: 'integer?',
    quantities: 'jsonb?',
    overrides: 'jsonb?',
    until: 'timestamptz?',
    policy: 'text?',
    recorded_at: 'timestamptz',
  },
  key: ['tenant_id', 'subscription_id', 'change_id'],
});

interface ToldChange {
  readonly changeId: string;
  readonly kind: ChangeKind;
  readonly effectiveFrom: string;
  readonly plan?: string;
  readonly planVersion?: number;
  readonly quantities?: Quantities;
  readonly overrides?: Overrides;
  readonly until?: string | undefined;
  readonly policy?: EndCredit | ChangeProration;
}

const keyOf = ({ metadata }: Stored, subscriptionId: string) => ({
  tenant_id: metadata.tenantId!,
  subscription_id: subscriptionId,
});

const put = (event: Stored, rows: RowChanges, subscriptionId: string, change: ToldChange): void =>
  rows.put(subscriptionChanges, {
    ...keyOf(event, subscriptionId),
    change_id: change.changeId,
    kind: change.kind,
    effective_from: change.effectiveFrom,
    plan: change.plan ?? null,
    plan_version: change.planVersion ?? null,
    quantities: change.quantities ?? null,
    overrides: change.overrides ?? null,
    until: change.until ?? null,
    policy: change.policy ?? null,
    recorded_at: event.metadata.recordedAt,
  });

const retell = (event: Stored, rows: RowChanges, { subscriptionId, timeline, schedule }: TimelineTold): void =>
  rows.patch(subscriptions, keyOf(event, subscriptionId), { segments: timeline, next_bill_at: schedule.nextBillAt });

const reopen = ({ metadata }: Stored, rows: RowChanges, reopened: Reopened): void => {
  for (const { subscriptionId, nextBillAt } of reopened) {
    rows.patch(
      subscriptions,
      { tenant_id: metadata.tenantId!, subscription_id: subscriptionId },
      { next_bill_at: nextBillAt },
    );
  }
};

export const subscriptionsProjection = projection<SubscriptionFact | InvoiceFact | CreditNoteFact>({
  name: 'subscriptions',
  version: 4,
  tables: [subscriptions, subscriptionChanges],
  reads: ['accounts.account_clocks', 'test-clocks.test_clocks'],
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
        metadata: data.metadata ?? {},
        quantities: data.quantities,
        overrides: data.overrides ?? {},
        activated_at: null,
        trial_ends_at: null,
        segments: [],
        ends_at: null,
        cancel_credit: null,
        next_bill_at: null,
        created_at: metadata.recordedAt,
        created_position: position,
      }),
    SubscriptionMetadataChanged: (event, rows) => {
      const { subscriptionId, metadata } = event.fact.data;
      rows.patch(subscriptions, keyOf(event, subscriptionId), { metadata });
    },
    SubscriptionActivated: ({ fact: { data }, metadata }, rows) =>
      rows.patch(
        subscriptions,
        { tenant_id: metadata.tenantId!, subscription_id: data.subscriptionId },
        { activated_at: data.at, next_bill_at: data.schedule.nextBillAt },
      ),
    TrialStarted: (event, rows) => {
      const { data } = event.fact;
      rows.patch(subscriptions, keyOf(event, data.subscriptionId), {
        trial_ends_at: data.endsAt,
        segments: data.timeline,
        next_bill_at: data.schedule.nextBillAt,
      });
    },
    SubscriptionPlanChanged: (event, rows) => {
      const { subscriptionId, changeId, effectiveFrom, to, proration } = event.fact.data;
      const { plan, planVersion, quantities, overrides } = to;
      const change = { changeId, effectiveFrom, plan, planVersion, quantities, overrides, policy: proration };
      put(event, rows, subscriptionId, { kind: 'plan', ...change });
      retell(event, rows, event.fact.data);
    },
    SubscriptionQuantityChanged: (event, rows) => {
      const { subscriptionId, changeId, effectiveFrom, to, proration } = event.fact.data;
      const { quantities, overrides } = to;
      const change = { changeId, effectiveFrom, quantities, overrides, policy: proration };
      put(event, rows, subscriptionId, { kind: 'quantity', ...change });
      retell(event, rows, event.fact.data);
    },
    SubscriptionPaused: (event, rows) => {
      const { subscriptionId, changeId, effectiveFrom, until, credit } = event.fact.data;
      put(event, rows, subscriptionId, { changeId, kind: 'pause', effectiveFrom, until, policy: credit });
      retell(event, rows, event.fact.data);
    },
    SubscriptionResumed: (event, rows) => {
      const { subscriptionId, changeId, effectiveFrom } = event.fact.data;
      put(event, rows, subscriptionId, { changeId, kind: 'resume', effectiveFrom });
      retell(event, rows, event.fact.data);
    },
    ScheduledChangeWithdrawn: (event, rows) => {
      const { subscriptionId, changeId, change } = event.fact.data;
      rows.remove(subscriptionChanges, { ...keyOf(event, subscriptionId), change_id: changeId });
      if (change === 'cancel')
        rows.patch(subscriptions, keyOf(event, subscriptionId), { ends_at: null, cancel_credit: null });
      retell(event, rows, event.fact.data);
    },
    SubscriptionCanceled: (event, rows) => {
      const { subscriptionId, changeId, endsAt, credit, timeline, schedule, replaces } = event.fact.data;
      if (replaces !== undefined)
        rows.remove(subscriptionChanges, { ...keyOf(event, subscriptionId), change_id: replaces });
      put(event, rows, subscriptionId, { changeId, kind: 'cancel', effectiveFrom: endsAt, policy: credit });
      rows.patch(subscriptions, keyOf(event, subscriptionId), {
        ends_at: endsAt,
        cancel_credit: credit,
        next_bill_at: schedule.nextBillAt,
        ...(timeline ? { segments: timeline } : {}),
      });
    },
    LateBillingScheduled: ({ fact: { data }, metadata }, rows) =>
      rows.patch(
        subscriptions,
        { tenant_id: metadata.tenantId!, subscription_id: data.subscriptionId },
        { next_bill_at: data.schedule.nextBillAt },
      ),
    InvoiceVoided: (event, rows) => reopen(event, rows, event.fact.data.reopened),
    CreditNoteVoided: (event, rows) => reopen(event, rows, event.fact.data.reopened),
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
