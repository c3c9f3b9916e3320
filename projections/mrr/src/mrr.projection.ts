import { totalMrr } from '#analytics';
import {
  accountFactsWith,
  type AccountFactWith,
  type RecurringTerm,
  type Stored,
  type DiscountFact,
  type SubscriptionFact,
  type TimelineTold,
} from '#contracts';
import { Decimal } from '#kernel';
import { onEach, projection, table, type Row, type RowChanges } from '#projection';

/**
 * Changes of monthly recurring revenue, per subscription, in major units: MRR at any time, as known at any time, is a sum.
 * Whether a change is new business, expansion, contraction, churn or reactivation shows per account when it is read.
 */
export const mrrMovements = table({
  name: 'mrr_movements',
  columns: {
    tenant_id: 'text',
    account_id: 'text',
    subscription_id: 'text',
    revision: 'bigint',
    currency: 'text',
    effective_at: 'timestamptz',
    amount: 'numeric',
    cause: 'text',
    command: 'text?',
    actor_type: 'text',
    actor_id: 'text',
    reason: 'text?',
    recorded_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['tenant_id', 'account_id', 'revision', 'effective_at'],
  indexes: ['tenant_id, effective_at'],
});

const monthly = (terms: readonly RecurringTerm[]): Decimal =>
  totalMrr(terms.map(({ amount, interval }) => ({ amount: Decimal.parse(amount), interval })));

/** What the change itself says of why. */
const reasonIn = (data: object): string | null =>
  'reason' in data && typeof data.reason === 'string' ? data.reason : null;

const movement = (
  { fact, metadata, revision, position }: Stored,
  { subscriptionId, currency }: { readonly subscriptionId: string; readonly currency: string },
  effectiveAt: string,
  amount: Decimal,
): Row<typeof mrrMovements> => ({
  tenant_id: metadata.tenantId!,
  account_id: metadata.accountId!,
  subscription_id: subscriptionId,
  revision: BigInt(revision),
  currency,
  effective_at: effectiveAt,
  amount: amount.toString(),
  cause: fact.type,
  command: metadata.command ?? null,
  actor_type: metadata.actor.type,
  actor_id: metadata.actor.id,
  reason: metadata.reason ?? reasonIn(fact.data),
  recorded_at: metadata.recordedAt,
  position,
});

const move = (
  event: Stored,
  rows: RowChanges,
  data: Pick<TimelineTold, 'subscriptionId' | 'currency' | 'movements'>,
): void => {
  for (const { at, begun, ceased } of data.movements)
    rows.append(mrrMovements, movement(event, data, at, monthly(begun).minus(monthly(ceased))));
};

export const mrrProjection = projection<SubscriptionFact | DiscountFact>({
  name: 'mrr',
  version: 5,
  tables: [mrrMovements],
  reads: ['subscriptions.subscriptions', 'tenants.tenants'],
  on: {
    SubscriptionActivated: (event, rows) => {
      const { data } = event.fact;
      rows.append(mrrMovements, movement(event, data, data.at, monthly(data.recurring)));
      if (data.endsAt !== undefined)
        rows.append(mrrMovements, movement(event, data, data.endsAt, monthly(data.recurring).negated()));
    },
    // Whatever says that something begins or ceases to recur.
    ...onEach(accountFactsWith('movements'), (event: Stored<AccountFactWith<'movements'>>, rows) =>
      move(event, rows, event.fact.data),
    ),
    SubscriptionCanceled: (event, rows) => {
      const { data } = event.fact;
      if (data.movements) move(event, rows, { ...data, movements: data.movements });
      else rows.append(mrrMovements, movement(event, data, data.endsAt, monthly(data.recurring).negated()));
    },
  },
});
