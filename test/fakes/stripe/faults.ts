import { Dice } from '../../services/dice.js';

/**
 * What goes wrong with a request. `dropBefore`: the connection ends, nothing was done. `commitThenDrop`: it was done, and the
 * connection ends. `commitThen500`: it was done, and is answered, now and again, by an error. `hang`: no answer; it is done once
 * `holdMilliseconds` are over, and until then its key is in use.
 */
export type FaultKind = 'dropBefore' | 'commitThenDrop' | 'commitThen500' | 'hang';

export interface Fault {
  readonly kind: FaultKind;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** What the path begins with. */
  readonly path?: string;
  /** How many requests it meets; one unless named. */
  readonly times?: number;
  /** How many it lets go by before. */
  readonly after?: number;
  readonly holdMilliseconds?: number;
}

/** Faults by chance: of a thousand requests that change something, how many meet each kind. The seed decides which. */
export interface Weather {
  readonly seed: number;
  readonly perThousand: Partial<Record<FaultKind, number>>;
  readonly holdMilliseconds?: number;
}

interface Waiting extends Fault {
  left: number;
  skip: number;
}

export class Faults {
  private waiting: Waiting[] = [];
  private weather: Weather | undefined;
  private dice = new Dice(1);

  add(fault: Fault): void {
    this.waiting.push({ ...fault, left: fault.times ?? 1, skip: fault.after ?? 0 });
  }

  set(weather: Weather | undefined): void {
    this.weather = weather;
    this.dice = new Dice(weather?.seed ?? 1);
  }

  clear(): void {
    this.waiting = [];
    this.set(undefined);
  }

  /** What the next request meets. */
  of(method: string, path: string): Fault | undefined {
    const fault = this.waiting.find(
      (one) => (one.method ?? 'POST') === method && path.startsWith(one.path ?? '/') && one.left > 0,
    );
    if (fault) {
      if (fault.skip > 0) fault.skip -= 1;
      else {
        fault.left -= 1;
        return fault;
      }
    }
    return method === 'POST' ? this.byChance() : undefined;
  }

  private byChance(): Fault | undefined {
    if (!this.weather) return undefined;
    const { perThousand, holdMilliseconds } = this.weather;
    let rolled = this.dice.roll(1_000);
    for (const [kind, share] of Object.entries(perThousand)) {
      if (rolled < share) {
        return { kind: kind as FaultKind, ...(holdMilliseconds === undefined ? {} : { holdMilliseconds }) };
      }
      rolled -= share;
    }
    return undefined;
  }
}
