import type { AccountId, LoggedEvent, WebhookDeliveryId, WebhookReplayId } from '#kernel';
import type { Breaker } from './breaker.js';
import type { EndpointRow } from './endpoint-rows.js';
import type { Heard } from './hearing.js';

/** A message, and where in the log it comes from. */
export interface Queued extends Heard {
  readonly logged: Pick<LoggedEvent, 'stream' | 'revision' | 'position'>;
}

/** How one attempt went. */
export interface Attempt {
  readonly at: string;
  /** Null where nothing was answered. */
  readonly status: number | null;
  readonly milliseconds: number;
  /** Why nothing was answered. */
  readonly error: string | null;
  /** Sent to see whether a broken endpoint takes some again: it uses up no attempt. */
  readonly probe?: true;
}

/** A delivery that is ours to make. */
export interface ClaimedDelivery extends EndpointRow {
  readonly delivery_id: WebhookDeliveryId;
  readonly replay_id: WebhookReplayId | null;
  readonly event_id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly account_id: AccountId | null;
  readonly queue: string;
  readonly attempts: number;
  readonly claim: number;
  readonly isProbe: boolean;
}

/** What becomes of a delivery after an attempt. */
export type Next =
  | { readonly status: 'delivered' | 'dead' | 'skipped' }
  /** Tried again then; `again` uses up no attempt. */
  | { readonly status: 'pending'; readonly seconds: number; readonly again?: true };

/** What is known of an endpoint after an attempt. */
export interface EndpointNext {
  readonly breaker: Breaker;
  /** Why nothing is sent to it from now on. */
  readonly disabled: 'gone' | 'failing' | null;
}
