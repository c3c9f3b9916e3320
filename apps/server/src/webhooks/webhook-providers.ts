import type { Provider } from '@nestjs/common';
import { DeliveryQueries } from './delivery-queries.js';
import { DeliveryRows } from './delivery-rows.js';
import { EndpointRows } from './endpoint-rows.js';
import { ReplayRows } from './replay-rows.js';
import { SentEvents } from './sent-events.js';
import { WebhookRequests } from './webhook-requests.js';
import { WebhookSecrets } from './webhook-secrets.js';

/** What every process has that queues, sends or shows webhooks. */
export const WEBHOOK_PROVIDERS: readonly Provider[] = [
  DeliveryQueries,
  DeliveryRows,
  EndpointRows,
  ReplayRows,
  SentEvents,
  WebhookRequests,
  WebhookSecrets,
];
