import type { RunBilling } from '#billing/billing-run';
import type { EventLog } from '#kernel';
import type { ProjectionStatuses } from '#projection';
import { anId, at, TENANT } from '#testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import type { Pools } from '../core/pools.js';
import { BillingRunReactor } from './billing-run.reactor.js';
import { Looking } from './looking.js';

const RUN = anId('run', 1);
const RUNNING = {
  tenant_id: TENANT,
  run_id: RUN,
  bill_through: at('2026-02-01T00:00:00Z'),
  accounts: null,
  position: 1n,
};
const PATIENCE = 120_000;

describe('the numbers of a billing run', () => {
  /** How many invoices are without one, look by look; the last of these for ever. */
  let unnumbered: number[];
  /** What the process's own clock shows, look by look. */
  let shown: number[];
  let told: Record<string, unknown>[];

  const carriedOut = async (): Promise<void> => {
    const stopping = new AbortController();
    let now = 0;
    // Others in this process look at the clock, too: it goes on with the looks alone.
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    const query = (text: string): Promise<unknown> => {
      if (!text.includes('read.invoices')) return Promise.resolve({ rows: [RUNNING] });
      now = shown.shift() ?? PATIENCE;
      const missing = unnumbered.length > 1 ? unnumbered.shift() : unnumbered[0];
      return Promise.resolve({ rows: [{ missing }] });
    };
    const billing: Pick<RunBilling, 'run'> = {
      run: async (_run, _signal, { settled }) => {
        await settled();
        stopping.abort();
      },
    };
    const log: Pick<EventLog, 'head'> = { head: () => Promise.resolve(1n) };
    const statuses: Pick<ProjectionStatuses, 'waitFor'> = { waitFor: () => Promise.resolve() };
    const looking = new Looking(statuses as ProjectionStatuses, log as EventLog);
    const pools = { projector: { query } } as unknown as Pools;
    const reactor = new BillingRunReactor(billing as RunBilling, looking, pools);
    const note = { write: (line: string) => void told.push(JSON.parse(line) as Record<string, unknown>) };
    await reactor.run(stopping.signal, pino({ level: 'warn' }, note));
  };

  beforeEach(() => {
    unnumbered = [2, 1, 0];
    shown = [];
    told = [];
  });

  afterEach(() => void jest.restoreAllMocks());

  it('are waited for', async () => {
    shown = [0, PATIENCE - 1, PATIENCE];
    await carriedOut();
    expect(unnumbered).toEqual([0]);
    expect(told).toEqual([]);
  });

  it('are not waited for without end, which is told', async () => {
    unnumbered = [3, 2];
    shown = [PATIENCE - 1, PATIENCE];
    await carriedOut();
    expect(told).toMatchObject([{ runId: RUN, unnumbered: 2 }]);
  });
});
