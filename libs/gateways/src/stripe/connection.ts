import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import Stripe from 'stripe';
import { ended, isMissing, thrown } from './calls.js';

export interface StripeSettings {
  readonly apiKey: string;
  /** Of the endpoint that Stripe sends webhooks to; the old one, too, while it is replaced. */
  readonly webhookSecrets: readonly string[];
  /** Where it is, if not at Stripe's own address. */
  readonly host?: string;
  readonly port?: number;
  readonly protocol?: 'http' | 'https';
  /** How long an answer may be silent, 20,000 unless named; a fourth later it is over, whatever still comes. */
  readonly answerMilliseconds?: number;
  /** In minor units, by currency: what was agreed on beside what everybody has. */
  readonly minimums?: Readonly<Record<string, bigint>>;
}

const ANSWER_MILLISECONDS = 20_000;

/** Stripe, with an end to every call. */
export class StripeConnection {
  readonly stripe: Stripe;
  private readonly agent: HttpAgent | HttpsAgent;
  private readonly answerMilliseconds: number;

  constructor({ apiKey, answerMilliseconds = ANSWER_MILLISECONDS, host, port, protocol = 'https' }: StripeSettings) {
    this.agent = new (protocol === 'http' ? HttpAgent : HttpsAgent)({ keepAlive: true, maxSockets: 64 });
    this.answerMilliseconds = answerMilliseconds;
    this.stripe = new Stripe(apiKey, {
      // What is sent again, and when, is decided by whoever keeps the attempt.
      maxNetworkRetries: 0,
      timeout: answerMilliseconds,
      // It would write an id of this machine to the home folder, and send it.
      telemetry: false,
      httpAgent: this.agent,
      protocol,
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port }),
    });
  }

  /** Rejects with what the package rejects with, or `TimeoutError`. */
  raw<T>(call: (stripe: Stripe) => Promise<T>): Promise<T> {
    return ended(call(this.stripe), this.answerMilliseconds + this.answerMilliseconds / 4);
  }

  /** @throws GatewayUnavailable, GatewayRefused */
  call<T>(call: (stripe: Stripe) => Promise<T>): Promise<T> {
    return this.raw(call).catch(thrown);
  }

  /** What is not there is undefined. @throws GatewayUnavailable, GatewayRefused */
  read<T>(call: (stripe: Stripe) => Promise<T>): Promise<T | undefined> {
    return this.raw(call).catch((error: unknown) => (isMissing(error) ? undefined : thrown(error)));
  }

  dispose(): void {
    this.agent.destroy();
  }
}
