import type Stripe from 'stripe';
import { invalid } from '../api-error.js';
import { tell } from '../events.js';
import { metadataOf, textOf, type Params } from '../params.js';
import type { World } from '../world.js';

export const createCustomer = (world: World, params: Params): Stripe.Customer => {
  const email = textOf(params, 'email') ?? null;
  if (email !== null && !/^[^@\s]+@[^@\s]+$/u.test(email)) {
    return invalid(`Invalid email address: ${email}`, 'email_invalid', 'email');
  }
  const customer: Stripe.Customer = {
    id: world.id('cus'),
    object: 'customer',
    balance: 0,
    created: world.clock.now(),
    default_source: null,
    description: textOf(params, 'description') ?? null,
    email,
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: metadataOf(params),
    name: textOf(params, 'name') ?? null,
    shipping: null,
  };
  world.customers.add(customer);
  tell(world, 'customer.created', customer);
  return customer;
};
