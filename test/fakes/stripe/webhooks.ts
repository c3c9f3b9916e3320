import Stripe from 'stripe';
import { Dice } from '../../services/dice.js';
import type { MovableClock } from './clock.js';

export interface WebhookEndpoint {
  readonly url: string;
  readonly secret: string;
}

/** How messages travel: of a thousand, how many are lost, and how many come twice; each waits for a time up to `lateMilliseconds`, so that they overtake one another. */
export interface Delivery {
  readonly seed?: number;
  readonly lostPerThousand?: number;
  readonly twicePerThousand?: number;
  readonly lateMilliseconds?: number;
}

const HOUR = 3_600;
/** Of one that is not taken, counted from the first: over three days. */
const RETRIES = [1, 2, 4, 8, 16, 32, 71].map((hours) => hours * HOUR);

export class Webhooks {
  private endpoints: WebhookEndpoint[] = [];
  private delivery: Delivery = {};
  private dice = new Dice(1);
  private sending = 0;
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(private readonly clock: MovableClock) {}

  get count(): number {
    return this.endpoints.length;
  }

  /** Messages on their way. */
  get underway(): number {
    return this.sending + this.timers.size;
  }

  to(endpoints: readonly WebhookEndpoint[]): void {
    this.endpoints = [...endpoints];
  }

  travel(delivery: Delivery): void {
    this.delivery = delivery;
    this.dice = new Dice(delivery.seed ?? 1);
  }

  deliver(event: Stripe.EventBase): void {
    if (this.endpoints.length === 0) return;
    const body = JSON.stringify(event, null, 2);
    for (const endpoint of this.endpoints) {
      if (this.dice.roll(1_000) < (this.delivery.lostPerThousand ?? 0)) continue;
      const copies = this.dice.roll(1_000) < (this.delivery.twicePerThousand ?? 0) ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) this.later(() => this.send(endpoint, body, 0));
    }
  }

  private later(send: () => void): void {
    const late = this.delivery.lateMilliseconds ?? 0;
    const timer = setTimeout(
      () => {
        this.timers.delete(timer);
        send();
      },
      Math.floor((this.dice.roll(1_000) * late) / 1_000),
    );
    this.timers.add(timer);
  }

  private send(endpoint: WebhookEndpoint, body: string, tried: number): void {
    this.sending += 1;
    void this.taken(endpoint, body)
      .then((isTaken) => {
        const wait = RETRIES[tried];
        if (isTaken || wait === undefined) return;
        this.clock.after(wait - (RETRIES[tried - 1] ?? 0), () => this.send(endpoint, body, tried + 1));
      })
      .finally(() => {
        this.sending -= 1;
      });
  }

  private async taken({ url, secret }: WebhookEndpoint, body: string): Promise<boolean> {
    const signature = Stripe.webhooks.generateTestHeaderString({
      payload: body,
      secret,
      timestamp: this.clock.now(),
    });
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
        body,
        signal: AbortSignal.timeout(10_000),
      });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }
}
