import type { Refusals } from '#kernel';

export const WEBHOOK_REFUSALS: Refusals = {
  too_many_webhook_endpoints: 'A tenant has 20 webhook endpoints at most.',
  webhook_endpoint_enabled_recently:
    'An endpoint is enabled once in 60 seconds at most: the last time was 2026-02-01T00:00:00Z.',
  webhook_endpoint_not_found: 'There is no webhook endpoint “whe_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
};
