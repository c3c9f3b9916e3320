import { LRUCache } from 'lru-cache';

interface Window {
  readonly endsAt: number;
  count: number;
}

/** Requests since the window began, this one among them. */
export interface Counted {
  readonly count: number;
  readonly secondsLeft: number;
}

const CALLERS_MAX = 100_000;

/** Requests of each caller since its window began, in this process. */
export class RequestCounts {
  private readonly windows = new LRUCache<string, Window>({ max: CALLERS_MAX });

  constructor(private readonly windowSeconds: number) {}

  increment(caller: string): Counted {
    const now = performance.now();
    const window = this.current(caller, now);
    window.count += 1;
    return { count: window.count, secondsLeft: Math.ceil((window.endsAt - now) / 1000) };
  }

  private current(caller: string, now: number): Window {
    const known = this.windows.get(caller);
    if (known && known.endsAt > now) return known;
    const begun = { endsAt: now + this.windowSeconds * 1000, count: 0 };
    this.windows.set(caller, begun);
    return begun;
  }
}
