export { BILLING_PROVIDERS } from './providers.js';
export { BILLING_REFUSALS } from './refusals.js';
