import type { Refusals } from '#kernel';

export const WEBHOOKS_REFUSALS: Refusals = {
  url_not_allowed: 'A URL of a webhook begins with https://.',
  webhook_delivery_not_found: 'There is no webhook delivery “whd_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  webhook_delivery_pending: 'It is being delivered already.',
  webhook_endpoint_disabled: 'The endpoint is disabled: enable it first.',
  webhook_replay_not_found: 'There is no webhook replay “whr_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
};
