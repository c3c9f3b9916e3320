import type { AccountId, TenantId } from '#kernel';
import type { Arrival, UsageDemand } from '../../domain/usage/measurement.js';

/** An aggregate before division and rounding, and the readings that it is of. */
export interface RawMeasurement {
  readonly count: number;
  /** Exclusive or of the 64-bit digests of the readings counted, in hex. */
  readonly digest: string;
  /** A decimal; of a weighted sum, Σ value × microseconds until the end. */
  readonly aggregate: string;
}

/** One moment of the usage read model: cuts, arrivals and quantities that belong together. */
export interface UsageSnapshot {
  /** Last revision of each account's usage stream; accounts without one are missing. */
  cuts(accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, number>>;
  /** Days that got readings after each account's last billing. */
  arrivals(accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, readonly Arrival[]>>;
  /** By account and key of the demand; one statement per meter, however many accounts. */
  measure(
    demands: readonly { readonly accountId: AccountId; readonly demand: UsageDemand }[],
  ): Promise<ReadonlyMap<AccountId, ReadonlyMap<string, RawMeasurement>>>;
}

/** The port to usage as counted by the read model. */
export abstract class UsageReadings {
  abstract inSnapshot<Result>(tenantId: TenantId, work: (snapshot: UsageSnapshot) => Promise<Result>): Promise<Result>;

  /** Of the given readings, those that are recorded already, as `account id + NUL + reading id`. */
  abstract recorded(
    tenantId: TenantId,
    readings: readonly { readonly accountId: AccountId; readonly id: string }[],
  ): Promise<ReadonlySet<string>>;
}
