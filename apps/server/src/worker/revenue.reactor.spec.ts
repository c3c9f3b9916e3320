import type { MonthToBook, RecognizeRevenues } from '#billing/revenue';
import type { EventLog } from '#kernel';
import type { ProjectionStatuses } from '#projection';
import { anId, at, FixedClock, TENANT } from '#testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import type { Pools } from '../core/pools.js';
import type { ClockWatch } from './clock-watch.js';
import { Looking } from './looking.js';
import { RevenueReactor } from './revenue.reactor.js';

const MINUTES_TEN = 600_000;
const REAL = anId('acc', 1);
const ON_A_CLOCK = anId('acc', 2);

describe('months that are over', () => {
  /** What the read models show as open, by account; booking takes it away. */
  let open: Map<string, string[]>;
  let refused: string[];
  let booked: string[];
  let told: Record<string, unknown>[];
  let shown: number;
  let believed: boolean;

  beforeEach(() => {
    open = new Map([
      [REAL, ['2026-01', '2026-02']],
      [ON_A_CLOCK, ['2030-01', '2030-02']],
    ]);
    [refused, booked, told, shown, believed] = [[], [], [], 0, true];
    jest.spyOn(performance, 'now').mockImplementation(() => shown);
  });

  afterEach(() => void jest.restoreAllMocks());

  /** Looks once for each of the moments, in milliseconds since the start. */
  const looks = async (...moments: readonly number[]): Promise<void> => {
    const stopping = new AbortController();
    const pageOf = (byTestClock: boolean) => {
      const account = byTestClock ? ON_A_CLOCK : REAL;
      const [month] = open.get(account)!;
      return month === undefined ? [] : [{ tenant_id: TENANT, account_id: account, month }];
    };
    const query = (_: string, [, byTestClock]: readonly unknown[]) =>
      Promise.resolve({ rows: pageOf(byTestClock === true) });
    const revenues: Pick<RecognizeRevenues, 'book'> = {
      book: (_, months: readonly MonthToBook[]) =>
        Promise.resolve(
          months.map((one) => {
            const failure = { code: 'tax_rate_missing', detail: '', kind: 'refused' } as const;
            if (refused.includes(one.accountId)) return { ...one, failure };
            booked.push(`${one.accountId === REAL ? 'real' : 'on a clock'} ${one.month}`);
            open.get(one.accountId)!.shift();
            return one;
          }),
        ),
    };
    const log: Pick<EventLog, 'head'> = { head: () => Promise.resolve(1n) };
    const statuses: Pick<ProjectionStatuses, 'waitFor'> = { waitFor: () => Promise.resolve() };
    const looking = new Looking(statuses as ProjectionStatuses, log as EventLog);
    jest.spyOn(looking, 'again').mockImplementation(async (look) => {
      for (const moment of moments) {
        shown = moment;
        await look();
      }
    });
    const pools = { projector: { query } } as unknown as Pools;
    const clock = new FixedClock(at('2026-03-10T00:00:00Z'));
    shown = 0;
    const watch: Pick<ClockWatch, 'isBelieved'> = { isBelieved: () => Promise.resolve(believed) };
    const reactor = new RevenueReactor(revenues as RecognizeRevenues, looking, pools, clock, watch as ClockWatch);
    const note = { write: (line: string) => void told.push(JSON.parse(line) as Record<string, unknown>) };
    await reactor.run(stopping.signal, pino({ level: 'warn' }, note));
  };

  it('are booked one after the other: by a test clock at each look, by the clock on the wall every ten minutes', async () => {
    await looks(5_000);
    expect(booked).toEqual(['on a clock 2030-01', 'on a clock 2030-02']);
    await looks(5_000, MINUTES_TEN);
    expect(booked.slice(2)).toEqual(['real 2026-01', 'real 2026-02']);
  });

  it('are not booked by a clock that is not believed', async () => {
    believed = false;
    await looks(MINUTES_TEN);
    expect(booked).toEqual(['on a clock 2030-01', 'on a clock 2030-02']);
  });

  it('that are refused are passed over for a while, and keep none of the others from being booked', async () => {
    refused = [REAL];
    await looks(MINUTES_TEN, MINUTES_TEN + 5_000);
    expect(booked).toEqual(['on a clock 2030-01', 'on a clock 2030-02']);
    expect(told).toEqual([
      expect.objectContaining({ accountId: REAL, month: '2026-01', code: 'tax_rate_missing', level: 40 }),
    ]);
  });
});
