import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import Stripe from 'stripe';
import { forked, stopForked } from '../../services/forked.js';
import { ApiVersion } from './api-version.js';
import type { OrderName, Orders } from './control.js';
import type { BehaviourName } from './test-tokens.js';

/** As it was built: a process of its own does not compile what it imports. */
const BUILT = join(process.cwd(), 'dist/test/fakes/stripe/main.js');

/** Stripe, as far as this product uses it, in a process of its own. */
export class StripeDouble {
  readonly apiKey = 'sk_test_double';

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start(): Promise<StripeDouble> {
    const { child, port } = await forked(BUILT, { execArgv: ['--enable-source-maps'] });
    return new StripeDouble(child, port);
  }

  /** Where it listens, as the package takes it. */
  get address(): { readonly host: string; readonly port: number; readonly protocol: 'http' } {
    return { host: '127.0.0.1', port: this.port, protocol: 'http' };
  }

  /** The genuine package, at the double. */
  client(config: Partial<Stripe.StripeConfig> = {}): Stripe {
    return new Stripe(this.apiKey, {
      apiVersion: ApiVersion,
      maxNetworkRetries: 0,
      telemetry: false,
      ...this.address,
      ...config,
    });
  }

  async order<Name extends OrderName>(name: Name, takes: Orders[Name]['takes']): Promise<Orders[Name]['gives']> {
    const response = await fetch(`http://127.0.0.1:${this.port}/_double/${name}`, {
      method: 'POST',
      body: JSON.stringify(takes),
    });
    if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
    return (await response.json()) as Orders[Name]['gives'];
  }

  /** A new customer with a card that does what is named. */
  async payer(behaviour: BehaviourName): Promise<{ readonly customerRef: string; readonly methodRef: string }> {
    const stripe = this.client();
    const customer = await stripe.customers.create({ name: 'Ada' });
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await this.order('behave', { method: method.id, behaviour });
    return { customerRef: customer.id, methodRef: method.id };
  }

  stop(): Promise<void> {
    return stopForked(this.child);
  }
}
