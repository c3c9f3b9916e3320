export { BILLING_PROVIDERS } from './providers.js';
