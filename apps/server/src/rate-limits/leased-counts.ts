import { setImmediate as turn } from 'node:timers/promises';
import { isOutage } from '#postgres';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { PinoLogger } from 'nestjs-pino';
import pTimeout from 'p-timeout';
import { RateLeases, type LeaseGrant } from './rate-leases.js';

const CALLERS_MAX = 100_000;
/** Nobody waits longer for the database than this, and while it is away nobody waits. */
const PATIENCE_MILLISECONDS = 500;
const AWAY_MILLISECONDS = 1_000;
/** What is not used goes back, for the other processes. */
const UNUSED_MILLISECONDS_MAX = 2_000;
const LOOK_MILLISECONDS = 500;
/** Whether others gave something back is looked at so often. */
const REFUSED_MILLISECONDS = 1_000;
const LEASED_AT_FIRST = 20;
/** The part of what is left that one lease takes at the most: the nearer to the limit, the smaller they are. */
const PART_OF_LEFT = 8;

/** Requests since the window began, by all processes, this one among them. */
export interface Counted {
  readonly count: number;
  readonly secondsLeft: number;
  readonly isBlocked: boolean;
}

/** What this process knows of a caller's window, and may let through of it. Times are those of the monotonic clock. */
class Lease {
  window = 0;
  endsAt = 0;
  /** By all processes, with what is leased. */
  taken = 0;
  /** Leased and not used. Below 0 while the database is away. */
  tokens = 0;
  /** How many were used since the last lease: as many may come until the next. */
  used = 0;
  usedAt = 0;
  refusedUntil = 0;
  awayUntil = 0;
  waiting = 0;
  asking: Promise<void> | undefined;

  get sent(): number {
    return this.taken - this.tokens;
  }

  /** @param unused what was told with what was asked */
  take({ window, endsInMilliseconds, granted, taken }: LeaseGrant, unused: number, now: number): void {
    // Of a window that is over, nothing is left.
    this.tokens = (window === this.window ? this.tokens - unused : 0) + granted;
    [this.window, this.endsAt, this.taken] = [window, now + endsInMilliseconds, taken];
    this.used = 0;
  }
}

/**
 * Counts the requests of callers over all processes: each leases some of what a caller may still send, and lets so many through without asking
 * anybody. With the database away, each counts by itself, and tells afterwards.
 */
@Injectable()
export class LeasedCounts implements BeforeApplicationShutdown {
  private readonly leases = new LRUCache<string, Lease>({ max: CALLERS_MAX });
  /** Those with something that may have to be given back, or about to get it. */
  private readonly held = new Map<string, Lease>();
  private readonly looking = setInterval(() => this.giveBackUnused(), LOOK_MILLISECONDS).unref();
  private isEnding = false;
  private isFaulty = false;

  constructor(
    private readonly rates: RateLeases,
    private readonly pino: PinoLogger,
  ) {}

  /** Most often it is known at once. */
  increment(caller: string, windowMilliseconds: number, limit: number): Counted | Promise<Counted> {
    const lease = this.leaseOf(caller);
    return this.known(caller, lease, windowMilliseconds, limit) ?? this.asked(caller, lease, windowMilliseconds, limit);
  }

  /** Undefined where others have to be asked first. */
  private known(caller: string, lease: Lease, windowMilliseconds: number, limit: number): Counted | undefined {
    const now = performance.now();
    if (lease.awayUntil > now) return countedAlone(lease, windowMilliseconds, limit, now);
    if (lease.endsAt <= now) return undefined;
    if (lease.tokens > 0) {
      use(lease, now);
      if (lease.tokens < lease.used / 2) void this.ask(caller, lease, windowMilliseconds, limit);
      return counted(lease, now, false);
    }
    return lease.refusedUntil > now ? counted(lease, now, true) : undefined;
  }

  private async asked(caller: string, lease: Lease, windowMilliseconds: number, limit: number): Promise<Counted> {
    for (;;) {
      lease.waiting += 1;
      const answered = this.ask(caller, lease, windowMilliseconds, limit).then(() => true);
      const inTime = await pTimeout(answered, { milliseconds: PATIENCE_MILLISECONDS, fallback: () => false });
      lease.waiting -= 1;
      if (!inTime) lease.awayUntil = performance.now() + AWAY_MILLISECONDS;
      const found = this.known(caller, lease, windowMilliseconds, limit);
      if (found) return found;
    }
  }

  /** What others may need is not lost with this process. Requests that still come lease what they take, and no more. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isEnding = true;
    clearInterval(this.looking);
    const all = [...this.held].map(([caller, lease]) => this.giveBack(caller, lease));
    await pTimeout(Promise.all(all), { milliseconds: PATIENCE_MILLISECONDS, message: false });
  }

  private leaseOf(caller: string): Lease {
    const known = this.leases.get(caller);
    if (known) return known;
    const lease = this.held.get(caller) ?? new Lease();
    this.leases.set(caller, lease);
    return lease;
  }

  /** One at a time for a caller; whoever comes meanwhile waits for the same. It never fails. */
  private ask(caller: string, lease: Lease, windowMilliseconds: number, limit: number): Promise<void> {
    lease.asking ??= this.more(caller, lease, windowMilliseconds, limit).finally(() => (lease.asking = undefined));
    return lease.asking;
  }

  private async more(caller: string, lease: Lease, windowMilliseconds: number, limit: number): Promise<void> {
    // Those that came together ask together.
    await turn();
    const isOver = lease.endsAt <= performance.now();
    if (isOver && lease.tokens > 0) lease.tokens = 0;
    const left = Math.max(limit - (isOver ? 0 : lease.taken), 0);
    const some = Math.min(Math.floor(left / PART_OF_LEFT), Math.max(2 * lease.used, LEASED_AT_FIRST));
    const ahead = this.isEnding ? 0 : some;
    // What was let through without a lease is told with the next.
    const unused = Math.min(lease.tokens, 0);
    const { window } = lease;
    const wanted = lease.waiting + ahead;
    if (wanted === 0) return;
    this.held.set(caller, lease);
    try {
      const grant = await this.rates.lease({ caller, window, windowMilliseconds, unused, wanted, limit });
      const now = performance.now();
      lease.take(grant, unused, now);
      if (lease.tokens <= 0) lease.refusedUntil = now + REFUSED_MILLISECONDS;
      this.isFaulty = false;
    } catch (error) {
      this.tell(error);
      lease.awayUntil = performance.now() + AWAY_MILLISECONDS;
    }
  }

  private giveBackUnused(): void {
    const before = performance.now() - UNUSED_MILLISECONDS_MAX;
    for (const [caller, lease] of this.held)
      if (lease.usedAt < before && lease.asking === undefined) void this.giveBack(caller, lease);
  }

  private async giveBack(caller: string, lease: Lease): Promise<void> {
    while (lease.asking) await lease.asking;
    this.held.delete(caller);
    if (lease.tokens <= 0 || lease.endsAt <= performance.now()) return;
    const unused = lease.tokens;
    // Whoever comes meanwhile waits for it.
    lease.tokens = 0;
    lease.asking = this.rates
      .lease({ caller, window: lease.window, windowMilliseconds: 0, unused, wanted: 0, limit: 0 })
      .then((grant) => lease.take(grant, 0, performance.now()))
      .catch((error: unknown) => {
        this.tell(error);
        // It may be back all the same: used here, or given back again, it would be let through twice.
        lease.taken -= unused;
      })
      .finally(() => (lease.asking = undefined));
    await lease.asking;
  }

  /** Once, until it goes well again. Of an outage, the database says more to whoever asks it for more than this. */
  private tell(error: unknown): void {
    if (this.isFaulty || isOutage(error)) return;
    this.isFaulty = true;
    this.pino.error({ err: error }, 'Requests cannot be counted over all processes: each counts by itself.');
  }
}

const use = (lease: Lease, now: number): void => {
  lease.tokens -= 1;
  lease.used += 1;
  lease.usedAt = now;
};

const countedAlone = (lease: Lease, windowMilliseconds: number, limit: number, now: number): Counted => {
  if (lease.endsAt <= now) {
    [lease.window, lease.endsAt, lease.taken, lease.tokens] = [0, now + windowMilliseconds, 0, 0];
  }
  use(lease, now);
  return counted(lease, now, lease.sent > limit);
};

const counted = (lease: Lease, now: number, isBlocked: boolean): Counted => ({
  count: lease.sent,
  secondsLeft: Math.ceil((lease.endsAt - now) / 1_000),
  isBlocked,
});
