import { DomainError, EventLogUnavailable, type EventLog } from '#kernel';
import type { ProjectionStatuses } from '#projection';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { Looking } from './looking.js';

const HEAD = 7n;
const FAILURE = 'Could not look.';

describe('a worker that looks for what is to be done', () => {
  let stopping: AbortController;
  let told: Record<string, unknown>[];
  /** What was asked of the read models. */
  let waited: unknown[];
  let looking: Looking;

  /** Does as it is told look by look, and stops with the last of them. */
  const again = async (steps: readonly (() => Promise<unknown>)[], milliseconds = 0): Promise<void> => {
    const left = [...steps];
    const look = (): Promise<unknown> => {
      const step = left.shift()!;
      if (left.length === 0) stopping.abort();
      return step();
    };
    const note = { write: (line: string) => void told.push(JSON.parse(line) as Record<string, unknown>) };
    const { signal } = stopping;
    await looking.again(look, { signal, logger: pino({}, note), milliseconds, failure: FAILURE });
    expect(left).toEqual([]);
  };
  const nothing = (): Promise<void> => Promise.resolve();

  beforeEach(() => {
    stopping = new AbortController();
    told = [];
    waited = [];
    const statuses: Pick<ProjectionStatuses, 'waitFor'> = {
      waitFor: (names, position) => Promise.resolve(void waited.push([names, position])),
    };
    const log: Pick<EventLog, 'head'> = { head: () => Promise.resolve(HEAD) };
    looking = new Looking(statuses as ProjectionStatuses, log as EventLog);
  });

  it('goes on after a look that failed, and tells of that', async () => {
    await again([() => Promise.reject(new Error('broken')), nothing]);
    expect(told).toMatchObject([{ msg: FAILURE, err: { message: 'broken' } }]);
  });

  it.each([
    ['the event store is away', new EventLogUnavailable('away')],
    ['the database is away', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })],
    ['read models are behind', new DomainError('read_model_behind', 'Not yet.', 'behind')],
  ])('tells nothing while %s', async (_, failure) => {
    await again([() => Promise.reject(failure), nothing]);
    expect(told).toEqual([]);
  });

  it('tells nothing of a look that was stopped', async () => {
    await again([nothing, () => Promise.reject(new Error('stopped'))]);
    expect(told).toEqual([]);
  });

  it('looks at once where there is more, and does not sit a pause out once it is stopped', async () => {
    await again([() => Promise.resolve(true), () => Promise.resolve(true), nothing], 3_600_000);
  });

  it('goes by what read models show once they are up to date', async () => {
    const shown = [['long settled'], ['to be done']];
    const found = await looking.found(['agenda'], () => Promise.resolve(shown.shift()!), stopping.signal);
    expect(found).toEqual({ things: ['to be done'], head: HEAD });
    expect(waited).toEqual([[['agenda'], HEAD]]);
  });

  it('waits for nothing where they show nothing', async () => {
    expect(await looking.found(['agenda'], () => Promise.resolve([]), stopping.signal)).toBeUndefined();
    expect(waited).toEqual([]);
  });
});
