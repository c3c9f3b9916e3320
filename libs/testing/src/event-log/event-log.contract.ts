import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type EventLog, type LogFilter, WrongExpectedRevision } from '#kernel';

import { aStream, anEvent, collect, events } from './samples.js';

/**
 * What every event log must do, seen through the port. Ids in brackets name section and row of the protocol notes.
 * @param open asked for before the first case; what it opens is disposed of after the last one
 */
export const describeEventLog = (name: string, open: () => EventLog): void => {
  describe(`the event log on ${name}`, () => {
    let log: EventLog;

    beforeAll(() => {
      log = open();
    });

    afterAll(() => log.dispose());

    const numbersOf = async (stream: string): Promise<unknown[]> =>
      (await collect(log.readStream(stream))).map(({ data }) => data.number);

    describe('appends', () => {
      it('and gives back what it was given [2.6-event]', async () => {
        const stream = aStream();
        const proposed = events(2);
        const appended = await log.append(stream, proposed, 'no_stream');
        const stored = await collect(log.readStream(stream));
        expect(stored).toEqual(
          proposed.map((event, revision) => ({ ...event, stream, revision, position: expect.any(BigInt) })),
        );
        expect(appended).toEqual({ revision: 1, position: stored[1]?.position });
      });

      it('to a stream that must not exist, once [2.5-no-stream]', async () => {
        const stream = aStream();
        await log.append(stream, events(1), 'no_stream');
        await expect(log.append(stream, events(1), 'no_stream')).rejects.toThrow(WrongExpectedRevision);
      });

      it('at the revision that the stream has, and at no other [2.5-exact]', async () => {
        const stream = aStream();
        await log.append(stream, events(2), 'no_stream');
        await expect(log.append(stream, events(1), 0)).rejects.toMatchObject({ stream, expected: 0 });
        await expect(log.append(stream, events(1), 2)).rejects.toThrow(WrongExpectedRevision);
        await expect(log.append(stream, events(1), 1)).resolves.toMatchObject({ revision: 2 });
      });

      it('wherever the stream stands [2.5-any]', async () => {
        const stream = aStream();
        await log.append(stream, events(1), 'any');
        await expect(log.append(stream, events(1), 'any')).resolves.toMatchObject({ revision: 1 });
      });

      it('the same events once, however often they are sent at the same revision [2.5-exact-behind-all-match]', async () => {
        const stream = aStream();
        const first = events(2);
        const second = events(2);
        const appended = await log.append(stream, first, 'no_stream');
        await log.append(stream, second, 1);
        await expect(log.append(stream, first, 'no_stream')).resolves.toEqual(appended);
        await expect(log.append(stream, second, 1)).resolves.toMatchObject({ revision: 3 });
        await expect(numbersOf(stream)).resolves.toEqual([0, 1, 0, 1]);
      });

      it('from many at once, each in its place [2.4-concurrent]', async () => {
        const streams = Array.from({ length: 40 }, () => aStream());
        await Promise.all(
          streams.map(async (stream) => {
            for (let revision = -1; revision < 9; revision++) {
              await log.append(stream, [anEvent(revision + 1)], revision < 0 ? 'no_stream' : revision);
            }
          }),
        );
        for (const stream of streams) expect(await numbersOf(stream)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      }, 30_000);

      it('nothing if there is nothing', async () => {
        await expect(log.append(aStream(), [], 'any')).rejects.toThrow(RangeError);
      });
    });

    describe('reads a stream', () => {
      const stream = aStream();
      beforeAll(() => log.append(stream, events(5), 'no_stream'));

      it.each([
        ['forward from its start', {}, [0, 1, 2, 3, 4]],
        ['forward from a revision, itself included', { from: 3 }, [3, 4]],
        ['forward from beyond its end', { from: 9 }, []],
        ['backward from its end', { direction: 'backward' }, [4, 3, 2, 1, 0]],
        ['backward from a revision, itself included', { direction: 'backward', from: 2 }, [2, 1, 0]],
        ['backward from beyond its end', { direction: 'backward', from: 9 }, [4, 3, 2, 1, 0]],
        ['up to a number of events', { limit: 2 }, [0, 1]],
        ['backward up to a number of events', { direction: 'backward', limit: 1 }, [4]],
        ['up to no event at all', { limit: 0 }, []],
      ] as const)('%s [2.6-stream]', async (_case, options, numbers) => {
        const read = await collect(log.readStream(stream, options));
        expect(read.map(({ data }) => data.number)).toEqual(numbers);
      });

      it('that was never written as one without events [2.6-never-written]', async () => {
        await expect(collect(log.readStream(aStream()))).resolves.toEqual([]);
      });

      it('as far as somebody wants it', async () => {
        for await (const event of log.readStream(stream)) if (event.revision === 1) break;
        await expect(numbersOf(stream)).resolves.toHaveLength(5);
      });
    });

    describe('reads the whole log', () => {
      const category = aStream('whole');
      const filter: LogFilter = { streamPrefixes: [category] };

      it('by stream prefix, in the order of its positions [2.6-filter-stream]', async () => {
        await log.append(`${category}-a`, events(2), 'no_stream');
        await log.append(`${category}-b`, events(1), 'no_stream');
        await log.append(aStream(), events(1), 'no_stream');
        await log.append(`${category}-a`, events(1), 1);
        const read = await collect(log.readAll({ filter }));
        expect(read.map(({ stream }) => stream.at(-1))).toEqual(['a', 'a', 'b', 'a']);
        const positions = read.map(({ position }) => position);
        expect(positions).toEqual([...positions].sort((a, b) => (a < b ? -1 : 1)));
        expect(new Set(positions).size).toBe(4);
      });

      it('by event type [2.6-filter-type]', async () => {
        const type = aStream('Type');
        await log.append(aStream(), [anEvent(1, `${type}A`), anEvent(2), anEvent(3, `${type}B`)], 'no_stream');
        const read = await collect(log.readAll({ filter: { typePrefixes: [`${type}A`, `${type}B`] } }));
        expect(read.map(({ data }) => data.number)).toEqual([1, 3]);
      });

      it('after a position, itself excluded', async () => {
        const [, second] = await collect(log.readAll({ filter }));
        const rest = await collect(log.readAll({ filter, after: second?.position ?? 0n }));
        expect(rest).toHaveLength(2);
      });

      it('to where it ends, which is its head', async () => {
        const { position } = await log.append(aStream(), events(1), 'no_stream');
        await expect(log.head()).resolves.toBeGreaterThanOrEqual(position);
        await expect(collect(log.readAll({ filter, after: position }))).resolves.toEqual([]);
      });

      it('only with a filter that names something', async () => {
        await expect(collect(log.readAll({ filter: { streamPrefixes: [] } }))).rejects.toThrow(/prefix/u);
      });
    });
  });
};
