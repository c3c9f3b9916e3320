import { readingAsOf, type CorrectedReadings, type CountedReading } from '#billing/usage';
import {
  decodeEvent,
  readingDigest,
  usageStream,
  type Reading,
  type UsageFact,
  type UsageCorrection,
} from '#contracts';
import { hex64, type AccountId, type EventLog, type TenantId } from '#kernel';

/** The readings of one account as they count: of equal ids the first in the stream, with the last word about it. */
export interface UsageFold {
  readonly stream: string;
  readonly readings: readonly CountedReading[];
  readonly digest: string;
  /** Of the last event that has something of the account; −1 if there is none. */
  readonly lastRevision: number;
  /** As they counted when the stream ended at a revision. */
  readonly asOf: (revision: number) => readonly CountedReading[];
}

/** So many are held in memory together, of all accounts that are folded in one reading of their stream. */
const READINGS_MAX = 200_000;

export const foldUsage = async (
  log: EventLog,
  tenantId: TenantId,
  accountId: AccountId,
  shards: number,
): Promise<UsageFold> => {
  for await (const usages of foldUsages(log, tenantId, [accountId], shards)) return usages.of(accountId);
  throw new RangeError('Nobody was asked for.');
};

/**
 * Of many accounts, as many at a time as fit into memory: each stream is read once for all of them that it has, and again for those that did
 * not fit. One account always fits.
 */
export async function* foldUsages(
  log: EventLog,
  tenantId: TenantId,
  accounts: readonly AccountId[],
  shards: number,
  readingsMax = READINGS_MAX,
): AsyncGenerator<StreamUsages> {
  for (const [stream, own] of Map.groupBy(accounts, (accountId) => usageStream(tenantId, accountId, shards))) {
    for (let left = own; left.length > 0;) {
      const usages = new StreamUsages(log, stream, left);
      await usages.readOn(readingsMax);
      yield usages;
      const folded = new Set(usages.accounts);
      left = left.filter((accountId) => !folded.has(accountId));
    }
  }
}

/** What a usage stream says of some of its accounts, as far as it was read. */
export class StreamUsages {
  private readonly folding: Map<AccountId, AccountUsage>;
  private next = 0;

  constructor(
    private readonly log: EventLog,
    readonly stream: string,
    accounts: readonly AccountId[],
  ) {
    this.folding = new Map(accounts.map((accountId) => [accountId, new AccountUsage()]));
  }

  get accounts(): readonly AccountId[] {
    return [...this.folding.keys()];
  }

  of(accountId: AccountId): UsageFold {
    return this.folding.get(accountId)!.fold(this.stream);
  }

  /** Takes in what was appended since; accounts that would make it more readings than that are left out. */
  async readOn(readingsMax = Infinity): Promise<void> {
    let held = 0;
    for await (const logged of this.log.readStream(this.stream, { from: this.next })) {
      const { fact, revision } = decodeEvent<UsageFact>(logged);
      if (fact.type === 'UsageRecorded') {
        for (const { accountId, readings } of fact.data.accounts)
          held += this.folding.get(accountId)?.record(readings, revision) ?? 0;
        if (held > readingsMax) held = this.leaveOut(held, readingsMax);
      } else this.folding.get(fact.data.accountId)?.correct(fact, revision);
      this.next = revision + 1;
    }
  }

  /** The last accounts, until the others fit. Answers how many readings those have. */
  private leaveOut(held: number, readingsMax: number): number {
    let left = held;
    for (const accountId of this.accounts.slice(1).reverse()) {
      if (left <= readingsMax) break;
      left -= this.folding.get(accountId)!.size;
      this.folding.delete(accountId);
    }
    return left;
  }
}

/** What a stream says of one account, event by event. */
class AccountUsage {
  private readonly known = new Map<string, Corrections>();
  private lastRevision = -1;

  get size(): number {
    return this.known.size;
  }

  /** Answers how many of them count. */
  record(readings: readonly Reading[], revision: number): number {
    const { size } = this;
    for (const [ordinal, reading] of readings.entries()) {
      if (this.known.has(reading.id)) continue;
      const recorded = { ...reading, revision, ordinal, digest: readingDigest(reading) };
      this.known.set(reading.id, { recorded, corrections: [] });
    }
    this.lastRevision = revision;
    return this.size - size;
  }

  correct(correction: UsageCorrection, revision: number): void {
    this.known.get(correction.data.reading.id)?.corrections.push({ revision, correction });
    this.lastRevision = revision;
  }

  fold(stream: string): UsageFold {
    const { known, lastRevision } = this;
    const asOf = (revision: number): CountedReading[] =>
      [...known.values()].map((one) => readingAsOf(one, revision, readingDigest)).filter((reading) => reading !== null);
    const readings = asOf(lastRevision);
    // The lines of an invoice have one cut: what counted at it is looked for once.
    let last = { revision: lastRevision, readings };
    const remembered = (revision: number): readonly CountedReading[] => {
      if (last.revision !== revision) last = { revision, readings: asOf(revision) };
      return last.readings;
    };
    const digest = readings.reduce((total, reading) => total ^ reading.digest, 0n);
    return { stream, readings, digest: hex64(digest), lastRevision, asOf: remembered };
  }
}

interface Corrections extends CorrectedReadings {
  readonly corrections: { readonly revision: number; readonly correction: UsageCorrection }[];
}
