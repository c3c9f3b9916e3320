import type { ThrottlerStorage } from '@nestjs/throttler';
import { LRUCache } from 'lru-cache';

interface Window {
  readonly endsAt: number;
  count: number;
}

type Counted = Awaited<ReturnType<ThrottlerStorage['increment']>>;

const CALLERS_MAX = 100_000;

/**
 * Requests of each caller since its window began, in this process. The library's own storage keeps every request of the window
 * and goes through all of them at the next one: with a million an hour, that is what the hour would be spent on.
 */
export class RequestCounts implements ThrottlerStorage {
  private readonly windows = new LRUCache<string, Window>({ max: CALLERS_MAX });

  increment(caller: string, windowMilliseconds: number, limit: number): Promise<Counted> {
    const now = performance.now();
    const known = this.windows.get(caller);
    const window = known && known.endsAt > now ? known : { endsAt: now + windowMilliseconds, count: 0 };
    window.count += 1;
    this.windows.set(caller, window);
    const seconds = Math.ceil((window.endsAt - now) / 1000);
    const isBlocked = window.count > limit;
    return Promise.resolve({
      totalHits: window.count,
      timeToExpire: seconds,
      isBlocked,
      timeToBlockExpire: isBlocked ? seconds : 0,
    });
  }
}
