import type { Fact, WebhookTerms } from '#contracts';
import { isBefore, notFound, type Instant, type WebhookEndpointId, type WebhookSecretId } from '#kernel';

/** Why nothing is sent to an endpoint any more. */
export type DisabledCause = Fact<'WebhookEndpointDisabled'>['data']['cause'];

/** Where public events are sent, as it is now. */
export interface WebhookEndpoint extends WebhookTerms {
  readonly endpointId: WebhookEndpointId;
  readonly createdAt: Instant;
  readonly secretId: WebhookSecretId;
  /** What signs beside it, and until when. */
  readonly previousSecret: { readonly secretId: WebhookSecretId; readonly until: Instant } | null;
  /** Null while it is sent to. */
  readonly disabled: { readonly cause: DisabledCause; readonly at: Instant } | null;
  readonly enabledTimes: number;
  /** When it was last enabled by somebody. */
  readonly enabledAt: Instant | null;
}

/** Of a tenant, in the order in which they were created, and which are no more. */
export interface WebhookEndpoints {
  readonly live: Map<WebhookEndpointId, WebhookEndpoint>;
  readonly deleted: Set<WebhookEndpointId>;
}

/** @throws DomainError `webhook_endpoint_not_found` */
export const endpointIn = (endpoints: ReadonlyMap<WebhookEndpointId, WebhookEndpoint>, endpointId: WebhookEndpointId) =>
  endpoints.get(endpointId) ?? notFound('webhook_endpoint', endpointId);

/** The secrets that sign at an instant, the newest first. */
export const signingSecrets = (
  { secretId, previousSecret }: Pick<WebhookEndpoint, 'secretId' | 'previousSecret'>,
  at: Instant,
): readonly WebhookSecretId[] =>
  previousSecret !== null && isBefore(at, previousSecret.until) ? [secretId, previousSecret.secretId] : [secretId];
