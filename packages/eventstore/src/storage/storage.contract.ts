import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type NewEvent, type Storage } from './storage.js';

const anEvent = (stream: string, revision: number, position: number): NewEvent => ({
  stream,
  revision,
  position,
  record: Buffer.from(`${stream}/${revision}`),
});

const HISTORY = ['a', 'b', 'a', 'a', 'b', 'c'];

/** What every storage must do. */
export const describeStorage = (name: string, open: () => Storage): void => {
  describe(`storage ${name}`, () => {
    let storage: Storage;
    beforeEach(() => {
      storage = open();
    });
    afterEach(() => storage.close());

    const write = (streams: readonly string[]): void =>
      storage.transaction(() => {
        for (const stream of streams) storage.put(anEvent(stream, storage.lastRevision(stream) + 1, storage.head + 1));
      });

    it('begins empty', () => {
      expect(storage.head).toBe(0);
      expect(storage.lastRevision('a')).toBe(-1);
      expect([...storage.events(1, 'forward')]).toEqual([]);
      expect([...storage.streamEvents('a', 0, 'forward')]).toEqual([]);
    });

    it('keeps events in the order of the log', () => {
      write(HISTORY);
      const positions = (from: number, direction: 'forward' | 'backward') =>
        [...storage.events(from, direction)].map(({ position }) => position);
      expect(storage.head).toBe(6);
      expect(positions(1, 'forward')).toEqual([1, 2, 3, 4, 5, 6]);
      expect(positions(4, 'forward')).toEqual([4, 5, 6]);
      expect(positions(3, 'backward')).toEqual([3, 2, 1]);
      expect(positions(7, 'forward')).toEqual([]);
    });

    it('keeps events in the order of their streams', () => {
      write(HISTORY);
      const places = (stream: string, from: number, direction: 'forward' | 'backward') =>
        [...storage.streamEvents(stream, from, direction)].map(({ revision, position, record }) => {
          expect(record.toString()).toBe(`${stream}/${revision}`);
          return [revision, position];
        });
      expect(storage.lastRevision('a')).toBe(2);
      expect(places('a', 0, 'forward')).toEqual([
        [0, 1],
        [1, 3],
        [2, 4],
      ]);
      expect(places('a', 1, 'forward')).toEqual([
        [1, 3],
        [2, 4],
      ]);
      expect(places('b', 1, 'backward')).toEqual([
        [1, 5],
        [0, 2],
      ]);
      expect(places('b', 99, 'backward')).toEqual([
        [1, 5],
        [0, 2],
      ]);
      expect(places('c', 0, 'forward')).toEqual([[0, 6]]);
    });

    it('sees within a transaction what the transaction wrote', () => {
      storage.transaction(() => {
        storage.put(anEvent('a', 0, 1));
        expect(storage.lastRevision('a')).toBe(0);
        expect([...storage.streamEvents('a', 0, 'forward')]).toHaveLength(1);
        expect(storage.head).toBe(1);
      });
    });

    it('keeps nothing of a transaction that fails', () => {
      write(['a']);
      const failing = (): void =>
        storage.transaction(() => {
          storage.put(anEvent('a', 1, 2));
          storage.put(anEvent('b', 0, 3));
          throw new Error('failed');
        });
      expect(failing).toThrow('failed');
      expect([storage.head, storage.lastRevision('a'), storage.lastRevision('b')]).toEqual([1, 0, -1]);
      write(['b', 'a']);
      expect([...storage.events(1, 'forward')].map(({ record }) => record.toString())).toEqual(['a/0', 'b/0', 'a/1']);
    });

    it('tells streams with very long names apart', () => {
      const long = 'x'.repeat(5_000);
      write([`${long}1`, `${long}2`, `${long}1`]);
      expect([storage.lastRevision(`${long}1`), storage.lastRevision(`${long}2`)]).toEqual([1, 0]);
    });
  });
};
