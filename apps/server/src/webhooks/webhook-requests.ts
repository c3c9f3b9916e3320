import type { PublicEvent, WebhookTerms } from '#contracts';
import { signingSecrets, type WebhookEndpoint } from '#billing/webhook';
import { Clock } from '#kernel';
import { Injectable } from '@nestjs/common';
import { PRODUCT_VERSION } from '../product-version.js';
import { signatureOf } from './signature.js';
import { webhookBody } from './webhook-body.js';
import { WebhookSecrets } from './webhook-secrets.js';

/** What goes to a receiver, but for where that is. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Puts messages together as Standard Webhooks wants them. */
@Injectable()
export class WebhookRequests {
  constructor(
    private readonly secrets: WebhookSecrets,
    private readonly clock: Clock,
  ) {}

  /** @param id of the message: the same for every attempt */
  of(
    id: string,
    event: PublicEvent,
    endpoint: Pick<WebhookEndpoint, 'secretId' | 'previousSecret'> & Pick<WebhookTerms, 'format'>,
    isReplay = false,
  ): WebhookRequest {
    const now = this.clock.now();
    const timestamp = Math.floor(Date.parse(now) / 1_000);
    const body = webhookBody(event, endpoint.format);
    const secrets = signingSecrets(endpoint, now).map((secretId) => this.secrets.signing(secretId));
    return {
      headers: {
        'content-type': 'application/json',
        'user-agent': `Recount/${PRODUCT_VERSION}`,
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signatureOf(id, timestamp, body, secrets),
        ...(isReplay ? { 'recount-replay': 'true' } : {}),
      },
      body,
    };
  }
}
