import type { UsageCorrection, Reading } from '#contracts';
import type { CountedReading } from './metering.js';

/** A reading as recorded, and what was said about it later. */
export interface CorrectedReadings {
  readonly recorded: CountedReading;
  /** In the order of the stream. */
  readonly corrections: readonly { readonly revision: number; readonly correction: UsageCorrection }[];
}

/** A reading with other properties. It keeps its instant and its place. */
export const amended = (
  { id, event, at, subscriptionId }: Omit<Reading, 'properties'>,
  properties: Reading['properties'],
): Reading => ({
  id,
  event,
  at,
  properties,
  ...(subscriptionId === undefined ? {} : { subscriptionId }),
});

/** The reading as it was known up to a revision of its stream; null if it was not recorded yet, or was retracted. */
export const readingAsOf = (
  { recorded, corrections }: CorrectedReadings,
  revision: number,
  digestOf: (reading: Reading) => bigint,
): CountedReading | null => {
  if (recorded.revision > revision) return null;
  const last = corrections.findLast((one) => one.revision <= revision)?.correction;
  if (last === undefined) return recorded;
  if (last.type === 'UsageRetracted') return null;
  const reading = amended(recorded, last.data.properties);
  return { ...reading, revision: recorded.revision, ordinal: recorded.ordinal, digest: digestOf(reading) };
};
