import { Injectable } from '@nestjs/common';

const GENERATION_KEYS_MAX = 200_000;

/**
 * Readings that this process has sent to the log and that the read model may not know yet. Bounded: what falls out is
 * at worst recorded twice, and of equal ids the fold counts the first.
 */
@Injectable()
export class ReadingsInFlight {
  private young = new Map<string, Promise<unknown>>();
  private old = new Map<string, Promise<unknown>>();

  /** Settles as the append that carries the reading does; undefined if none of ours does. */
  find(key: string): Promise<unknown> | undefined {
    return this.young.get(key) ?? this.old.get(key);
  }

  track(keys: readonly string[], append: Promise<unknown>): void {
    if (this.young.size + keys.length > GENERATION_KEYS_MAX) {
      this.old = this.young;
      this.young = new Map();
    }
    for (const key of keys) this.young.set(key, append);
    append.catch(() => {
      for (const key of keys) {
        this.young.delete(key);
        this.old.delete(key);
      }
    });
  }
}
