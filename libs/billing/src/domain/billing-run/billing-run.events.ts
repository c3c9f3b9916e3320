import type { AccountId, BillingRunId, Event, Instant, Money } from '#kernel';

export type BillingRunStarted = Event<
  'BillingRunStarted',
  {
    readonly runId: BillingRunId;
    readonly billThrough: Instant;
    /** Absent: every account that has something due. */
    readonly accounts?: readonly AccountId[];
  }
>;
/** The run went on without this account: what is due there stays due. */
export type AccountBillingFailed = Event<
  'AccountBillingFailed',
  { readonly runId: BillingRunId; readonly accountId: AccountId; readonly code: string; readonly detail: string }
>;
export type BillingRunCompleted = Event<
  'BillingRunCompleted',
  {
    readonly runId: BillingRunId;
    readonly accounts: { readonly due: number; readonly billed: number; readonly failed: number };
    readonly invoices: number;
    /** One per currency. */
    readonly totals: readonly Money[];
  }
>;

export type BillingRunEvent = BillingRunStarted | AccountBillingFailed | BillingRunCompleted;
