import { chainOf, storedChain } from '#contracts';
import {
  AppendOutcomeUnknown,
  AppendRefused,
  EventLogUnavailable,
  type LoggedEvent,
  type ProposedEvent,
} from '#kernel';
import { aStream, anEvent, collect, events, FaultyEventLog, InMemoryEventLog } from '#testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { chained, chainedId, NO_EVENTS } from './chain-end.js';
import { ChainedEventLog } from './chained-event-log.js';

describe('a chained log', () => {
  let log: InMemoryEventLog;
  let faults: FaultyEventLog;
  let process: ChainedEventLog;
  let other: ChainedEventLog;
  const stream = 'usage-test';

  beforeEach(() => {
    log = new InMemoryEventLog();
    faults = new FaultyEventLog(log);
    process = new ChainedEventLog(faults);
    other = new ChainedEventLog(log);
  });

  const stored = (of = stream): Promise<LoggedEvent[]> => collect(log.readStream(of));
  const numbers = async (): Promise<unknown[]> => (await stored()).map(({ data }) => data['number']);

  /** As a command's: sent again it comes at another moment. */
  const ofCommand = (commandId: string, moment = '2026-01-01T00:00:00Z'): ProposedEvent => ({
    ...anEvent(),
    id: commandId,
    data: { number: commandId },
    metadata: { commandId, recordedAt: moment },
  });

  const expectChained = async (of = stream): Promise<void> => {
    let last: string | undefined;
    for (const event of await stored(of)) {
      expect(storedChain(event)).toBe(chainOf(last, event));
      last = storedChain(event);
      expect(event.id).toBe(chainedId(last!));
    }
    expect(last).toBeDefined();
  };

  it('ties every event to the one before it, whoever of two processes appends it', async () => {
    const commands = (...ids: string[]) => ids.map((id) => ofCommand(id));
    await process.append(stream, commands('a', 'b', 'c'), 'no_stream');
    await process.append(stream, commands('d'), 2);
    await other.append(stream, commands('e', 'f'), 3);
    await process.append(stream, commands('g', 'h'), 5);
    await process.append(stream, commands('i'), 'any');
    await other.append(stream, commands('j'), 'any');
    expect(await stored()).toHaveLength(10);
    await expectChained();
    const [first] = await stored();
    expect(first!.metadata).toMatchObject({ commandId: 'a', chain: expect.stringMatching(/^[\w-]{43}$/) });
  });

  it('differs with the stream, the place and all that an event says', () => {
    const event = { stream, revision: 4, type: 'Counted', data: { amount: '12' }, metadata: { reason: 'x' } };
    const changes = [
      { stream: 'usage-other' },
      { revision: 5 },
      { type: 'Count' },
      { data: { amount: '13' } },
      { metadata: { reason: 'y' } },
    ];
    const chains = [chainOf('before', event), chainOf(undefined, event), chainOf('befor', event)];
    for (const change of changes) chains.push(chainOf('before', { ...event, ...change }));
    expect(new Set(chains).size).toBe(8);
    expect(chainOf('before', { ...event, metadata: { ...event.metadata, chain: 'own' } })).toBe(chains[0]);
  });

  it.each([
    ['as it was written down for its id', { data: '{"number":1,"text":"größer"}' }],
    ['where it was not written down yet', undefined],
  ])('hands on what it hashed, to be stored %s', (_, text) => {
    const data = { number: 1, text: 'größer' };
    const event = { id: 'x', type: 'Counted', data, ...(text && { text }) };
    const { events: chainedEvents } = chained(
      stream,
      [
        { ...event, metadata: { by: 'spec', chain: 'of another stream' } },
        { ...event, metadata: {} },
      ],
      NO_EVENTS,
    );
    expect(chainedEvents.map((one) => one.text)).toEqual(
      chainedEvents.map((one) => ({ data: JSON.stringify(one.data), metadata: JSON.stringify(one.metadata) })),
    );
  });

  it('begins where the first event is that has a chain, and goes on', async () => {
    await log.append(stream, events(2), 'no_stream');
    await process.append(stream, events(2), 1);
    await other.append(stream, events(1), 'any');
    const [, old, first, second, third] = await stored();
    expect(storedChain(old!)).toBeUndefined();
    expect(storedChain(first!)).toBe(chainOf(undefined, first!));
    expect(storedChain(second!)).toBe(chainOf(storedChain(first!), second!));
    expect(storedChain(third!)).toBe(chainOf(storedChain(second!), third!));
  });

  it('reads no stream for the next append to it', async () => {
    await process.append(stream, events(1), 'no_stream');
    await process.append(stream, events(1), 0);
    await process.append(stream, events(1), 'any');
    await process.append(stream, events(1), 'any');
    expect(faults.reads).toBe(0);
    await collect(process.readStream(stream));
    await process.append(stream, events(1), 3);
    expect(faults.reads).toBe(1);
  });

  it('does not take another’s append for its own', async () => {
    await process.append(stream, [ofCommand('a')], 'no_stream');
    const mine = ofCommand('b', '2026-01-01T00:00:01Z');
    await other.append(stream, [{ ...mine, metadata: { ...mine.metadata, recordedAt: '2026-01-01T00:00:02Z' } }], 0);
    await expect(process.append(stream, [mine], 0)).rejects.toMatchObject({ name: 'WrongExpectedRevision' });
    await expect(process.append(stream, [mine], 'any')).resolves.toMatchObject({ revision: 1 });
    await process.append(stream, [ofCommand('c')], 1);
    expect(await numbers()).toEqual(['a', 'b', 'c']);
    await expectChained();
  });

  it('takes the very same append again for the first', async () => {
    const first = events(2);
    const appended = await process.append(stream, first, 'no_stream');
    await expect(process.append(stream, first, 'no_stream')).resolves.toEqual(appended);
    await expect(other.append(stream, first, 'no_stream')).resolves.toEqual(appended);
    await process.append(stream, events(1), 1);
    await expectChained();
  });

  it('refuses what is behind no event', async () => {
    await process.append(stream, events(1), 'no_stream');
    await expect(other.append(stream, events(1), 7)).rejects.toMatchObject({ name: 'WrongExpectedRevision' });
  });

  describe('where a stream ends, whatever stands there', () => {
    it('takes the appends of many in two processes, each once, each at its place', async () => {
      const logs = [process, other, new ChainedEventLog(log)];
      const places = await Promise.all(
        Array.from({ length: 300 }, async (_, number) => {
          const { revision } = await logs[number % 3]!.append(stream, [ofCommand(`${number}`)], 'any');
          return [revision, `${number}`];
        }),
      );
      const all = await numbers();
      expect(all).toHaveLength(300);
      for (const [revision, number] of places) expect(all[revision as number]).toBe(number);
      await expectChained();
    });

    it('lets those that wait go together', async () => {
      await Promise.all(
        Array.from({ length: 200 }, (_, number) => process.append(stream, events(1 + (number % 3)), 'any')),
      );
      expect(faults.appends).toBeLessThan(5);
      expect(await stored()).toHaveLength(399);
      await expectChained();
    });

    it.each(['answer_lost', 'not_stored'] as const)('stores it once when it is sent again: %s', async (fault) => {
      await process.append(stream, [ofCommand('a')], 'any');
      faults.failing(fault);
      await expect(process.append(stream, [ofCommand('b')], 'any')).rejects.toBeInstanceOf(AppendOutcomeUnknown);
      await other.append(stream, [ofCommand('c')], 'any');
      await collect(process.readStream(stream));
      const again = await process.append(stream, [ofCommand('b', '2026-01-01T00:00:05Z')], 'any');
      expect((await numbers()).filter((number) => number === 'b')).toEqual(['b']);
      expect((await numbers())[again.revision]).toBe('b');
      await process.append(stream, [ofCommand('d')], 'any');
      expect(await numbers()).toHaveLength(4);
      await expectChained();
    });

    it('knows it again after a restart, and in another process', async () => {
      faults.failing('answer_lost');
      const two = [ofCommand('a'), { ...ofCommand('a'), id: 'a, second', data: { number: 'second' } }];
      await expect(process.append(stream, two, 'any')).rejects.toBeInstanceOf(AppendOutcomeUnknown);
      await expect(other.append(stream, two, 'any')).resolves.toMatchObject({ revision: 1, position: 2n });
      await expect(new ChainedEventLog(log).append(stream, two, 'any')).resolves.toMatchObject({ revision: 1 });
      expect(await stored()).toHaveLength(2);
    });

    const numbered = (count: number, moment?: string) =>
      Array.from({ length: count }, (_, number) => ofCommand(`${number}`, moment));
    const appended = (by: ChainedEventLog, all: readonly ProposedEvent[]) =>
      Promise.all(all.map((event) => by.append(stream, [event], 'any')));

    it('knows it again behind all that was appended with it and since', async () => {
      await appended(other, [ofCommand('mine'), ...numbered(1_500)]);
      await expect(process.append(stream, [ofCommand('mine')], 'any')).resolves.toMatchObject({ revision: 0 });
      expect(await stored()).toHaveLength(1_501);
    });

    it('knows it again behind any number that was appended within the minute', async () => {
      await appended(other, [ofCommand('mine'), ...numbered(3_000)]);
      await expect(process.append(stream, [ofCommand('mine')], 'any')).resolves.toMatchObject({ revision: 0 });
      expect(await stored()).toHaveLength(3_001);
    });

    it('knows what nobody answered again behind any number that was appended since', async () => {
      await process.append(stream, [ofCommand('a')], 'any');
      faults.failing('answer_lost');
      await expect(process.append(stream, [ofCommand('mine')], 'any')).rejects.toBeInstanceOf(AppendOutcomeUnknown);
      await appended(other, numbered(3_000, '2026-01-01T00:10:00Z'));
      const again = process.append(stream, [ofCommand('mine', '2026-01-01T00:20:00Z')], 'any');
      await expect(again).resolves.toMatchObject({ revision: 1 });
      expect(await stored()).toHaveLength(3_002);
      await expectChained();
    });

    it('looks for what another process was asked for when it comes again, where it could not be looked for', async () => {
      await appended(other, [ofCommand('mine'), ...numbered(100)]);
      await collect(process.readStream(stream));
      faults.readsFailing = 1;
      const asked = process.appendUnlessStored(stream, [ofCommand('mine')]);
      await expect(asked).rejects.toBeInstanceOf(EventLogUnavailable);
      const again = process.append(stream, [ofCommand('mine', '2026-01-01T00:10:00Z')], 'any');
      await expect(again).resolves.toMatchObject({ revision: 0 });
    });

    it('looks for each append of a command where that was sent', async () => {
      const part = (name: string): ProposedEvent => ({ ...ofCommand('a'), id: name, data: { number: name } });
      const parts = [part('first'), part('second')];
      for (const one of parts) {
        faults.failing('answer_lost');
        await expect(process.append(stream, [one], 'any')).rejects.toBeInstanceOf(AppendOutcomeUnknown);
        await appended(other, numbered(20));
      }
      for (const one of parts) await process.append(stream, [one], 'any');
      expect(await stored()).toHaveLength(42);
    });

    it('looks no further back than to what was recorded long before, nor than an end that it knew', async () => {
      await appended(other, numbered(3_000));
      await process.append(stream, [ofCommand('b', '2026-01-01T00:02:00Z')], 'any');
      expect(faults.reads).toBe(1);
      await appended(other, numbered(3_000));
      await process.append(stream, [ofCommand('c')], 'any');
      expect(faults.reads).toBe(3);
      expect((await numbers()).slice(-1)).toEqual(['c']);
      await expectChained();
    });

    it('appends nothing that another process was asked for and has stored, whatever it knows of the stream', async () => {
      const given = numbered(50);
      await appended(other, given.slice(0, 40));
      await collect(process.readStream(stream));
      const places = await Promise.all(given.map((event) => process.appendUnlessStored(stream, [event])));
      expect(places.slice(0, 40).map(({ revision }) => revision)).toEqual(given.slice(0, 40).map((_, index) => index));
      expect(await numbers()).toEqual(given.map(({ data }) => data['number']));
      await expectChained();
    });

    it('stores each of several once that nobody answered and that are sent again, one after the other', async () => {
      await process.append(stream, [ofCommand('a')], 'any');
      // Alone or with the others, the first is answered as they are.
      faults.failing('answer_lost', 'answer_lost');
      const given = numbered(20);
      const outcomes = await Promise.allSettled(given.map((event) => process.append(stream, [event], 'any')));
      expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(20);
      faults.forgive();
      await Promise.all(given.slice(0, 10).map((event) => process.append(stream, [event], 'any')));
      await process.append(stream, [ofCommand('b')], 'any');
      for (const event of given.slice(10)) await process.append(stream, [event], 'any');
      expect(await numbers()).toEqual(['a', ...given.map(({ data }) => data['number']), 'b']);
      await expectChained();
    });

    it('looks for what it sent itself as far back as it may stand, beside what another process was asked for', async () => {
      await process.append(stream, [ofCommand('a')], 'any');
      faults.failing('answer_lost');
      await expect(process.append(stream, [ofCommand('b')], 'any')).rejects.toBeInstanceOf(AppendOutcomeUnknown);
      await appended(other, numbered(100));
      const late = '2026-01-01T00:05:00Z';
      const places = await Promise.all([
        process.appendUnlessStored(stream, [ofCommand('c', late)]),
        process.append(stream, [ofCommand('b', late)], 'any'),
      ]);
      expect(places.map(({ revision }) => revision)).toEqual([102, 1]);
      await expectChained();
    });

    it('refuses one that is too large, and not those beside it', async () => {
      const large = { ...anEvent(), data: { number: 'x'.repeat(1024 * 1024) } };
      const outcomes = await Promise.allSettled([
        process.append(stream, [ofCommand('a')], 'any'),
        process.append(stream, [ofCommand('b')], 'any'),
        process.append(stream, [large], 'any'),
        process.append(stream, [ofCommand('c')], 'any'),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
      expect(outcomes[2]).toMatchObject({ reason: expect.any(AppendRefused) });
      expect(await numbers()).toEqual(['a', 'b', 'c']);
      await expectChained();
    });

    it('fails for those whose append failed, and goes on with the next', async () => {
      faults.failing('unavailable');
      await expect(process.append(stream, [ofCommand('a')], 'any')).rejects.toBeInstanceOf(EventLogUnavailable);
      await process.append(stream, [ofCommand('b')], 'any');
      expect(await numbers()).toEqual(['b']);
      await expect(process.append(aStream(), [], 'any')).rejects.toBeInstanceOf(RangeError);
    });
  });
});
