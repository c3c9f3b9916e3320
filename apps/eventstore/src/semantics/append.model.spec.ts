import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type ProposedEvent } from '../codec/recorded-event.js';
import { idOf } from '../codec/record-fields.js';
import { MemoryStorage } from '../storage/memory-storage.js';
import { type NewEvent } from '../storage/storage.js';
import { type ExpectedRevision } from './append-decision.js';
import { Appender, type AppendOutcome } from './append.js';
import { RecentIds } from './recent-ids.js';

/** Few streams, ids and revisions, so that appends meet each other all the time. */
const streams = fc.constantFrom('a', 'b');
const ids = fc.array(fc.constantFrom('1', '2', '3', '4'), { maxLength: 3 });
const expectations = fc.oneof(
  fc.constantFrom<ExpectedRevision>('any', 'no_stream', 'stream_exists'),
  fc.bigInt({ min: 0n, max: 5n }),
);
const steps = fc.oneof(
  { weight: 12, arbitrary: fc.record({ stream: streams, ids, expected: expectations }) },
  { weight: 1, arbitrary: fc.constant('restart' as const) },
);

interface ModelEvent {
  readonly stream: string;
  readonly id: string;
  readonly revision: number;
  readonly position: number;
  /** Lost at a restart, and when the same id is written again. */
  remembered: boolean;
}

/** The append table as one would tell it, with arrays only. */
class Model {
  readonly log: ModelEvent[] = [];

  restart(): void {
    for (const event of this.log) event.remembered = false;
  }

  append(stream: string, ids: readonly string[], expected: ExpectedRevision): AppendOutcome {
    const events = this.log.filter((event) => event.stream === stream);
    const current = events.length - 1;
    const conflict: AppendOutcome = { kind: 'wrong_revision', current };
    if (expected === 'stream_exists' && events.length === 0) return conflict;
    if (expected === 'any' || expected === 'stream_exists') {
      const known = ids.map((id) => this.log.findLast((event) => event.id === id && event.remembered));
      const firstUnknown = known.findIndex((event) => event?.stream !== stream);
      if (firstUnknown > 0) return conflict;
      const last = known.at(-1);
      if (firstUnknown < 0 && last !== undefined) return appended(last);
      return this.write(stream, ids, current);
    }
    const behind = expected === 'no_stream' ? -1 : Number(expected);
    if (behind === current) return this.write(stream, ids, current);
    const there = events.slice(behind + 1, behind + 1 + ids.length);
    const last = there.at(-1);
    if (behind > current || last === undefined || there.map(({ id }) => id).join() !== ids.join()) return conflict;
    return appended(last);
  }

  private write(stream: string, ids: readonly string[], current: number): AppendOutcome {
    if (ids.length === 0) return { kind: 'nothing_to_write', current };
    for (const [index, id] of ids.entries()) {
      for (const event of this.log) if (event.id === id) event.remembered = false;
      const place = { revision: current + 1 + index, position: this.log.length + 1 };
      this.log.push({ stream, id, ...place, remembered: true });
    }
    return appended(this.log.at(-1) as ModelEvent);
  }
}

const appended = ({ revision, position }: ModelEvent): AppendOutcome => ({ kind: 'appended', revision, position });

const uuidOf = (id: string): string => `00000000-0000-4000-8000-${id.padStart(12, '0')}`;

const proposed = (id: string): ProposedEvent => ({
  id: uuidOf(id),
  type: 'T',
  isJson: true,
  data: Buffer.from('{}'),
  metadata: Buffer.alloc(0),
});

describe('the semantics of appends', () => {
  it('are those of a naive model, over any history of appends and restarts', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 40 }), (history) => {
        const storage = new MemoryStorage();
        const model = new Model();
        let appender = new Appender(storage, new RecentIds(), () => 0);
        for (const step of history) {
          if (step === 'restart') {
            model.restart();
            appender = new Appender(storage, new RecentIds(), () => 0);
            continue;
          }
          const written: NewEvent[] = [];
          const append = { stream: step.stream, expected: step.expected, events: step.ids.map(proposed) };
          const outcome = storage.transaction(() => appender.append(append, written));
          expect(outcome).toEqual(model.append(step.stream, step.ids, step.expected));
        }
        const stored = [...storage.events(0, 'forward')].map(({ record, position }) => [idOf(record), position]);
        expect(stored).toEqual(model.log.map(({ id, position }) => [uuidOf(id), position]));
      }),
      { numRuns: 500 },
    );
  });
});
