import type { CountedReading, UsageEvent } from '#billing';
import { decodeEvent, readingDigest, usageStream } from '#contracts';
import { hex64, type AccountId, type EventLog, type TenantId } from '#kernel';

/** The readings of one account as they count: of equal ids, the first in the stream. */
export interface UsageFold {
  readonly readings: readonly CountedReading[];
  readonly digest: string;
  readonly lastRevision: number;
}

export const foldUsage = async (log: EventLog, tenantId: TenantId, accountId: AccountId): Promise<UsageFold> => {
  const readings = new Map<string, CountedReading>();
  let digest = 0n;
  let lastRevision = -1;
  for await (const logged of log.readStream(usageStream(tenantId, accountId))) {
    const { fact, revision } = decodeEvent<UsageEvent>(logged);
    for (const [ordinal, reading] of fact.data.readings.entries()) {
      if (readings.has(reading.id)) continue;
      const own = readingDigest(reading);
      digest ^= own;
      readings.set(reading.id, { ...reading, revision, ordinal, digest: own });
    }
    lastRevision = revision;
  }
  return { readings: [...readings.values()], digest: hex64(digest), lastRevision };
};
