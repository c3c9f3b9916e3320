import { accountStream } from '#contracts';
import { derivedId, type AccountId, type TenantId } from '#kernel';
import { TenantTransactions, type Statement } from '#postgres';
import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { PinoLogger } from 'nestjs-pino';
import { pino } from 'pino';
import { Stopping } from '../../../../test/services/stopping.js';
import { TestDatabase } from '../../../../test/services/test-database.js';
import { foldingCode } from './folding-code.js';
import { KeptSnapshots } from './kept-snapshots.js';

const LOGGER = { logger: pino({ level: 'silent' }) } as unknown as PinoLogger;
const TENANT: TenantId = derivedId('tnt', 'snapshots');
const OTHER: TenantId = derivedId('tnt', 'others');
const ACCOUNT: AccountId = derivedId('acc', 'snapshots');
const STREAM = accountStream(TENANT, ACCOUNT);

const snapshot = (revision: number, bytes = new Uint8Array(100_000).fill(revision)) => ({
  revision,
  chain: `chain ${revision}`,
  bytes,
});

describe('kept snapshots', () => {
  const stopping = new Stopping();
  let database: TestDatabase;
  let snapshots: KeptSnapshots;

  const keep = async (revision: number, stream = STREAM): Promise<void> => {
    snapshots.keep(stream, snapshot(revision));
    await snapshots.beforeApplicationShutdown();
  };

  beforeAll(async () => {
    database = await stopping.use(TestDatabase.create());
  });

  beforeEach(async () => {
    await database.owner.query('DELETE FROM ops.snapshots');
    snapshots = new KeptSnapshots(new TenantTransactions(database.api), LOGGER);
  });

  afterEach(() => void jest.restoreAllMocks());

  it('are given back, the last of each stream', async () => {
    await keep(200);
    await keep(400);
    expect(await snapshots.last(STREAM)).toMatchObject({ revision: 400, chain: 'chain 400' });
    expect(Buffer.compare((await snapshots.last(STREAM))!.bytes, snapshot(400).bytes)).toBe(0);
  });

  it('of a process that knows less change nothing', async () => {
    await keep(400);
    await keep(200);
    expect((await snapshots.last(STREAM))!.revision).toBe(400);
  });

  it('that other code has folded are as if they were not there, and make way', async () => {
    await keep(400);
    await database.owner.query("UPDATE ops.snapshots SET code = 'another'");
    expect(await snapshots.last(STREAM)).toBeUndefined();
    await keep(300);
    expect((await snapshots.last(STREAM))!.revision).toBe(300);
  });

  it('that were changed are as if they were not there', async () => {
    await keep(400);
    await database.owner.query("UPDATE ops.snapshots SET bytes = overlay(bytes PLACING '\\x00'::bytea FROM 3)");
    expect(await snapshots.last(STREAM)).toBeUndefined();
  });

  it('are asked for together, and are those of one tenant', async () => {
    const streams = Array.from({ length: 20 }, (_, number) => accountStream(TENANT, derivedId('acc', number)));
    for (const [number, stream] of streams.entries()) await keep(200 + number, stream);
    const asked = jest.spyOn(TenantTransactions.prototype, 'rows');
    const found = await Promise.all(
      [...streams, accountStream(OTHER, ACCOUNT)].map((stream) => snapshots.last(stream)),
    );
    expect(found.map((one) => one?.revision)).toEqual([...streams.map((_, number) => 200 + number), undefined]);
    // A megabyte each may have, so that not all come in one answer.
    expect(asked.mock.calls.map(([, , values]) => (values![1] as string[]).length)).toEqual([16, 4, 1]);
    const rows = await new TenantTransactions(database.api).rows(OTHER, 'SELECT * FROM ops.snapshots');
    expect(rows).toEqual([]);
  });

  it('are missed, and nothing else, while the database is away', async () => {
    await keep(400);
    const { owner } = database;
    const locked = await owner.connect();
    await locked.query('BEGIN; LOCK TABLE ops.snapshots IN ACCESS EXCLUSIVE MODE');
    expect(await snapshots.last(STREAM)).toBeUndefined();
    await locked.query('ROLLBACK');
    locked.release();
    const next = new KeptSnapshots(new TenantTransactions(database.api), LOGGER);
    expect((await next.last(STREAM))?.revision).toBe(400);
  });

  it('that are too many to wait are let go, the oldest first', async () => {
    const streams = Array.from({ length: 6 }, (_, number) => accountStream(TENANT, derivedId('acc', number)));
    for (const stream of streams) snapshots.keep(stream, snapshot(200, new Uint8Array(10 * 1024 * 1024)));
    await snapshots.beforeApplicationShutdown();
    const kept = await Promise.all(streams.map((stream) => snapshots.last(stream)));
    // The first is on its way already.
    expect(kept.map(Boolean)).toEqual([true, false, false, true, true, true]);
  });

  it('are all written, whenever they come: also as the last one before has just been', async () => {
    for (let turns = 0; turns < 20; turns++) {
      const written: unknown[] = [];
      const write = (_: TenantId, { values }: Statement): Promise<void> => {
        written.push(values![3]);
        const done = Promise.resolve();
        if (written.length === 1) void done.then(() => keepAfter(turns));
        return done;
      };
      const next = new KeptSnapshots({ write } as unknown as TenantTransactions, LOGGER);
      const keepAfter = async (left: number): Promise<void> => {
        for (let turn = 0; turn < left; turn++) await Promise.resolve();
        next.keep(STREAM, snapshot(400));
      };
      next.keep(STREAM, snapshot(200));
      await next.beforeApplicationShutdown();
      await new Promise(setImmediate);
      await next.beforeApplicationShutdown();
      expect(written).toEqual([200, 400]);
    }
  });

  it('that are too large are not kept, and keep others from nothing', async () => {
    snapshots.keep(STREAM, snapshot(200, new Uint8Array(40 * 1024 * 1024)));
    await keep(400);
    expect((await snapshots.last(STREAM))!.revision).toBe(400);
  });

  it('are of one code, which is the same in every process', () => {
    expect(foldingCode()).toMatch(/^[\w-]{43}$/u);
    expect(foldingCode()).toBe(foldingCode());
  });
});
