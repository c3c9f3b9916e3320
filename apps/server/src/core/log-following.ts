import type { SubscriptionWatch } from '#event-store';
import { EventLogDenied } from '#kernel';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Metrics } from '../telemetry/metrics.js';

/** A server that restarts, or another that takes over, interrupts subscriptions for as long as this. */
const PATIENCE_MILLISECONDS = 10_000;

interface Interruption {
  readonly since: number;
  readonly error: Error;
  isTold: boolean;
}

/** Whether this process hears of what is appended. A log that can be read, but not followed, would look well from outside. */
@Injectable()
export class LogFollowing implements SubscriptionWatch {
  private readonly interruptions = new Map<symbol, Interruption>();

  constructor(
    private readonly metrics: Metrics,
    private readonly pino: PinoLogger,
  ) {}

  /** Why something that follows the log cannot; undefined if nothing is wrong, or only for a moment. */
  get failure(): Error | undefined {
    return [...this.interruptions.values()].find(isLasting)?.error;
  }

  interrupted(subscription: symbol, error: Error): void {
    this.metrics.subscriptionInterruptions.inc();
    const { since, isTold } = this.interruptions.get(subscription) ?? { since: performance.now(), isTold: false };
    const interruption = { since, error, isTold };
    this.interruptions.set(subscription, interruption);
    if (isTold || !isLasting(interruption)) return;
    interruption.isTold = true;
    this.pino.error({ err: error }, 'The event store cannot be followed; it is tried again.');
  }

  resumed(subscription: symbol): void {
    if (this.interruptions.get(subscription)?.isTold === true) this.pino.warn('The event store is followed again.');
    this.interruptions.delete(subscription);
  }
}

const isLasting = ({ since, error }: Interruption): boolean =>
  error instanceof EventLogDenied || performance.now() - since > PATIENCE_MILLISECONDS;
