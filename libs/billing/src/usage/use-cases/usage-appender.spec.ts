import { decodeEvent, USAGE_SHARDS, usageStream, type UsageFact } from '#contracts';
import { derivedId, EventLogUnavailable, type LoggedEvent } from '#kernel';
import { anEnvelope, at, FaultyEventLog, InMemoryEventLog, TENANT } from '#testing';
import { ChainedEventLog } from '#write-path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AccountReading } from '../packing.js';
import { UsageAppender } from './usage-appender.js';

const NOW = at('2026-01-31T00:00:00Z');
const ACCOUNTS = Array.from({ length: 1_000 }, (_, number) => derivedId('acc', 'spec', number));
const REQUEST = anEnvelope(1);

const reading = (accountId: AccountReading['accountId'], id = 'r'): AccountReading => ({
  accountId,
  id,
  event: 'call',
  at: NOW,
  properties: { tokens: '1' },
});

describe('readings on their way into the log', () => {
  let log: InMemoryEventLog;
  let faults: FaultyEventLog;

  beforeEach(() => {
    log = new InMemoryEventLog();
    faults = new FaultyEventLog(log);
  });

  /** A process, which knows nothing of another one. */
  const process = (): UsageAppender => new UsageAppender(new ChainedEventLog(faults));

  const stored = async (): Promise<LoggedEvent[]> =>
    Array.fromAsync(log.readAll({ filter: { streamPrefixes: ['usage-'] } }));
  const recorded = (events: readonly LoggedEvent[]): string[] =>
    events.flatMap((event) => {
      const { fact } = decodeEvent<UsageFact>(event);
      const accounts = fact.type === 'UsageRecorded' ? fact.data.accounts : [];
      return accounts.flatMap(({ accountId, readings }) => readings.map(({ id }) => `${accountId} ${id}`));
    });
  const namesOf = (readings: readonly AccountReading[]): string[] =>
    readings.map(({ accountId, id }) => `${accountId} ${id}`).sort();

  it('of 1,000 accounts make one append for each of sixteen streams', async () => {
    const readings = ACCOUNTS.map((accountId) => reading(accountId));
    await process().append(REQUEST, 16, readings, NOW);
    const events = await stored();
    expect(faults.appends).toBe(16);
    expect(events).toHaveLength(16);
    expect(new Set(events.map(({ stream }) => stream)).size).toBe(16);
    expect(recorded(events).sort()).toEqual(namesOf(readings));
  });

  it.each(USAGE_SHARDS)('go to the stream of their account, of %i that the tenant has', async (shards) => {
    await process().append(
      REQUEST,
      shards,
      ACCOUNTS.slice(0, 100).map((accountId) => reading(accountId)),
      NOW,
    );
    const events = await stored();
    expect(events.length).toBeLessThanOrEqual(shards);
    for (const { stream, data } of events)
      for (const { accountId } of data['accounts'] as unknown as AccountReading[])
        expect(stream).toBe(usageStream(TENANT, accountId, shards));
  });

  it('name an account beside them only where they are of it alone', async () => {
    const appender = process();
    const [one, other] = ACCOUNTS as [AccountReading['accountId'], AccountReading['accountId']];
    await appender.append(anEnvelope(1), 1, [reading(one)], NOW);
    await appender.append(anEnvelope(2), 1, [reading(one, 's'), reading(other, 's')], NOW);
    const [alone, together] = (await stored()).map(({ metadata }) => metadata);
    expect(alone).toMatchObject({ accountId: one });
    expect(together).not.toHaveProperty('accountId');
  });

  it.each(['unavailable', 'not_stored', 'answer_lost', 'crash_before', 'crash_after'] as const)(
    'are there once after a request that got half way (%s), and was sent again to another process',
    async (fault) => {
      const readings = ACCOUNTS.flatMap((accountId) => [reading(accountId, 'a'), reading(accountId, 'b')]);
      const first = process();
      faults.failing(null, null, fault, null, fault, fault, null, fault);
      await expect(first.append(REQUEST, 16, readings, NOW)).rejects.toThrow();
      const half = await stored();
      expect(half.length).toBeGreaterThan(0);
      expect(half.length).toBeLessThanOrEqual(16);
      faults.forgive();
      await process().append(REQUEST, 16, readings, NOW);
      expect(recorded(await stored()).sort()).toEqual(namesOf(readings));
    },
  );

  it('are refused where the log is away', async () => {
    faults.failing('unavailable');
    await expect(process().append(REQUEST, 16, [reading(ACCOUNTS[0]!)], NOW)).rejects.toThrow(EventLogUnavailable);
  });
});
