/** Semantics: the ids written last, node-wide. It forgets the oldest, and everything at a restart, as production does. */
import { type EventPlace } from './append-decision.js';

/** About what the server's 8 MiB hold. */
const CAPACITY = 100_000;

interface Remembered {
  readonly place: EventPlace;
  readonly slot: number;
}

export class RecentIds {
  private readonly byId = new Map<string, Remembered>();
  /** A ring: taking the oldest key out of a Map instead slows down with every id that was deleted before it. */
  private readonly ring: string[] = [];
  private slot = 0;

  constructor(private readonly capacity = CAPACITY) {}

  find(id: string): EventPlace | undefined {
    return this.byId.get(id)?.place;
  }

  remember(id: string, place: EventPlace): void {
    const { slot } = this;
    const oldest = this.ring[slot];
    if (oldest !== undefined && this.byId.get(oldest)?.slot === slot) this.byId.delete(oldest);
    this.ring[slot] = id;
    this.byId.set(id, { place, slot });
    this.slot = (slot + 1) % this.capacity;
  }
}
