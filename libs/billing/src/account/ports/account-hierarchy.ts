import type { AccountId, TenantId } from '#kernel';

/** Who belongs to whom, among the accounts of a tenant. */
export interface Hierarchy {
  /** All that stand above an account; undefined where there is no such account. */
  above(accountId: AccountId): Promise<ReadonlySet<AccountId> | undefined>;
}

/** The port to a rule that no single account can keep: that none belongs to itself. */
export abstract class AccountHierarchy {
  /** Nobody else changes the hierarchy of the tenant meanwhile, and everything that was changed before is known. */
  abstract alone<Result>(tenantId: TenantId, work: (hierarchy: Hierarchy) => Promise<Result>): Promise<Result>;
}
