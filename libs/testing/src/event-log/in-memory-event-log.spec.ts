import { AppendRefused } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { describeEventLog } from './event-log.contract.js';
import { InMemoryEventLog } from './in-memory-event-log.js';
import { aStream, anEvent, collect, events } from './samples.js';
import { describeSubscriptions } from './subscriptions.contract.js';

describeEventLog('memory', () => new InMemoryEventLog());
describeSubscriptions('memory', () => new InMemoryEventLog());

describe('the event log in memory', () => {
  it('gives each reader a copy of its own', async () => {
    const log = new InMemoryEventLog();
    const stream = aStream();
    await log.append(stream, events(1), 'no_stream');
    const [first] = await collect(log.readStream(stream));
    (first!.data as { number: number }).number = 7;
    const [again] = await collect(log.readStream(stream));
    expect(again!.data.number).toBe(0);
  });

  it('refuses what is too large for the real one, and takes nothing of it', async () => {
    const log = new InMemoryEventLog();
    const large = { ...anEvent(), data: { text: 'x'.repeat(1024 * 1024) } };
    await expect(log.append('account-a', [anEvent(), large], 'any')).rejects.toThrow(AppendRefused);
    await expect(collect(log.readStream('account-a'))).resolves.toEqual([]);
  });
});
