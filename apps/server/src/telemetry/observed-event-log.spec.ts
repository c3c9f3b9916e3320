import { aStream, describeEventLog, describeSubscriptions, events, FaultyEventLog, InMemoryEventLog } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { Metrics } from './metrics.js';
import { ObservedEventLog } from './observed-event-log.js';

const observed = () => new ObservedEventLog(new InMemoryEventLog(), new Metrics());

describeEventLog('a log that is watched', observed);
describeSubscriptions('a log that is watched', observed);

describe('a log that is watched', () => {
  it('counts appends by what became of them', async () => {
    const metrics = new Metrics();
    const faulty = new FaultyEventLog(new InMemoryEventLog()).failing(null, null, 'answer_lost', 'unavailable');
    const log = new ObservedEventLog(faulty, metrics);
    const stream = aStream('account');
    await log.append(stream, events(2), 'no_stream');
    await expect(log.append(stream, events(1), 'no_stream')).rejects.toThrow('is not at');
    await expect(log.append(stream, events(1), 'any')).rejects.toThrow();
    await expect(log.append(stream, events(1), 'any')).rejects.toThrow();
    const { values } = await metrics.appends.get();
    expect(values.map(({ labels, value }) => [labels['category'], labels['result'], value])).toEqual([
      ['account', 'ok', 1],
      ['account', 'conflict', 1],
      ['account', 'failed', 2],
    ]);
    expect((await metrics.appendedEvents.get()).values).toMatchObject([{ labels: { category: 'account' }, value: 2 }]);
  });
});
