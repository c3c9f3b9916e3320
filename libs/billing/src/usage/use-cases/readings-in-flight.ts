import { Injectable } from '@nestjs/common';
import type { FirstReading } from '../repetition.js';

const GENERATION_KEYS_MAX = 200_000;

export interface ReadingInFlight {
  readonly first: FirstReading;
  /** Settles as the append that carries the reading does. */
  readonly append: Promise<unknown>;
}

/**
 * Readings that this process has sent to the log and that the read model may not know yet. Bounded: what falls out is
 * at worst recorded twice, and of equal ids the fold counts the first.
 */
@Injectable()
export class ReadingsInFlight {
  private young = new Map<string, ReadingInFlight>();
  private old = new Map<string, ReadingInFlight>();

  /** Undefined if none of our appends carries it. */
  find(key: string): ReadingInFlight | undefined {
    return this.young.get(key) ?? this.old.get(key);
  }

  track(readings: ReadonlyMap<string, FirstReading>, append: Promise<unknown>): void {
    if (this.young.size + readings.size > GENERATION_KEYS_MAX) {
      this.old = this.young;
      this.young = new Map();
    }
    for (const [key, first] of readings) this.young.set(key, { first, append });
    append.catch(() => {
      for (const key of readings.keys()) {
        this.young.delete(key);
        this.old.delete(key);
      }
    });
  }
}
