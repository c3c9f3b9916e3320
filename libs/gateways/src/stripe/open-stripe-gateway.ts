import type { PaymentGateway } from '../payment-gateway.js';
import type { StripeSettings } from './connection.js';

/** The package takes 20 MB, which a process without a connection to Stripe goes without. */
export const openStripeGateway = async (settings: StripeSettings): Promise<PaymentGateway> => {
  const { StripeGateway } = await import('./stripe-gateway.js');
  return new StripeGateway(settings);
};
