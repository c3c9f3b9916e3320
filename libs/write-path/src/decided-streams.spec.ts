import { decodeEvent } from '#contracts';
import { AppendOutcomeUnknown, EventLogUnavailable, refuse, type Decider, type Event } from '#kernel';
import { anEnvelope, at, FaultyEventLog, FixedClock, InMemoryEventLog } from '#testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { DecidedStreams, type Outcome } from './decided-streams.js';
import { SerialQueues } from './serial-queues.js';

type Named = Event<
  'AliasReserved',
  { readonly type: 'subscription'; readonly hash: string; readonly targetId: string }
>;
type Command = { readonly names: readonly string[] } | 'refuse unless two' | 'nothing' | 'only the first';
interface State {
  readonly names: string[];
}

const STREAM = 'alias-test';
const named = (name: string): Named => ({
  type: 'AliasReserved',
  data: { type: 'subscription', hash: 'a'.repeat(64), targetId: name },
});

const decider: Decider<State, Command, Named> = {
  initialState: () => ({ names: [] }),
  decide(command, { names }) {
    if (command === 'nothing') return [];
    if (command === 'refuse unless two') return names.length === 2 ? [named('third')] : refuse('not_two', 'Not two.');
    if (command === 'only the first') return names.length === 0 ? [named('first')] : [];
    return command.names.map(named);
  },
  evolve(state, { data }) {
    state.names.push(data.targetId);
  },
};

describe('the write path', () => {
  let log: InMemoryEventLog;
  let faults: FaultyEventLog;
  let clock: FixedClock;
  let process: DecidedStreams<State, Command, Named>;
  let other: DecidedStreams<State, Command, Named>;

  beforeEach(() => {
    log = new InMemoryEventLog();
    faults = new FaultyEventLog(log);
    clock = new FixedClock();
    process = new DecidedStreams(decider, faults, clock);
    other = new DecidedStreams(decider, log, clock);
  });

  const answer = ({ state, events, revision }: Outcome<State, Named>) => ({
    names: [...state.names],
    told: events.map(({ fact }) => fact.data.targetId),
    revision,
  });
  const execute = (command: Command, envelope = anEnvelope(), streams = process) =>
    streams.execute(STREAM, envelope, command, answer);
  const name = (...names: readonly string[]): Command => ({ names });
  const stored = async (): Promise<string[]> => {
    const names = [];
    for await (const event of log.readStream(STREAM)) names.push(decodeEvent<Named>(event).fact.data.targetId);
    return names;
  };

  it('answers with what is stored, at the revision and position of its last event', async () => {
    expect(await execute(name('a', 'b'))).toEqual({
      answer: { names: ['a', 'b'], told: ['a', 'b'], revision: 1 },
      revision: 1,
      position: 2n,
    });
    expect(await stored()).toEqual(['a', 'b']);
  });

  it('stores who asked, what and when, under ids that follow from the command', async () => {
    clock.set(at('2026-02-03T04:05:06Z'));
    await execute(name('a', 'b'), anEnvelope(1, { reason: 'because', causationId: 'c', traceparent: 't' }));
    const events = [];
    for await (const event of log.readStream(STREAM)) events.push(event);
    const { commandId, requestHash, tenantId, correlationId } = anEnvelope(1);
    for (const { metadata } of events) {
      expect(metadata).toEqual({
        schemaVersion: 1,
        tenantId,
        commandId,
        requestHash,
        actor: { type: 'api_key', id: 'key' },
        reason: 'because',
        correlationId,
        causationId: 'c',
        traceparent: 't',
        recordedAt: '2026-02-03T04:05:06Z',
        effectiveAt: '2026-02-03T04:05:06Z',
      });
    }
    const again = new InMemoryEventLog();
    await new DecidedStreams(decider, again, clock).execute(
      STREAM,
      anEnvelope(1, { reason: 'x' }),
      name('a', 'b'),
      answer,
    );
    const ids = [];
    for await (const { id } of again.readStream(STREAM)) ids.push(id);
    expect(ids).toEqual(events.map(({ id }) => id));
    expect(new Set(ids).size).toBe(2);
  });

  it('never records a moment before the last one of the stream', async () => {
    clock.set(at('2026-02-03T00:00:00Z'));
    await execute(name('a'), anEnvelope(1));
    clock.set(at('2026-01-01T00:00:00Z'));
    await execute(name('b'), anEnvelope(2), other);
    const moments = [];
    for await (const { metadata } of log.readStream(STREAM)) moments.push(metadata['recordedAt']);
    expect(moments).toEqual(['2026-02-03T00:00:00Z', '2026-02-03T00:00:00Z']);
  });

  describe('asked again with the same command id', () => {
    it.each(['the same process', 'another process'])('answers the same from %s, as of then', async (which) => {
      const first = await execute(name('a', 'b'), anEnvelope(1));
      await execute(name('c'), anEnvelope(2));
      const streams = which === 'the same process' ? process : other;
      expect(await execute(name('x'), anEnvelope(1), streams)).toEqual(first);
      expect(await stored()).toEqual(['a', 'b', 'c']);
    });

    it('refuses another request under it', async () => {
      await execute(name('a'), anEnvelope(1));
      const forged = anEnvelope(1, { requestHash: anEnvelope(2).requestHash });
      await expect(execute(name('b'), forged)).rejects.toMatchObject({ code: 'idempotency_key_reused' });
      await expect(execute(name('b'), forged, other)).rejects.toMatchObject({ code: 'idempotency_key_reused' });
      expect(await stored()).toEqual(['a']);
    });

    it('remembers it for seven days of the stream’s own time', async () => {
      await execute(name('a'), anEnvelope(1));
      clock.advance({ days: 7 });
      await execute(name('b'), anEnvelope(2));
      await execute(name('a'), anEnvelope(1));
      expect(await stored()).toEqual(['a', 'b']);
      clock.advance({ seconds: 1 });
      await execute(name('c'), anEnvelope(3));
      await execute(name('d'), anEnvelope(1));
      await execute(name('e'), anEnvelope(2), other);
      expect(await stored()).toEqual(['a', 'b', 'c', 'd']);
    });
  });

  describe('beside a long history', () => {
    const HISTORY = 1_200;
    let read: number;

    /** A process that counts the events that it reads. */
    const counting = (): DecidedStreams<State, Command, Named> => {
      read = 0;
      const counted = new InMemoryEventLog();
      counted.append = (...appended) => log.append(...appended);
      counted.readStream = async function* (stream, options) {
        for await (const event of log.readStream(stream, options)) {
          read += 1;
          yield event;
        }
      };
      return new DecidedStreams(decider, counted, clock);
    };

    beforeEach(async () => {
      for (let index = 0; index < HISTORY; index += 100)
        await execute(
          name(...Array.from({ length: 100 }, (_, offset) => `n${index + offset}`)),
          anEnvelope(index),
          other,
        );
    });

    it('reads after a conflict what others appended, and nothing else', async () => {
      const one = counting();
      await execute(name('own'), anEnvelope(5_001), one);
      expect(read).toBe(HISTORY);
      await execute(name('theirs'), anEnvelope(5_002), other);
      await execute(name('own again'), anEnvelope(5_003), one);
      expect(read).toBe(HISTORY + 1);
      expect((await stored()).slice(HISTORY)).toEqual(['own', 'theirs', 'own again']);
    });

    it('tells again what was done last as of then, and what was done long ago as of now, from its own events alone', async () => {
      const one = counting();
      const last = await execute(name('own'), anEnvelope(5_001), one);
      expect(await execute(name('own'), anEnvelope(5_001), one)).toEqual(last);
      expect(read).toBe(HISTORY + 1);
      await execute(name('later'), anEnvelope(5_002), one);
      const again = await execute(name('own'), anEnvelope(5_001), one);
      expect(again).toMatchObject({ revision: HISTORY + 1, answer: { told: ['own'] } });
      expect(again.answer.names.at(-1)).toBe('later');
      expect(read).toBe(HISTORY + 2);
    });
  });

  describe('after thousands of commands', () => {
    const COMMANDS = 3_000;

    beforeEach(async () => {
      for (let number = 0; number < COMMANDS; number++) await execute(name(`n${number}`), anEnvelope(number));
    });

    it.each([0, 1, 511, 512, 1_023, 1_024, 2_047, COMMANDS - 1])('answers number %i of them again', async (number) => {
      for (const streams of [process, other])
        expect(await execute(name('x'), anEnvelope(number), streams)).toMatchObject({
          answer: { told: [`n${number}`] },
        });
      expect(await stored()).toHaveLength(COMMANDS);
    });

    it('forgets those of more than seven days ago, and remembers what is done again', async () => {
      clock.advance({ days: 7, seconds: 1 });
      for (let number = 0; number < COMMANDS; number++)
        await execute(name(`n${number}`), anEnvelope(COMMANDS + number));
      for (const number of [0, 1_500, COMMANDS - 1]) {
        await execute(name(`again ${number}`), anEnvelope(number));
        for (const streams of [process, other])
          expect(await execute(name('x'), anEnvelope(number), streams)).toMatchObject({
            answer: { told: [`again ${number}`] },
          });
      }
      expect(await stored()).toHaveLength(2 * COMMANDS + 3);
    });
  });

  describe('as appends fail', () => {
    it.each(['answer_lost', 'not_stored'] as const)('says that it does not know: %s', async (fault) => {
      faults.failing(fault);
      await expect(execute(name('a', 'b'))).rejects.toBeInstanceOf(AppendOutcomeUnknown);
      const again = await execute(name('a', 'b'));
      expect(again.answer).toEqual({ names: ['a', 'b'], told: ['a', 'b'], revision: 1 });
      expect(await stored()).toEqual(['a', 'b']);
    });

    it('goes on with what is stored, not with what it had in mind', async () => {
      await execute(name('a'), anEnvelope(1));
      faults.failing('not_stored');
      await expect(execute(name('b'), anEnvelope(2))).rejects.toBeInstanceOf(AppendOutcomeUnknown);
      expect((await execute(name('c'), anEnvelope(3))).answer.names).toEqual(['a', 'c']);
      faults.failing('answer_lost');
      await expect(execute(name('d'), anEnvelope(4))).rejects.toBeInstanceOf(AppendOutcomeUnknown);
      expect((await execute(name('e'), anEnvelope(5))).answer.names).toEqual(['a', 'c', 'd', 'e']);
    });

    it('does not try again by itself where the log is away, nor where it refuses', async () => {
      faults.failing('unavailable');
      await expect(execute(name('a'))).rejects.toBeInstanceOf(EventLogUnavailable);
      expect(faults.appends).toBe(1);
      await expect(execute(name(...Array.from({ length: 6_000 }, () => 'x'.repeat(64))))).rejects.toMatchObject({
        reason: 'too_large',
      });
      expect(await stored()).toEqual([]);
    });

    it('lets the commands behind it in the queue go on', async () => {
      faults.failing('unavailable');
      const [first, second] = await Promise.allSettled([
        execute(name('a'), anEnvelope(1)),
        execute(name('b'), anEnvelope(2)),
      ]);
      expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
      expect(await stored()).toEqual(['b']);
    });
  });

  describe('with other writers', () => {
    it('carries out every command of many in two processes once, in some order', async () => {
      const commands = Array.from({ length: 40 }, (_, index) =>
        execute(name(`n${index}`), anEnvelope(index), index % 2 === 0 ? process : other),
      );
      const answers = await Promise.all(commands);
      expect((await stored()).sort()).toEqual(answers.map((_, index) => `n${index}`).sort());
      expect(new Set(answers.map(({ revision }) => revision)).size).toBe(40);
      for (const { answer: told, revision } of answers) expect((await stored())[revision]).toBe(told.told[0]);
    });

    it('decides again on the tail when another was faster', async () => {
      faults.failing(() => execute(name('theirs'), anEnvelope(2), other));
      expect((await execute(name('mine'), anEnvelope(1))).answer).toEqual({
        names: ['theirs', 'mine'],
        told: ['mine'],
        revision: 1,
      });
    });

    it('decides again with the other’s facts in view: what is not wanted any more is not done', async () => {
      faults.failing(() => execute('only the first', anEnvelope(2), other));
      expect((await execute('only the first', anEnvelope(1))).answer.told).toEqual([]);
      expect(await stored()).toEqual(['first']);
    });

    it('answers from the other when both were given the same command', async () => {
      faults.failing(() => execute(name('a'), anEnvelope(1), other));
      expect((await execute(name('a'), anEnvelope(1))).answer).toEqual({ names: ['a'], told: ['a'], revision: 0 });
      expect(await stored()).toEqual(['a']);
    });

    it('gives up after so many attempts, and says so', async () => {
      let number = 1;
      const interfering = Array.from({ length: 20 }, () => () => execute(name('theirs'), anEnvelope(++number), other));
      faults.failing(...interfering);
      await expect(execute(name('mine'), anEnvelope(1))).rejects.toMatchObject({
        code: 'too_much_contention',
        kind: 'unavailable',
      });
      expect(faults.appends).toBe(10);
      expect(await stored()).not.toContain('mine');
      faults.forgive();
      expect((await execute(name('mine'), anEnvelope(1))).answer.told).toEqual(['mine']);
    });

    it('says no only on the fresh tail: memory alone does not refuse', async () => {
      await execute(name('a'), anEnvelope(1));
      await execute(name('b'), anEnvelope(2), other);
      expect((await execute('refuse unless two', anEnvelope(3))).answer.told).toEqual(['third']);
      await expect(execute('refuse unless two', anEnvelope(4))).rejects.toMatchObject({ code: 'not_two' });
      expect((await execute('nothing', anEnvelope(5))).answer.names).toEqual(['a', 'b', 'third']);
    });
  });

  describe('at a revision that the caller saw', () => {
    it('goes through, or is refused', async () => {
      await execute(name('a'), anEnvelope(1));
      const stale = anEnvelope(2, { expectedRevision: 0 });
      expect((await execute(name('b'), stale)).revision).toBe(1);
      expect((await execute(name('b'), stale)).revision).toBe(1);
      await expect(execute(name('c'), anEnvelope(3, { expectedRevision: 0 }))).rejects.toMatchObject({
        code: 'revision_mismatch',
      });
      await execute(name('theirs'), anEnvelope(4), other);
      expect((await execute(name('c'), anEnvelope(5, { expectedRevision: 2 }))).revision).toBe(3);
    });
  });

  describe('as a dry run', () => {
    const dry = anEnvelope(7, { dryRun: true });

    it('answers what would happen, and nobody learns of it', async () => {
      await execute(name('a'), anEnvelope(1));
      const head = await log.head();
      const tried = await execute(name('b', 'c'), dry);
      expect(tried).toMatchObject({ answer: { names: ['a', 'b', 'c'], told: ['b', 'c'] }, revision: 0, position: 1n });
      expect(await log.head()).toBe(head);
      expect(faults.appends).toBe(1);
      expect(await process.view(STREAM, ({ names }) => [...names])).toEqual(['a']);
      const { dryRun: _, ...real } = dry;
      expect((await execute(name('b'), real)).answer.names).toEqual(['a', 'b']);
    });

    it('is refused as the command would be', async () => {
      await expect(execute('refuse unless two', dry)).rejects.toMatchObject({ code: 'not_two' });
      await expect(execute(name('a'), { ...dry, expectedRevision: 3 })).rejects.toMatchObject({
        code: 'revision_mismatch',
      });
    });
  });

  describe('viewed', () => {
    it('is as fresh as asked for', async () => {
      const names = (age?: number) => process.view(STREAM, ({ names: found }) => [...found], age);
      await execute(name('a'), anEnvelope(1));
      await execute(name('b'), anEnvelope(2), other);
      expect(await names()).toEqual(['a']);
      expect(await names(0)).toEqual(['a', 'b']);
      expect(await names()).toEqual(['a', 'b']);
    });

    it('is read once for all who ask at the same time', async () => {
      await execute(name('a'), anEnvelope(1));
      const reads = faults.reads;
      await execute(name('b'), anEnvelope(2), other);
      const views = Array.from({ length: 5 }, () => process.view(STREAM, ({ names }) => [...names], 0));
      expect(await Promise.all(views)).toEqual(Array.from({ length: 5 }, () => ['a', 'b']));
      expect(faults.reads - reads).toBe(1);
      await execute(name('c'), anEnvelope(3), other);
      expect(await process.view(STREAM, ({ names }) => [...names], 0)).toEqual(['a', 'b', 'c']);
      expect(faults.reads - reads).toBe(2);
    });

    it('is nothing where nothing is', async () => {
      expect(await process.view('alias-none', ({ names }, revision) => [names.length, revision])).toEqual([0, -1]);
    });
  });

  it('refuses to work on a stream that it cannot read', async () => {
    await execute(name('a'), anEnvelope(1));
    const metadata = { ...anEnvelope(2), schemaVersion: 99, recordedAt: clock.now(), effectiveAt: clock.now() };
    await log.append(STREAM, [{ id: 'later', type: 'AliasReserved', data: {}, metadata: metadata as never }], 'any');
    await expect(execute(name('b'), anEnvelope(3), other)).rejects.toThrow('does not know');
    await expect(execute(name('b'), anEnvelope(3))).rejects.toThrow('does not know');
    await expect(process.view(STREAM, () => null, 0)).rejects.toThrow('does not know');
  });
});

describe('queues by key', () => {
  it('run the tasks of one key one by one, of others beside it, whatever fails', async () => {
    const queues = new SerialQueues();
    const told: string[] = [];
    const gate = Promise.withResolvers<void>();
    const task = (text: string, wait?: Promise<void>) => async () => {
      told.push(`${text} begins`);
      await wait;
      told.push(`${text} ends`);
      if (text === 'b') throw new Error('b failed');
    };
    const first = queues.run('one', task('a', gate.promise));
    const second = queues.run('one', task('b'));
    const third = queues.run('one', task('c'));
    await queues.run('two', task('x'));
    expect(told).toEqual(['a begins', 'x begins', 'x ends']);
    gate.resolve();
    await first;
    await expect(second).rejects.toThrow('b failed');
    await third;
    expect(told.slice(3)).toEqual(['a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });
});
