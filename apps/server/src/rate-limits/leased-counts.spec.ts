import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PinoLogger } from 'nestjs-pino';
import { eventually } from '../../../../test/services/eventually.js';
import { Relay } from '../../../../test/services/relay.js';
import { TestDatabase } from '../../../../test/services/test-database.js';
import { Pools } from '../core/pools.js';
import { LeasedCounts } from './leased-counts.js';
import { RateLeases, type LeaseRequest } from './rate-leases.js';

const HOUR = 3_600_000;

describe('requests of a caller, over all processes', () => {
  let database: TestDatabase;
  const pools: Pools[] = [];
  const processes: LeasedCounts[] = [];
  const errors: string[] = [];
  const logger = { error: ({ err }: { readonly err: Error }) => void errors.push(err.message) };

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  beforeEach(() => {
    errors.length = 0;
  });
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((one) => one.beforeApplicationShutdown()));
    await Promise.all(pools.splice(0).map((one) => one.onApplicationShutdown()));
  });
  afterAll(() => database.stop());

  const aProcess = (url = database.url, told: (request: LeaseRequest) => void = () => undefined): LeasedCounts => {
    const own = new Pools(url);
    pools.push(own);
    const rates = new RateLeases(own);
    const lease = async (request: LeaseRequest) => {
      const grant = await rates.lease(request);
      told(request);
      return grant;
    };
    const counts = new LeasedCounts({ lease } as RateLeases, logger as unknown as PinoLogger);
    processes.push(counts);
    return counts;
  };
  /** How many were let through. */
  const sent = async (by: LeasedCounts, caller: string, count: number, limit: number, window = HOUR) => {
    const all = await Promise.all(Array.from({ length: count }, async () => await by.increment(caller, window, limit)));
    return all.filter(({ isBlocked }) => !isBlocked).length;
  };

  it.each([1, 4, 100, 5_000])('are exactly as many as the limit says where there is one process: %i', async (limit) => {
    const [only, caller] = [aProcess(), randomUUID()];
    const first = await only.increment(caller, HOUR, limit);
    expect(first).toEqual({ count: 1, secondsLeft: 3_600, isBlocked: false });
    expect(await sent(only, caller, limit + 50, limit)).toBe(limit - 1);
    const refused = await only.increment(caller, HOUR, limit);
    expect(refused).toMatchObject({ count: limit, isBlocked: true });
    expect(refused.secondsLeft).toBeGreaterThan(3_500);
  });

  it('are told as they are counted', async () => {
    const [only, caller] = [aProcess(), randomUUID()];
    for (let count = 1; count <= 300; count++)
      expect(await only.increment(caller, HOUR, 1_000)).toMatchObject({ count });
  });

  it('are never more than the limit, and no fewer once what was not used is back', async () => {
    const [one, two, three] = [aProcess(), aProcess(), aProcess()];
    const caller = randomUUID();
    const bursts = await Promise.all([one, two, three].map((by) => sent(by, caller, 400, 500)));
    const through = bursts.reduce((sum, count) => sum + count, 0);
    expect(through).toBeLessThanOrEqual(500);
    expect(through).toBeGreaterThan(400);
    let left = 500 - through;
    await eventually(
      async () => {
        for (const by of [one, two, three]) left -= await sent(by, caller, 1, 500);
        return left;
      },
      (count) => count === 0,
      'all of the limit',
    );
    for (const by of [one, two, three]) expect(await sent(by, caller, 20, 500)).toBe(0);
  });

  it('begin anew with the next window, at each process', async () => {
    const [one, two] = [aProcess(), aProcess()];
    const caller = randomUUID();
    expect((await sent(one, caller, 10, 5, 1_500)) + (await sent(two, caller, 10, 5, 1_500))).toBe(5);
    let through = 0;
    await eventually(
      async () => (through += await sent(two, caller, 1, 5, HOUR)),
      (count) => count === 5,
      'the next window',
    );
    expect(await sent(one, caller, 10, 5)).toBe(0);
  });

  it('come through where a process ends: what it did not use is not lost', async () => {
    const [one, two] = [aProcess(), aProcess()];
    const caller = randomUUID();
    expect(await sent(one, caller, 1, 1_000)).toBe(1);
    await one.beforeApplicationShutdown();
    expect(await sent(two, caller, 1_100, 1_000)).toBe(999);
  });

  it('come through while a process ends, and what was on its way to it is not lost', async () => {
    const [one, two] = [aProcess(), aProcess()];
    const caller = randomUUID();
    const first = one.increment(caller, HOUR, 1_000);
    await one.beforeApplicationShutdown();
    expect(await first).toMatchObject({ isBlocked: false });
    expect(await sent(one, caller, 3, 1_000)).toBe(3);
    expect(await sent(two, caller, 1_100, 1_000)).toBe(996);
  });

  it('are no more than the limit where nobody heard that something is back', async () => {
    let lost = 0;
    const lossy = aProcess(database.url, ({ unused }) => {
      if (unused <= 0) return;
      lost += 1;
      throw new Error('Connection terminated unexpectedly');
    });
    const [other, caller] = [aProcess(), randomUUID()];
    expect(await sent(lossy, caller, 10, 200)).toBe(10);
    await eventually(
      () => Promise.resolve(lost),
      (count) => count > 0,
      'something that is given back',
    );
    const further = (await sent(lossy, caller, 5, 200)) + (await sent(other, caller, 200, 200));
    expect(further).toBeGreaterThan(100);
    expect(further + (await sent(lossy, caller, 200, 200))).toBeLessThanOrEqual(190);
  });

  it('are counted by each process alone, which is told once, where the database does not know what is asked', async () => {
    const broken = await TestDatabase.create();
    try {
      const [one, caller] = [aProcess(broken.url), randomUUID()];
      await broken.owner.query('ALTER TABLE ops.rate_leases RENAME TO leases');
      expect(await sent(one, caller, 20, 10)).toBe(10);
      expect(await sent(one, randomUUID(), 20, 10)).toBe(10);
      expect(errors).toEqual([expect.stringContaining('ops.rate_leases')]);
    } finally {
      await Promise.all(processes.splice(0).map((one) => one.beforeApplicationShutdown()));
      await Promise.all(pools.splice(0).map((one) => one.onApplicationShutdown()));
      await broken.stop();
    }
  });

  it('are counted by each process alone while the database is away, and added up when it is back', async () => {
    const port = Number(new URL(database.url).port);
    const relay = await Relay.before(port);
    try {
      const [cut, other] = [aProcess(relay.of(database.url)), aProcess()];
      const caller = randomUUID();
      expect(await sent(cut, caller, 10, 200)).toBe(10);
      relay.cut();
      expect(await sent(cut, caller, 400, 200)).toBe(190);
      relay.goOn();
      await eventually(
        async () => await cut.increment(caller, HOUR, 200),
        ({ isBlocked, count }) => isBlocked && count >= 200,
        'the limit',
      );
      await eventually(
        async () => await other.increment(caller, HOUR, 200),
        ({ isBlocked }) => isBlocked,
        'the same limit elsewhere',
      );
    } finally {
      await relay.stop();
    }
    expect(errors).toEqual([]);
  });
});
