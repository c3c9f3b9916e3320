import type { Stripe } from 'stripe';

/** The version that the package speaks, and whose objects these are. */
export const ApiVersion = '2026-10-28.endive' satisfies Stripe.LatestApiVersion;
