export { CorrectUsage } from './use-cases/correct-usage.handler.js';
export {
  type ReadingInput,
  type UnreadableReading,
  type ReadingResult,
  RecordUsage,
} from './use-cases/record-usage.handler.js';
export {
  type RawMeasurement,
  type RawGroup,
  type CorrectableReading,
  type RecordedContent,
  type UsageSnapshot,
  UsageReadings,
} from './ports/usage-readings.js';
export { type ChargeUsage, SubscriptionUsage } from './use-cases/subscription-usage.js';
export { type ReportAggregation, aggregateValues, firstOfEachId } from './aggregation.js';
export { bucketedMaximum } from './bucketed-maximum.js';
export { type CorrectedReadings, readingAsOf } from './corrections.js';
export { type Holding, holdingIn } from './holding.js';
export type { UsageDemand, MeasuredUsage, UsageAtCut, Arrival } from './measurement.js';
export { type CountedReading, measure, quantityOf } from './metering.js';
export { packed, type AccountReading } from './packing.js';
export { heldQuantity, addedLevels, presenceLevels } from './recurring-meter.js';
