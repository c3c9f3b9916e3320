import { readingAsOf, type CorrectedReadings, type CountedReading } from '#billing/usage';
import { decodeEvent, readingDigest, usageStream, type UsageFact, type UsageCorrection } from '#contracts';
import { hex64, type AccountId, type EventLog, type TenantId } from '#kernel';

/** The readings of one account as they count: of equal ids the first in the stream, with the last word about it. */
export interface UsageFold {
  readonly readings: readonly CountedReading[];
  readonly digest: string;
  readonly lastRevision: number;
  /** As they counted when the stream ended at a revision. */
  readonly asOf: (revision: number) => readonly CountedReading[];
}

export const foldUsage = async (log: EventLog, tenantId: TenantId, accountId: AccountId): Promise<UsageFold> => {
  const known = new Map<string, Corrections>();
  let lastRevision = -1;
  for await (const logged of log.readStream(usageStream(tenantId, accountId))) {
    const { fact, revision } = decodeEvent<UsageFact>(logged);
    if (fact.type === 'UsageRecorded') {
      for (const [ordinal, reading] of fact.data.readings.entries()) {
        if (known.has(reading.id)) continue;
        const recorded = { ...reading, revision, ordinal, digest: readingDigest(reading) };
        known.set(reading.id, { recorded, corrections: [] });
      }
    } else {
      known.get(fact.data.reading.id)?.corrections.push({ revision, correction: fact });
    }
    lastRevision = revision;
  }
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
  return { readings, digest: hex64(digest), lastRevision, asOf: remembered };
};

interface Corrections extends CorrectedReadings {
  readonly corrections: { readonly revision: number; readonly correction: UsageCorrection }[];
}
