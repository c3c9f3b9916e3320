import { describe, expect, it } from '@jest/globals';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { idOf } from '../codec/record-fields.js';
import { MemoryStorage } from '../storage/memory-storage.js';
import { type NewEvent, NoRoom } from '../storage/storage.js';
import { type Append } from './append.js';
import { GroupCommit } from './group-commit.js';
import { Streams } from './streams.js';
import { writingTo } from './writing.js';

/** Counts flushes, and can fail them. */
class Disk extends MemoryStorage {
  flushes = 0;
  failure: Error | undefined;

  isFull = false;

  override transaction<Result>(work: () => Result): Result {
    if (this.isFull) throw new NoRoom();
    return super.transaction(() => {
      const result = work();
      if (this.failure !== undefined) throw this.failure;
      this.flushes++;
      return result;
    });
  }
}

const anAppend = (number: number, stream = 's'): Append => ({
  stream,
  expected: 'any',
  events: [
    {
      id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
      type: 'T',
      isJson: true,
      data: Buffer.from('{}'),
      metadata: Buffer.alloc(0),
    },
  ],
});

const LATER = Infinity;

describe('a group commit', () => {
  const given = () => {
    const disk = new Disk();
    const flushed: NewEvent[] = [];
    const failures: unknown[] = [];
    const commits = new GroupCommit(disk, {
      now: () => 1_000,
      onFlushed: ({ written }) => flushed.push(...written),
      onFailure: (error) => failures.push(error),
    });
    const writing = writingTo(disk, new Streams(disk, () => 0), { now: () => 0, newId: () => '' });
    const append = (wanted: Append, deadline: number) =>
      commits.carryOut((written) => writing.append(wanted, written), deadline);
    return { disk, flushed, failures, append };
  };

  it('flushes once for all that arrived together, and answers each', async () => {
    const { disk, append } = given();
    const answers = await Promise.all([1, 2, 3].map((number) => append(anAppend(number), LATER)));
    expect(answers.map((answer) => answer.kind === 'appended' && answer.revision)).toEqual([0, 1, 2]);
    expect(disk.flushes).toBe(1);
  });

  it('decides each append with those before it in the group', async () => {
    const { append } = given();
    const first = append({ ...anAppend(1), expected: 'no_stream' }, LATER);
    const second = append({ ...anAppend(2), expected: 'no_stream' }, LATER);
    await expect(first).resolves.toMatchObject({ kind: 'appended' });
    await expect(second).resolves.toEqual({ kind: 'wrong_revision', current: 0 });
  });

  it('shows what it flushed before it answers', async () => {
    const { append, flushed } = given();
    await append(anAppend(1), LATER);
    expect(flushed.map(({ record }) => idOf(record))).toEqual([anAppend(1).events[0]?.id]);
  });

  it('does not try what waited beyond its deadline', async () => {
    const { append, disk } = given();
    const late = append(anAppend(1), 1_000);
    await expect(append(anAppend(2), 1_001)).resolves.toMatchObject({ kind: 'appended', revision: 0 });
    await expect(late).resolves.toEqual({ kind: 'timed_out' });
    expect(disk.head).toBe(1);
  });

  it('refuses all of a group where there is no room, and goes on when there is', async () => {
    const { append, disk, flushed, failures } = given();
    disk.isFull = true;
    const refused = await Promise.allSettled([append(anAppend(1), LATER), append(anAppend(2), LATER)]);
    expect(refused).toEqual([1, 2].map(() => ({ status: 'rejected', reason: new NoRoom() })));
    expect({ flushed, failures }).toEqual({ flushed: [], failures: [] });
    disk.isFull = false;
    await expect(append(anAppend(1), LATER)).resolves.toMatchObject({ kind: 'appended', revision: 0 });
  });

  it('stops at a failed flush: nothing is answered, shown or tried any more', async () => {
    const { append, disk, flushed, failures } = given();
    let answered = false;
    disk.failure = new Error('No space left on device');
    void append(anAppend(1), LATER).then(() => (answered = true));
    await nextTurn();
    disk.failure = undefined;
    void append(anAppend(2), LATER).then(() => (answered = true));
    await nextTurn();
    await nextTurn();
    expect({ answered, flushed, failures, head: disk.head }).toEqual({
      answered: false,
      flushed: [],
      failures: [new Error('No space left on device')],
      head: 0,
    });
  });
});
