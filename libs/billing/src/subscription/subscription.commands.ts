import type {
  Personal,
  Activation,
  Quantities,
  Overrides,
  TrialTerms,
  Metadata,
  EndCredit,
  OverridesChange,
  ChangeOptions,
  CreditPolicy,
} from '#contracts';
import type { Instant, InvoiceItemId, Money, SubscriptionId } from '#kernel';
import type { MetadataChange } from '../account/metadata.js';
import type { Catalog } from '../catalog/catalog.decider.js';
import type { NewDiscount } from '../discount/discount.commands.js';
import type { OwnInvoice } from '../invoice-item/invoice-item.commands.js';

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
      /** In place of what the plan says; no days, no trial. */
      readonly trial?: Partial<TrialTerms>;
      /** What another system has billed is not billed again. */
      readonly billedThrough?: Instant;
      readonly metadata?: Metadata;
      readonly discounts?: readonly NewDiscount[];
      readonly catalog: Catalog;
      readonly now: Instant;
    }
  | { readonly type: 'ChangeSubscription'; readonly subscriptionId: SubscriptionId; readonly metadata: MetadataChange }
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
      readonly at: ChangeTime;
      readonly credit: EndCredit;
      /** False where what falls due with the end, or later, is not to be billed. */
      readonly finalBill?: boolean;
      /** Comes back by an invoice item of its own. */
      readonly creditAmount?: { readonly amount: Money; readonly itemId: InvoiceItemId; readonly own: OwnInvoice };
      readonly reason?: string;
      readonly catalog: Catalog;
      readonly now: Instant;
    }
  | {
      readonly type: 'UncancelSubscription';
      readonly subscriptionId: SubscriptionId;
      readonly catalog: Catalog;
      readonly now: Instant;
    }
  | ({
      readonly type: 'ChangePlan';
      readonly subscriptionId: SubscriptionId;
      readonly changeId: string;
      /** That of now, unless named; its latest version, where it is named without one. */
      readonly plan?: string;
      readonly planVersion?: number;
      /** Units of the charges that are named; the others stay. */
      readonly quantities: Quantities;
      /** What is agreed of the charges that are named; null takes back what was. The others stay. */
      readonly overrides?: OverridesChange;
      readonly at: ChangeTime;
      readonly catalog: Catalog;
      readonly now: Instant;
    } & ChangeOptions)
  | {
      readonly type: 'PauseSubscription';
      readonly subscriptionId: SubscriptionId;
      readonly changeId: string;
      readonly at: ChangeTime;
      /** It resumes by itself then. */
      readonly until?: Instant;
      readonly credit: CreditPolicy;
      readonly catalog: Catalog;
      readonly now: Instant;
    }
  | {
      readonly type: 'ResumeSubscription';
      readonly subscriptionId: SubscriptionId;
      readonly changeId: string;
      readonly at: ChangeTime;
      readonly catalog: Catalog;
      readonly now: Instant;
    }
  | {
      readonly type: 'WithdrawScheduledChange';
      readonly subscriptionId: SubscriptionId;
      readonly changeId: string;
      readonly catalog: Catalog;
      readonly now: Instant;
    }
  | {
      readonly type: 'EndPause';
      readonly subscriptionId: SubscriptionId;
      readonly changeId: string;
      readonly at: Instant;
      readonly catalog: Catalog;
      readonly now: Instant;
    }
  | { readonly type: 'EndTrial'; readonly subscriptionId: SubscriptionId; readonly at: Instant }
  /** `at`: when the timer that fires it was due. */
  | { readonly type: 'EndSubscription'; readonly subscriptionId: SubscriptionId; readonly at: Instant };

/** When a change counts from. */
export type ChangeTime = 'now' | 'period_end' | Instant;
