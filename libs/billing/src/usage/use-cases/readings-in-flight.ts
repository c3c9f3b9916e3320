import type { TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import type { FirstReading } from '../repetition.js';

const GENERATION_KEYS_MAX = 200_000;

export interface ReadingInFlight {
  readonly first: FirstReading;
  /** Settles as the append that carries the reading does. */
  readonly append: Promise<unknown>;
}

type Generation = Map<TenantId, Map<string, ReadingInFlight>>;

/**
 * Readings that this process has sent to the log and that the read model may not know yet, by tenant and key. Bounded: what falls out is
 * at worst recorded twice, and of equal ids the fold counts the first.
 */
@Injectable()
export class ReadingsInFlight {
  private young: Generation = new Map();
  private old: Generation = new Map();
  private size = 0;

  /** Looks for readings of a tenant; undefined if none of our appends carries one. */
  of(tenantId: TenantId): (key: string) => ReadingInFlight | undefined {
    const [young, old] = [this.young.get(tenantId), this.old.get(tenantId)];
    return (key) => young?.get(key) ?? old?.get(key);
  }

  track(tenantId: TenantId, readings: ReadonlyMap<string, FirstReading>, append: Promise<unknown>): void {
    if (this.size + readings.size > GENERATION_KEYS_MAX) {
      this.old = this.young;
      this.young = new Map();
      this.size = 0;
    }
    const own = this.young.get(tenantId) ?? new Map<string, ReadingInFlight>();
    this.young.set(tenantId, own);
    for (const [key, first] of readings) own.set(key, { first, append });
    this.size += readings.size;
    append.catch(() => {
      for (const key of readings.keys()) {
        this.young.get(tenantId)?.delete(key);
        this.old.get(tenantId)?.delete(key);
      }
    });
  }
}
