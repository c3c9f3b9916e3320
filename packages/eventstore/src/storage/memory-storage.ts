/** Storage: the port in memory, for tests of what stands above it. */
import {
  type Direction,
  type NewEvent,
  NO_EVENTS,
  START_OF_LOG,
  type Storage,
  type StoredEvent,
  type StreamEvent,
} from './storage.js';

export class MemoryStorage implements Storage {
  private log: NewEvent[] = [];

  get head(): number {
    return this.log.at(-1)?.position ?? START_OF_LOG;
  }

  lastRevision(stream: string): number {
    return this.log.findLast((event) => event.stream === stream)?.revision ?? NO_EVENTS;
  }

  events(from: number, direction: Direction): Iterable<StoredEvent> {
    if (direction === 'forward') return this.log.filter((event) => event.position >= from);
    return this.log.filter((event) => event.position <= from).reverse();
  }

  streamEvents(stream: string, from: number, direction: Direction): Iterable<StreamEvent> {
    const events = this.log.filter((event) => event.stream === stream);
    if (direction === 'forward') return events.filter((event) => event.revision >= from);
    return events.filter((event) => event.revision <= from).reverse();
  }

  put(event: NewEvent): void {
    this.log.push(event);
  }

  transaction<Result>(work: () => Result): Result {
    const before = [...this.log];
    try {
      return work();
    } catch (error) {
      this.log = before;
      throw error;
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
