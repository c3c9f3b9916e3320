import type { WebhookTerms } from '#contracts';
import type { DisabledCause, WebhookEndpoint } from '#billing/webhook';
import type { DeliveryRecord, EndpointHealth, WebhookDeliveryStatus } from '../../webhooks/delivery-queries.js';
import type { Replay } from '../../webhooks/replay-rows.js';

export class WebhookEndpointResource {
  /** @example "whe_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "https://hooks.acme.example/recount" */
  url!: string;
  /** None: all there are. @example ["invoice.*", "payment.received"] */
  eventTypes!: string[];
  /** None: whatever it is about. @example [] */
  accountIds!: string[];
  /** @example "account" */
  ordering!: WebhookTerms['ordering'];
  /** @example "full" */
  format!: WebhookTerms['format'];
  /** @example "Books of Acme" */
  description!: string | null;
  /** @example "2026-02-01T00:00:00Z" */
  createdAt!: string;
  /** Why nothing is sent to it: `gone` (it answered 410), `failing` (it took nothing for five days), `operator` (somebody asked for it). @example null */
  disabled!: DisabledCause | null;
  /** @example null */
  disabledAt!: string | null;
  /** Until when what is sent is signed with the secret of before, too. @example null */
  previousSecretUntil!: string | null;
}

export class WebhookEndpointStatusResource extends WebhookEndpointResource {
  /** Messages in a row that it did not take. @example 0 */
  failures!: number;
  /** Nothing is sent to it until then, and then one message to see whether it takes it. @example null */
  pausedUntil!: string | null;
  /** Messages that are to be sent. @example 0 */
  waiting!: number;
  /** Messages that were given up. @example 0 */
  dead!: number;
}

export class WebhookEndpointWithSecretResource extends WebhookEndpointResource {
  /** What it is sent is signed with. It is not shown again. @example "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw9r8GKYqrTwg=" */
  secret!: string;
}

export class DeletedWebhookEndpointResource {
  /** @example "whe_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example true */
  deleted!: boolean;
}

export class WebhookTestResource {
  /** As it was sent. @example {"webhook-id": "msg_1"} */
  requestHeaders!: Record<string, string>;
  /** @example "{}" */
  requestBody!: string;
  /** Whether the endpoint took it: it answered 2xx. @example true */
  taken!: boolean;
  /** What it answered; null where it answered nothing. @example 200 */
  status!: number | null;
  /** The beginning of the answer. @example "ok" */
  answer!: string | null;
  /** Why nothing was answered: `timeout`, `address_not_allowed`, or what the system calls it. @example null */
  error!: string | null;
  /** @example 84 */
  milliseconds!: number;
  /** Null in plain text, or where nothing was answered. @example "TLSv1.3" */
  tls!: string | null;
}

export class WebhookAttemptResource {
  /** @example "2026-02-01T00:00:04Z" */
  at!: string;
  /** Null where nothing was answered. @example 200 */
  status!: number | null;
  /** @example 84 */
  milliseconds!: number;
  /** Why nothing was answered. @example null */
  error!: string | null;
}

export class WebhookDeliveryResource {
  /** @example "whd_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "whe_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  endpointId!: string;
  /** @example "0198c6f0-6f0e-5a54-9d5e-3c1f6a3b2d10" */
  eventId!: string;
  /** @example "invoice.finalized" */
  eventType!: string;
  /** Of the event in the log. @example "4711" */
  position!: string;
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string | null;
  /** The replay that asked for it. @example null */
  replayId!: string | null;
  /** `dead`: given up after its last attempt. `skipped`: nobody wants it any more. @example "delivered" */
  status!: WebhookDeliveryStatus;
  /** Since it was last queued. @example 1 */
  attempts!: number;
  /** When it is tried next; null where it is over, or waits for another one of its account. @example null */
  nextAttemptAt!: string | null;
  /** @example "2026-02-01T00:00:04Z" */
  queuedAt!: string;
  /** When it was through, or given up. @example "2026-02-01T00:00:05Z" */
  overAt!: string | null;
}

export class WebhookDeliveryDetailResource extends WebhookDeliveryResource {
  /** What is sent; null where the log does not have the event. @example "{\"type\":\"invoice.finalized\"}" */
  requestBody!: string | null;
  history!: WebhookAttemptResource[];
  /** The beginning of the last answer. @example "ok" */
  answer!: string | null;
}

export class WebhookReplayResource {
  /** @example "whr_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "whe_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  endpointId!: string;
  /** @example "4711" */
  from!: string;
  /** @example "9922" */
  to!: string;
  /** How far it is. @example "6000" */
  position!: string;
  /** None: all that the endpoint hears. @example [] */
  eventTypes!: string[];
  /** @example 100 */
  ratePerSecond!: number;
  /** Messages that were queued so far. @example 812 */
  queued!: number;
  /** `queued`: all of it is among the deliveries. @example "running" */
  status!: Replay['status'];
  /** @example "2026-02-01T00:00:00Z" */
  startedAt!: string;
  /** @example null */
  overAt!: string | null;
}

export class EventTypeResource {
  /** @example "invoice.finalized" */
  type!: string;
  /** @example 1 */
  version!: number;
  /** @example "An invoice was issued." */
  means!: string;
  /** JSON Schema of a whole event. @example {"type": "object"} */
  schema!: Record<string, unknown>;
  /** @example {"type": "invoice.finalized"} */
  example!: Record<string, unknown>;
}

export const endpointResource = (endpoint: WebhookEndpoint, url: string): WebhookEndpointResource => ({
  id: endpoint.endpointId,
  url,
  eventTypes: [...endpoint.eventTypes],
  accountIds: [...endpoint.accountIds],
  ordering: endpoint.ordering,
  format: endpoint.format,
  description: endpoint.description ?? null,
  createdAt: endpoint.createdAt,
  disabled: endpoint.disabled?.cause ?? null,
  disabledAt: endpoint.disabled?.at ?? null,
  previousSecretUntil: endpoint.previousSecret?.until ?? null,
});

export const endpointStatusResource = (
  endpoint: WebhookEndpoint,
  url: string,
  health: EndpointHealth | undefined,
): WebhookEndpointStatusResource => ({
  ...endpointResource(endpoint, url),
  failures: health?.failures ?? 0,
  pausedUntil: health?.open_until ?? null,
  waiting: Number(health?.waiting ?? 0),
  dead: Number(health?.dead ?? 0),
});

export const deliveryResource = (row: DeliveryRecord): WebhookDeliveryResource => ({
  id: row.delivery_id,
  endpointId: row.endpoint_id,
  eventId: row.event_id,
  eventType: row.event_type,
  position: String(row.position),
  accountId: row.account_id,
  replayId: row.replay_id,
  status: row.status,
  attempts: row.attempts,
  nextAttemptAt: row.due_at,
  queuedAt: row.queued_at,
  overAt: row.over_at,
});

export const deliveryDetailResource = (
  row: DeliveryRecord,
  requestBody: string | null,
): WebhookDeliveryDetailResource => ({
  ...deliveryResource(row),
  requestBody,
  history: row.history.map(({ at, status, milliseconds, error }) => ({ at, status, milliseconds, error })),
  answer: row.answer,
});

export const replayResource = (row: Replay): WebhookReplayResource => ({
  id: row.replay_id,
  endpointId: row.endpoint_id,
  from: String(row.after_position),
  to: String(row.through_position),
  position: String(row.position),
  eventTypes: [...row.event_types],
  ratePerSecond: row.rate,
  queued: Number(row.queued),
  status: row.status,
  startedAt: row.created_at,
  overAt: row.over_at,
});
