import type { Month } from './revenue-schedule.js';
import type { LocalDate, RecognitionId } from '#kernel';
import type { Catalog } from '../catalog/catalog.decider.js';
import type { TaxTerms } from '../tax/tax-terms.js';
import type { Arrival, MeasuredUsage } from '../usage/measurement.js';

export type RevenueCommand =
  /** Books a month that is over, with what was served in it and is not invoiced. */
  {
    readonly type: 'RecognizeRevenue';
    readonly recognitionId: RecognitionId;
    readonly month: Month;
    /** In the zone of the books. */
    readonly today: LocalDate;
    readonly catalog: Catalog;
    /** What is used until the end of the month. */
    readonly usage: MeasuredUsage;
    readonly arrivals: readonly Arrival[];
    readonly tax: TaxTerms;
  };
