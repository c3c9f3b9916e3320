import type { Instant } from '#kernel';
import type { SubscriptionId } from '#kernel';
import type { BilledService } from '../account/account.state.js';
import type { Catalog } from '../catalog/catalog.decider.js';
import type { Subscription } from '../subscription/subscription.js';
import type { Arrival } from '../usage/measurement.js';
import type { TimelineService } from './timeline-service.js';

/** A charge and service that has to be rated: for the first time, or again because something about it changed. */
export interface DueService extends TimelineService {
  readonly subscription: Subscription;
  /** That of the first line of a service: what is rated again, is rated by the same. */
  readonly raterVersion: number;
  readonly billed: BilledService | undefined;
}

/** What a billing looks at beside the account. */
export interface DueFacts {
  readonly catalog: Catalog;
  readonly billThrough: Instant;
  readonly arrivals: readonly Arrival[];
  /** Of one subscription, and of it what recurs or is charged once: where nobody knows what will be used. */
  readonly onlyFees?: SubscriptionId;
}
