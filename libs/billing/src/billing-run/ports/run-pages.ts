import type { AccountId, BillingRunId, Instant, Money, TenantId } from '#kernel';

export interface RunningRun {
  readonly tenantId: TenantId;
  readonly runId: BillingRunId;
  readonly billThrough: Instant;
  readonly accounts: readonly AccountId[] | null;
  /** Where the run was started: everything before it is billed. */
  readonly position: bigint;
}

/** What a page of a run came to. */
export interface PageResult {
  /** Accounts with an invoice of the run. */
  readonly billed: number;
  readonly invoices: number;
  /** Of those that are issued, one per currency. */
  readonly totals: readonly Money[];
}

/** Accounts that one worker bills together. It is theirs until it is done or given back, or they go silent. */
export interface ClaimedPage {
  readonly accounts: readonly AccountId[];
  /** Nothing of it is left to do. Changes nothing once another worker has it. */
  done(result: PageResult): Promise<void>;
  /** For whoever claims it next. Never fails: where it cannot be told, the page is free a little later. */
  giveBack(): Promise<void>;
}

/**
 * The port to the list of a run: who is due, in pages that any worker claims. A page may be billed twice, where a worker went silent and was not
 * dead: it is the accounts' commands that are carried out once.
 */
export abstract class RunPages {
  /** Makes the list, unless there is one: whoever is due now. */
  abstract list(run: RunningRun): Promise<void>;

  /** The first page that nobody has; undefined where there is none. */
  abstract claim(run: RunningRun): Promise<ClaimedPage | undefined>;

  /** Waits for the others: true once every page is done, false as soon as one can be claimed. */
  abstract allDone(run: RunningRun, signal: AbortSignal): Promise<boolean>;
}
