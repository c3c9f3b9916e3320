import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accountDecider, type Account } from '#billing/account';
import { categoryOf, decodeEvent, FACTS, type AccountFact } from '#contracts';
import type { LoggedEvent } from '#kernel';
import { FoldedStream } from '#write-path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventsOf } from '../replay/history.js';
import { history } from './operations.js';
import { World } from './world.js';

const RUNS = Number(process.env['INVARIANT_RUNS'] ?? 200);
const SEED = Number(process.env['INVARIANT_SEED'] ?? 20_261_130);
const MILLISECONDS_PER_RUN = 1_000;
const HISTORIES = fileURLToPath(new URL('../replay/histories', import.meta.url));

type Folded = FoldedStream<Account, AccountFact>;

const begun = (): Folded => new FoldedStream<Account, AccountFact>(accountDecider);

/** As a process would have it that folded the events up to here, the last of them too, from a snapshot. */
const restored = (folded: Folded, last: LoggedEvent): Folded => {
  const next = begun();
  const snapshot = { revision: folded.revision, chain: 'chain', bytes: folded.toBytes() };
  expect(next.restore(snapshot, decodeEvent(last))).toBe(true);
  return next;
};

/** Facts keep what they were given: each fold has its own. */
const take = (folded: Folded, event: LoggedEvent): void => folded.fold(decodeEvent(structuredClone(event)));

const remembered = ({ state, journal, revision, position, recordedAt }: Folded) => ({
  state,
  remembered: journal.remembered(),
  revision,
  position,
  recordedAt,
});

/** Folded in one go, and with a snapshot between any two events: the same at every revision. */
const expectSame = (events: readonly LoggedEvent[]): void => {
  const whole = begun();
  let again = begun();
  for (const event of events) {
    take(whole, event);
    take(again, event);
    again = restored(again, event);
    expect(remembered(again)).toEqual(remembered(whole));
  }
};

/** What a value is made of: of these, a snapshot brings back everything. */
const kindsIn = (value: unknown, found = new Set<string>()): ReadonlySet<string> => {
  if (value === null || typeof value !== 'object') return found;
  found.add(value.constructor.name);
  const parts = value instanceof Map || value instanceof Set ? [...value].flat() : Object.values(value);
  for (const part of parts) kindsIn(part, found);
  return found;
};

const byAccount = (events: readonly LoggedEvent[]) =>
  Map.groupBy(
    events.filter(({ stream }) => categoryOf(stream) === 'account'),
    ({ stream }) => stream,
  );

describe('a snapshot of an account', () => {
  const recorded = readdirSync(HISTORIES).flatMap((version) =>
    eventsOf(join(HISTORIES, version)).map((event, place): LoggedEvent => ({ ...event, position: BigInt(place) })),
  );

  it('and what came behind it are the whole account, after any event of a recorded history', () => {
    const accounts = byAccount(recorded);
    for (const events of accounts.values()) expectSame(events);
    expect(accounts.size).toBeGreaterThan(1);
  });

  it('holds nothing but plain values', () => {
    for (const events of byAccount(recorded).values()) {
      const folded = begun();
      for (const event of events) take(folded, event);
      expect([...kindsIn(folded.state)].filter((kind) => !['Object', 'Array', 'Map', 'Set'].includes(kind))).toEqual(
        [],
      );
    }
  });

  it('is tried with most types of events that an account has', () => {
    const types = new Set([...byAccount(recorded).values()].flat().map(({ type }) => type));
    expect(Object.keys(FACTS).filter((type) => types.has(type)).length).toBeGreaterThan(30);
  });

  it(
    'and what came behind it are the whole account, after any event of any history',
    async () => {
      await fc.assert(
        fc.asyncProperty(history, async (steps) => {
          const world = await World.begin();
          for (const step of steps) await world.take(step);
          expectSame(await Array.fromAsync(world.log.readStream(world.stream)));
        }),
        { numRuns: RUNS, seed: SEED },
      );
    },
    RUNS * MILLISECONDS_PER_RUN,
  );
});
