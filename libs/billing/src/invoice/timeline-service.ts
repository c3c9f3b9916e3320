import type { PartOfService, PlanVersion, Service } from '#contracts';
import type { LocalPeriod } from '#kernel';
import type { QuantityNature } from '#rating';
import type { AgreedCharge } from '../subscription/terms.js';

/** A service that a timeline has, and on what terms. */
export interface TimelineService extends AgreedCharge, PartOfService {
  readonly key: string;
  readonly plan: PlanVersion;
  readonly period: LocalPeriod;
  readonly service: Service;
  /** What its window comes to so far: it goes on after this. */
  readonly installment?: 'open' | 'last';
  /** How its quantity goes with time, where it has a part of the period. */
  readonly nature?: QuantityNature;
  /** Where it is another than that of today. */
  readonly raterVersion?: number;
}
