/** What was acknowledged, kept on the callers' side. */
import type { AccountFacts } from './counting.js';

export interface SentReading {
  readonly id: string;
  readonly event: string;
  readonly accountId: string;
  readonly at: string;
  readonly properties: { readonly tokens: number };
}

interface KnownAccount extends AccountFacts {
  readonly subscriptions: string[];
  readonly readings: Map<string, number>;
  readonly payments: Map<string, number>;
  isErased: boolean;
  /** Its readings as they were sent. */
  readonly sent: SentReading[];
}

export class Ledger {
  readonly accounts = new Map<string, KnownAccount>();
  /** Whose accounts have a subscription, and take usage and money. */
  readonly open: string[] = [];
  /** Where the log stood at the last acknowledgement. */
  position = 0n;

  opened(id: string, name: string, firstMonth: number): void {
    this.accounts.set(id, {
      subscriptions: [],
      readings: new Map(),
      sent: [],
      payments: new Map(),
      isErased: false,
      name,
      firstMonth,
    });
  }

  subscribed(account: string, subscription: string): void {
    this.accounts.get(account)!.subscriptions.push(subscription);
    this.open.push(account);
  }

  read(reading: SentReading): void {
    const { readings, sent } = this.accounts.get(reading.accountId)!;
    readings.set(reading.id, reading.properties.tokens);
    sent.push(reading);
  }

  paid(account: string, payment: string, cents: number): void {
    this.accounts.get(account)!.payments.set(payment, cents);
  }

  erased(account: string): void {
    this.accounts.get(account)!.isErased = true;
  }

  reached(position: bigint): void {
    if (position > this.position) this.position = position;
  }
}
