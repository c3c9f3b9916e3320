import type { WebhookTerms } from '#contracts';
import type { Instant, WebhookEndpointId, WebhookSecretId } from '#kernel';
import type { DisabledCause } from './webhook.js';

export type WebhookCommand =
  | {
      readonly type: 'CreateWebhookEndpoint';
      readonly endpointId: WebhookEndpointId;
      readonly secretId: WebhookSecretId;
      readonly terms: WebhookTerms;
    }
  | {
      readonly type: 'ChangeWebhookEndpoint';
      readonly endpointId: WebhookEndpointId;
      readonly change: Partial<WebhookTerms>;
    }
  | {
      readonly type: 'RotateWebhookSecret';
      readonly endpointId: WebhookEndpointId;
      readonly secretId: WebhookSecretId;
      /** How long the one before signs, too. */
      readonly previousUntil: Instant;
    }
  | {
      readonly type: 'DisableWebhookEndpoint';
      readonly endpointId: WebhookEndpointId;
      readonly cause: DisabledCause;
      /** As it was when that was found out; whoever asks for it themselves says nothing. */
      readonly enabledTimes?: number;
    }
  | { readonly type: 'EnableWebhookEndpoint'; readonly endpointId: WebhookEndpointId; readonly now: Instant }
  | { readonly type: 'DeleteWebhookEndpoint'; readonly endpointId: WebhookEndpointId };
