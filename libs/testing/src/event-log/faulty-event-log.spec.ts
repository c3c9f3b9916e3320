import { AppendOutcomeUnknown, EventLogUnavailable, WrongExpectedRevision } from '#kernel';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { describeEventLog } from './event-log.contract.js';
import { Crash, FaultyEventLog } from './faulty-event-log.js';
import { InMemoryEventLog } from './in-memory-event-log.js';
import { collect, events } from './samples.js';
import { describeSubscriptions } from './subscriptions.contract.js';

const faultless = () => new FaultyEventLog(new InMemoryEventLog());
describeEventLog('a faulty log without a fault', faultless);
describeSubscriptions('a faulty log without a fault', faultless);

describe('a faulty event log', () => {
  let log: FaultyEventLog;

  beforeEach(() => {
    log = faultless();
  });

  const stored = async () => (await collect(log.readStream('account-a'))).length;

  it.each([
    ['answer_lost', AppendOutcomeUnknown, 1],
    ['not_stored', AppendOutcomeUnknown, 0],
    ['unavailable', EventLogUnavailable, 0],
    ['crash_before', Crash, 0],
    ['crash_after', Crash, 1],
  ] as const)('answers %s with %p', async (fault, error, count) => {
    await expect(log.failing(fault).append('account-a', events(1), 'no_stream')).rejects.toThrow(error);
    await expect(stored()).resolves.toBe(count);
  });

  it('fails each append as planned, and the later ones not at all', async () => {
    log.failing(null, 'not_stored');
    await log.append('account-a', events(1), 'no_stream');
    await expect(log.append('account-a', events(1), 0)).rejects.toThrow(AppendOutcomeUnknown);
    await log.append('account-a', events(1), 0);
    expect(log.appends).toBe(3);
  });

  it('lets another writer get in between', async () => {
    await log.append('account-a', events(1), 'no_stream');
    log.failing(() => log.append('account-a', events(1), 0));
    await expect(log.append('account-a', events(1), 0)).rejects.toThrow(WrongExpectedRevision);
    await expect(stored()).resolves.toBe(2);
  });
});
