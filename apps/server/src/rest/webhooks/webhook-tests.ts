import type { PublicEvent } from '#contracts';
import type { WebhookEndpoint } from '#billing/webhook';
import { Clock, type TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import { v7 as uuidV7 } from 'uuid';
import { WebhookClient, WebhookFailed, type WebhookAnswer } from '../../webhooks/webhook-client.js';
import { WebhookRequests } from '../../webhooks/webhook-requests.js';
import type { WebhookTestResource } from './webhooks.resource.js';

/** Tries an endpoint as everything is sent to it, with something that never happened. */
@Injectable()
export class WebhookTests {
  constructor(
    private readonly client: WebhookClient,
    private readonly requests: WebhookRequests,
    private readonly clock: Clock,
  ) {}

  async of(tenantId: TenantId, endpoint: WebhookEndpoint, url: string): Promise<WebhookTestResource> {
    const now = this.clock.now();
    const event = testEvent(tenantId, endpoint, now);
    const { headers, body } = this.requests.of(event.id, event, endpoint);
    const begun = performance.now();
    const answer = await this.client.post(url, headers, body).catch((error: unknown) => {
      if (error instanceof WebhookFailed) return error;
      throw error;
    });
    return {
      requestHeaders: headers,
      requestBody: body,
      milliseconds: Math.round(performance.now() - begun),
      ...outcomeOf(answer),
    };
  }
}

/** It has no place in the log. */
const testEvent = (tenantId: TenantId, { endpointId }: WebhookEndpoint, now: string): PublicEvent => ({
  id: uuidV7(),
  type: 'webhook_endpoint.test' as PublicEvent['type'],
  version: 1,
  tenantId,
  effectiveAt: now,
  recordedAt: now,
  position: '0',
  data: { endpointId },
});

const outcomeOf = (answer: WebhookAnswer | WebhookFailed) =>
  answer instanceof WebhookFailed
    ? { taken: false, status: null, answer: null, error: answer.code, tls: null }
    : {
        taken: answer.status >= 200 && answer.status < 300,
        status: answer.status,
        answer: answer.body,
        error: null,
        tls: answer.tls,
      };
