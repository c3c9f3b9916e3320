import type { Instant, SubscriptionId } from '#kernel';
import type { Personal } from '../account/personal.js';
import type { Catalog } from '../catalog/catalog.decider.js';
import type { Activation, CreditPolicy } from './subscription.events.js';
import type { Overrides, Quantities } from './terms.js';

export type SubscriptionCommand =
  | {
      readonly type: 'CreateSubscription';
      readonly subscriptionId: SubscriptionId;
      readonly externalIdHash?: string;
      readonly personal?: Personal;
      readonly plan: string;
      readonly planVersion?: number;
      /** Now, unless named; may be in the past. */
      readonly startAt?: Instant;
      readonly anchor: { readonly day?: number; readonly align: 'subscription' | 'account' | 'calendar' };
      readonly activation: Activation;
      readonly quantities: Quantities;
      readonly overrides: Overrides;
      readonly catalog: Catalog;
      readonly now: Instant;
    }
  | {
      readonly type: 'ActivateSubscription';
      readonly subscriptionId: SubscriptionId;
      /** Its start if the timer fires it; now if somebody does, but not before its start. */
      readonly at?: Instant;
      readonly catalog: Catalog;
      readonly now: Instant;
    }
  | {
      readonly type: 'CancelSubscription';
      readonly subscriptionId: SubscriptionId;
      readonly changeId: string;
      readonly at: 'now' | 'period_end' | Instant;
      readonly credit: CreditPolicy;
      readonly reason?: string;
      readonly catalog: Catalog;
      readonly now: Instant;
    }
  | { readonly type: 'EndSubscription'; readonly subscriptionId: SubscriptionId };
