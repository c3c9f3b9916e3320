export { ChangeWebhooks } from './use-cases/webhook.handlers.js';
export { endpointIn, signingSecrets, type DisabledCause, type WebhookEndpoint } from './webhook.js';
