import { describe, expect, it } from '@jest/globals';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { idOf } from './codec/record-fields.js';
import { EventStore } from './event-store.js';
import { type Append } from './semantics/append.js';
import { MemoryStorage } from './storage/memory-storage.js';
import { type NewEvent } from './storage/storage.js';

/** Fails at one of the puts and flushes that are asked of it; a failed flush leaves nothing of its transaction. */
class FaultyStorage extends MemoryStorage {
  private calls = 0;

  constructor(private readonly fault: number) {
    super();
  }

  override put(event: NewEvent): void {
    this.fail();
    super.put(event);
  }

  override transaction<Result>(work: () => Result): Result {
    return super.transaction(() => {
      const result = work();
      this.fail();
      return result;
    });
  }

  private fail(): void {
    if (++this.calls === this.fault) throw new Error('Input/output error');
  }
}

const APPENDS = 12;
const EVENTS = 2;
const WRITERS = 3;
/** Each append puts its events, and each group of writers shares a flush. */
const CALLS = APPENDS * EVENTS + APPENDS / WRITERS;

const anAppend = (number: number): Append => ({
  stream: `stream-${number % WRITERS}`,
  expected: 'any',
  events: Array.from({ length: EVENTS }, (_, index) => ({
    id: `00000000-0000-4000-8000-${String(number * EVENTS + index).padStart(12, '0')}`,
    type: 'T',
    isJson: true,
    data: Buffer.from('{}'),
    metadata: Buffer.alloc(0),
  })),
});

const LATER = Infinity;

const runWith = async (fault: number) => {
  const storage = new FaultyStorage(fault);
  const failures: unknown[] = [];
  const shown: string[] = [];
  const answered: string[] = [];
  const onFailure = (error: unknown) => failures.push(error);
  const store = new EventStore(storage, { now: () => 0, newId: () => '', onFailure });
  store.feed.followLog(({ record }) => shown.push(idOf(record)));
  for (let number = 0; number < APPENDS; number++) {
    const append = anAppend(number);
    void store.append(append, LATER).then(() => answered.push(...append.events.map(({ id }) => id)));
    if (number % WRITERS === WRITERS - 1) {
      await nextTurn();
      await nextTurn();
    }
  }
  const stored = [...storage.events(1, 'forward')].map(({ record }) => idOf(record));
  return { failures, shown, answered, stored };
};

describe('a store whose disk fails', () => {
  it.each(Array.from({ length: CALLS }, (_, index) => index + 1))(
    'at call %i stops there: what is stored was answered and shown, whole groups of it, and nothing else was',
    async (fault) => {
      const { failures, shown, answered, stored } = await runWith(fault);
      expect(failures).toHaveLength(1);
      expect(answered).toEqual(stored);
      expect(shown).toEqual(stored);
      const callsOfGroup = WRITERS * EVENTS + 1;
      expect(stored).toHaveLength(Math.floor((fault - 1) / callsOfGroup) * WRITERS * EVENTS);
    },
  );

  it('never is one whose disk does not', async () => {
    const { failures, stored } = await runWith(CALLS + 1);
    expect([failures.length, stored.length]).toEqual([0, APPENDS * EVENTS]);
  });
});
