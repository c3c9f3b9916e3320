import type {
  AccountId,
  BillingRunId,
  CreditNoteId,
  Instant,
  InvoiceId,
  PaymentId,
  SubscriptionId,
  TenantId,
  TestClockId,
  TransferId,
  WalletId,
} from '#kernel';

/** What is looked up without its account; of transfers, only those that were ever pending. */
export type OwnedThing = SubscriptionId | InvoiceId | CreditNoteId | PaymentId | TransferId | WalletId;

/** A moment of recorded time: of the whole log, or of the account that is meant. */
export type RecordedMoment =
  | { readonly kind: 'instant'; readonly at: Instant }
  | { readonly kind: 'position'; readonly position: bigint }
  | { readonly kind: 'revision'; readonly revision: number };

/** A place in the log, by all that a moment can be told by. */
export interface RecordedPlace {
  readonly at: Instant;
  readonly position: bigint;
  readonly revision: number;
}

/** An account that has an external id, or had it once. */
export interface ExternalIdHolder {
  readonly accountId: AccountId;
  readonly erased: boolean;
  /** Since when, where it was opened without it. */
  readonly since: RecordedPlace | null;
  /** When it gave it up. */
  readonly until: RecordedPlace | null;
}

/** The port to look-ups across accounts: which account owns a thing, and who has something due. */
export abstract class AccountDirectory {
  /** Whose it is. Waits for the read model before it says that there is no such thing. @throws DomainError `…_not_found` */
  abstract ownerOf(tenantId: TenantId, thing: OwnedThing): Promise<AccountId>;

  /** Those of the given accounts that exist, with their status. */
  abstract statuses(
    tenantId: TenantId,
    accounts: readonly AccountId[],
  ): Promise<ReadonlyMap<AccountId, 'open' | 'closed'>>;

  /** Those of the given accounts that live by a test clock, with it. Knows every account that `statuses` knows. */
  abstract testClocks(tenantId: TenantId, accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, TestClockId>>;

  /** Those of the given accounts whose person was erased. */
  abstract erased(tenantId: TenantId, accounts: readonly AccountId[]): Promise<ReadonlySet<AccountId>>;

  /** By the ids that follow from external ids: whose they are, or were. Those of nobody are missing. */
  abstract externalIdHolders(
    tenantId: TenantId,
    derived: readonly AccountId[],
  ): Promise<ReadonlyMap<AccountId, ExternalIdHolder>>;

  /** Which account each of the given subscriptions belongs to. */
  abstract owners(
    tenantId: TenantId,
    subscriptions: readonly SubscriptionId[],
  ): Promise<ReadonlyMap<SubscriptionId, AccountId>>;

  /** Accounts that have something to bill up to an instant, the first so many in the order of their ids: of all, or only of those that are named. */
  abstract due(
    tenantId: TenantId,
    billThrough: Instant,
    of: { readonly limit: number; readonly only?: readonly AccountId[] },
  ): Promise<AccountId[]>;

  /** Accounts that live by a test clock and got readings of days that they are billed for already. Superset: the account decides. */
  abstract late(tenantId: TenantId, clockId: TestClockId): Promise<AccountId[]>;

  /** What a run has made so far: accounts with an invoice of it, those invoices, drafts too, and by currency what was issued, whatever became of it. */
  abstract runTotals(
    tenantId: TenantId,
    runId: BillingRunId,
  ): Promise<{
    readonly accounts: number;
    readonly invoices: number;
    readonly totals: readonly { readonly currency: string; readonly minor: bigint }[];
  }>;
}
