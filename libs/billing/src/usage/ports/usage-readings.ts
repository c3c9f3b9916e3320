import type { CorrectedReading, Reading } from '#contracts';
import type { AccountId, Appended, TenantId } from '#kernel';
import type { Arrival, UsageDemand } from '../measurement.js';
import type { CountedReading } from '../metering.js';

/** An aggregate before division and rounding, and the readings that it is of. */
export interface RawMeasurement {
  readonly count: number;
  /** Exclusive or of the 64-bit digests of the readings counted, in hex. */
  readonly digest: string;
  /** A decimal; of a weighted sum, Σ value × microseconds until the end. */
  readonly aggregate: string;
  /** Where the demand names properties: the aggregate of each combination of their values. */
  readonly groups?: readonly RawGroup[];
}

export interface RawGroup {
  /** In the order of the properties; null where readings do not have one. */
  readonly values: readonly (string | null)[];
  readonly aggregate: string;
}

/** A reading that may be amended or retracted. */
export interface CorrectableReading {
  readonly accountId: AccountId;
  readonly reading: CorrectedReading;
  readonly retracted: boolean;
}

/** What a reading said when it was recorded, and what it was amended to since. */
export interface RecordedContent {
  readonly recorded: Omit<Reading, 'id'>;
  readonly amended: Reading['properties'] | null;
}

/** One moment of the usage read model: cuts, arrivals and quantities that belong together. */
export interface UsageSnapshot {
  /** The last revision of its usage stream that has something of an account; accounts without usage are missing. */
  cuts(accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, number>>;
  /** Days that got readings after each account's last billing. */
  arrivals(accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, readonly Arrival[]>>;
  /** By account and key of the demand; one statement per meter, however many accounts. */
  measure(
    demands: readonly { readonly accountId: AccountId; readonly demand: UsageDemand }[],
  ): Promise<ReadonlyMap<AccountId, ReadonlyMap<string, RawMeasurement>>>;
  /** The readings themselves, of demands that are not measured by one number; a demand without any is missing. */
  readings(
    demands: readonly { readonly accountId: AccountId; readonly demand: UsageDemand }[],
  ): Promise<ReadonlyMap<AccountId, ReadonlyMap<string, readonly CountedReading[]>>>;
}

/** The port to usage as counted by the read model. */
export abstract class UsageReadings {
  abstract inSnapshot<Result>(tenantId: TenantId, work: (snapshot: UsageSnapshot) => Promise<Result>): Promise<Result>;

  /** Ids are unique per account: without one, there may be several. */
  abstract find(tenantId: TenantId, id: string, accountId?: AccountId): Promise<readonly CorrectableReading[]>;

  /** Where a command left its correction in the stream, as far as this is known by now. */
  abstract corrected(tenantId: TenantId, commandId: string): Promise<Appended | undefined>;

  /** Of the given readings, those that are recorded already, by `account id + NUL + reading id`. */
  abstract recorded(
    tenantId: TenantId,
    readings: readonly { readonly accountId: AccountId; readonly id: string }[],
  ): Promise<ReadonlyMap<string, RecordedContent>>;
}
