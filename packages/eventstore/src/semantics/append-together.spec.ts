import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type ProposedEvent } from '../codec/recorded-event.js';
import { MemoryStorage } from '../storage/memory-storage.js';
import { type NewEvent } from '../storage/storage.js';
import { type ExpectedRevision } from './append-decision.js';
import { type Append, type AppendOutcome } from './append.js';
import { Streams } from './streams.js';
import { type Writing, writingTo } from './writing.js';

const NOTHING = Buffer.alloc(0);
/** Each makes some stores, whose caches are large. */
const RUNS = 60;

/** Few, so that appends meet each other all the time. */
const ids = fc.integer({ min: 1, max: 4 }).map((id) => `00000000-0000-4000-8000-00000000000${id}`);
const event = ids.map((id): ProposedEvent => ({ id, type: 'T', isJson: true, data: NOTHING, metadata: NOTHING }));
const expected: fc.Arbitrary<ExpectedRevision> = fc.oneof(
  fc.constantFrom<ExpectedRevision[]>('any', 'no_stream', 'stream_exists'),
  fc.bigInt({ min: 0n, max: 3n }),
);
const append = fc.record({
  stream: fc.constantFrom('a', 'b', 'c'),
  expected,
  events: fc.array(event, { minLength: 1, maxLength: 3 }),
});
const together = fc.uniqueArray(append, { minLength: 1, maxLength: 3, selector: ({ stream }) => stream });

class Log {
  readonly storage = new MemoryStorage();
  private readonly writing: Writing = writingTo(this.storage, new Streams(this.storage, () => 0), {
    now: () => 0,
    newId: () => '00000000-0000-4000-8000-000000000099',
  });

  after(history: readonly Append[]): this {
    for (const one of history) this.do((written) => this.writing.append(one, written));
    return this;
  }

  end(stream: string): this {
    this.do((written) => this.writing.delete({ stream, expected: 'any', forEver: true }, written));
    return this;
  }

  alone(append: Append): { readonly outcome: AppendOutcome; readonly events: number } {
    const { head } = this.storage;
    const outcome = this.do((written) => this.writing.append(append, written));
    return { outcome, events: this.storage.head - head };
  }

  together(appends: readonly Append[]) {
    return this.do((written) => this.writing.appendTogether(appends, written));
  }

  private do<Outcome>(work: (written: NewEvent[]) => Outcome): Outcome {
    return this.storage.transaction(() => work([]));
  }
}

describe('appends to several streams', () => {
  it('do what each of them would do alone, or nothing at all', () => {
    fc.assert(
      fc.property(fc.array(append, { maxLength: 6 }), together, (history, appends) => {
        const log = new Log().after(history);
        const headBefore = log.storage.head;
        const outcome = log.together(appends);
        // On a log of its own: what one writes changes what is known of the ids of the others.
        const alone = appends.map((one) => new Log().after(history).alone(one));
        const wrote = alone.filter(({ events }) => events > 0);
        if (outcome.kind === 'appended') {
          expect(alone.map((one) => one.outcome.kind === 'appended' && one.outcome.revision)).toEqual(
            outcome.revisions,
          );
          expect(log.storage.head - headBefore).toBe(wrote.reduce((sum, { events }) => sum + events, 0));
          expect([0, appends.length]).toContain(wrote.length);
        } else {
          expect(log.storage.head).toBe(headBefore);
          const isRefused = alone.some((one) => one.outcome.kind !== 'appended');
          expect(isRefused || (wrote.length > 0 && wrote.length < appends.length)).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('are refused for the stream that ended, whatever becomes of those before it', () => {
    const event = {
      id: '00000000-0000-4000-8000-000000000001',
      type: 'T',
      isJson: true,
      data: NOTHING,
      metadata: NOTHING,
    };
    const there: Append = { stream: 'a', expected: 'no_stream', events: [event] };
    const log = new Log().after([there]).end('b');
    const behind: Append = { stream: 'b', expected: 'any', events: [event] };
    expect(log.together([there, behind])).toEqual({ kind: 'stream_deleted', index: 1 });
    expect(log.together([{ ...there, expected: 7n }, behind])).toEqual({ kind: 'stream_deleted', index: 1 });
  });

  it('are answered alike when they are repeated', () => {
    fc.assert(
      fc.property(fc.array(append, { maxLength: 6 }), together, (history, appends) => {
        const log = new Log().after(history);
        const first = log.together(appends);
        fc.pre(first.kind === 'appended' && appends.every(({ events }) => hasEachOnce(events)));
        const head = log.storage.head;
        const again = log.together(appends);
        fc.pre(again.kind === 'appended');
        expect(again).toEqual(first);
        expect(log.storage.head).toBe(head);
      }),
      { numRuns: RUNS },
    );
  });
});

const hasEachOnce = (events: readonly ProposedEvent[]): boolean =>
  new Set(events.map(({ id }) => id)).size === events.length;
