import { accountStream, tenantStream } from '#contracts';
import type { TenantId } from '#kernel';
import { dueTimers, heldTimers, type DueTimer } from '#projections/agenda';
import { anId, at } from '#testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { project } from '../../../../test/services/projected.js';
import { Stopping } from '../../../../test/services/stopping.js';
import { TestDatabase } from '../../../../test/services/test-database.js';
import { ToldAccounts } from '../../../../test/services/told-accounts.js';
import type { Pools } from '../core/pools.js';
import { TimerClaims } from './timer-claims.js';

const T1 = at('2026-01-01T00:00:00Z');
const T2 = at('2026-02-01T00:00:00Z');
const NOW = at('2026-03-01T00:00:00Z');
const [FIRST, SECOND] = [anId('tnt', 1), anId('tnt', 2)] as [TenantId, TenantId];

describe('what the agenda fires', () => {
  const stopping = new Stopping();
  let database: TestDatabase;
  let claims: TimerClaims;

  beforeEach(async () => {
    database ??= await stopping.use(TestDatabase.create());
    await database.forget();
    await project(new ToldAccounts().log, database);
    claims = new TimerClaims({ projector: database.projector } as Pools);
    for (const tenantId of [FIRST, SECOND]) {
      await database.projector.query(
        'INSERT INTO read.tenants (tenant_id, name, usage_shards, policy, suspended, created_at, position) VALUES ($1, $1, 16, $2, false, now(), 0)',
        [tenantId, JSON.stringify({ billing: 'automatic' })],
      );
    }
  });

  /** As the projection does: a later generation takes the place of the one before. */
  const set = (generation: number, dueAt = T1, accountId = anId('acc', 1), tenantId = FIRST): Promise<unknown> =>
    database.projector.query(
      `INSERT INTO read.timers (tenant_id, owner, account_id, timer_key, due_at, generation, event_id)
       VALUES ($1, $2, $3, 'bill:sub', $4, $5, gen_random_uuid())
       ON CONFLICT (tenant_id, owner, timer_key) DO UPDATE SET due_at = excluded.due_at, generation = excluded.generation`,
      [tenantId, accountStream(tenantId, accountId), accountId, dueAt, generation],
    );
  /** Of a stream that is no account. */
  const setByTenant = (key: string, dueAt = T1): Promise<unknown> =>
    database.projector.query(
      `INSERT INTO read.timers (tenant_id, owner, timer_key, due_at, generation, event_id)
       VALUES ($1, $2, $3, $4, 1, gen_random_uuid())`,
      [FIRST, tenantStream(FIRST), key, dueAt],
    );
  const due = (limit = 10): Promise<DueTimer[]> => dueTimers(database.projector, NOW, limit);
  const fired = async (goesOn?: boolean): Promise<number[]> => {
    const timers = await claims.claim(await due());
    for (const timer of timers) await claims.done(timer, goesOn);
    return timers.map(({ repeats }) => repeats);
  };
  /** How long ago the last one was fired: what is ahead leaves a slow machine time. */
  const ago = (seconds: number): Promise<unknown> =>
    database.projector.query(`UPDATE ops.timer_claims SET fired_at = now() - interval '${seconds} seconds'`);

  it('is not at once what it left due: ever more rarely, counted, and others go on', async () => {
    await set(1);
    expect(await fired()).toEqual([0]);
    for (let generation = 2; generation < 6; generation++) {
      const wait = 2 ** (generation - 2);
      await set(generation);
      await ago(wait - 30);
      expect(await fired()).toEqual([]);
      await set(1, T1, anId('acc', generation));
      expect(await fired()).toEqual([0]);
      await ago(wait + 1);
      expect(await fired()).toEqual([generation - 1]);
    }
    await set(6);
    expect(await heldTimers(database.projector)).toEqual({ dead: 0, repeated: 1, refused: 0 });
  });

  it('is once a day what was refused five times, not what had to wait for somebody, until it is released', async () => {
    await set(1);
    const waits = async (isRefused: boolean): Promise<number> => {
      await database.projector.query(`UPDATE ops.timer_claims SET leased_until = now() - interval '1 second'`);
      const [timer] = await claims.claim(await due());
      await claims.failed(timer!, 'refused: Because.', isRefused);
      const { rows } = await database.projector.query<{ seconds: number }>(
        `SELECT extract(epoch FROM leased_until - now())::float8 AS seconds FROM ops.timer_claims`,
      );
      return Math.round(rows[0]!.seconds / 3_600);
    };
    for (let times = 0; times < 4; times++) expect(await waits(true)).toBe(0);
    expect(await waits(false)).toBe(0);
    expect(await heldTimers(database.projector)).toEqual({ dead: 0, repeated: 0, refused: 1 });
    expect(await waits(true)).toBe(24);
    expect(await heldTimers(database.projector)).toEqual({ dead: 1, repeated: 0, refused: 0 });
    expect(await due()).toEqual([]);
    const owner = accountStream(FIRST, anId('acc', 1));
    await claims.release({ tenantId: FIRST, owner, key: 'bill:sub', generation: 1, dueAt: T1 });
    expect(await fired()).toEqual([0]);
  });

  it('waits for somebody who is away for days, an hour each time', async () => {
    await set(1);
    const [timer] = await claims.claim(await due());
    await database.projector.query('UPDATE ops.timer_claims SET attempts = 100');
    await claims.failed(timer!, 'tax_not_known: Away.', false);
    const { rows } = await database.projector.query(
      `SELECT failure, extract(epoch FROM leased_until - now())::int / 60 AS minutes FROM ops.timer_claims`,
    );
    expect(rows).toEqual([{ failure: 'tax_not_known: Away.', minutes: expect.closeTo(60, -1) }]);
  });

  it('is not what somebody skipped, but what comes after it', async () => {
    await set(1);
    const owner = accountStream(FIRST, anId('acc', 1));
    await claims.skip({ tenantId: FIRST, owner, key: 'bill:sub', generation: 1, dueAt: T1 });
    expect(await due()).toEqual([]);
    await set(2, T2);
    expect(await fired()).toEqual([0]);
  });

  it('is what somebody skipped once it is released, and not once more when that was done', async () => {
    await set(1);
    const timer = {
      tenantId: FIRST,
      owner: accountStream(FIRST, anId('acc', 1)),
      key: 'bill:sub',
      generation: 1,
      dueAt: T1,
    };
    await claims.skip(timer);
    await claims.release(timer);
    expect(await fired()).toEqual([0]);
    await claims.release(timer);
    expect(await due()).toEqual([]);
  });

  it('is at once what falls due later, and what goes on by itself', async () => {
    await set(1);
    expect(await fired(true)).toEqual([0]);
    await set(2);
    expect(await fired(true)).toEqual([0]);
    await set(3);
    expect(await fired()).toEqual([0]);
    await set(4, T2);
    expect(await fired()).toEqual([0]);
    expect(await heldTimers(database.projector)).toEqual({ dead: 0, repeated: 0, refused: 0 });
  });

  it('waits no more once it got further', async () => {
    await set(1);
    await fired();
    await set(2);
    await ago(2);
    expect(await fired()).toEqual([1]);
    await set(3, T2);
    expect(await fired()).toEqual([0]);
  });

  it('is of each tenant in turn, however much one has waiting', async () => {
    await database.projector.query(
      `INSERT INTO read.timers (tenant_id, owner, account_id, timer_key, due_at, generation, event_id)
       SELECT $1, 'account-' || n, 'acc_' || n, 'bill:sub', $2, 1, gen_random_uuid() FROM generate_series(1, 2000) AS n`,
      [FIRST, T1],
    );
    await set(1, T2, anId('acc', 1), SECOND);
    expect((await due(10)).map(({ tenantId }) => tenantId).slice(0, 2)).toEqual([FIRST, SECOND]);
    const turn = await due(500);
    expect(turn.filter(({ tenantId }) => tenantId === FIRST).length).toBeLessThanOrEqual(100);
    expect(turn.filter(({ tenantId }) => tenantId === SECOND)).toHaveLength(1);
    const beside = await dueTimers(database.projector, NOW, 500, [FIRST]);
    expect(beside.map(({ tenantId }) => tenantId)).toEqual([SECOND]);
  });

  it('is of a stream that is no account, too: claimed once, and never again when it is done', async () => {
    await setByTenant('report:1');
    const timers = await due();
    expect(timers).toEqual([expect.objectContaining({ owner: tenantStream(FIRST), accountId: null, key: 'report:1' })]);
    const claimed = await claims.claim(timers);
    expect(claimed).toHaveLength(1);
    expect(await claims.claim(timers)).toEqual([]);
    expect(await due()).toEqual([]);
    await claims.done(claimed[0]!);
    expect(await claims.claim(timers)).toEqual([]);
  });

  it('is of each owner by itself: one that is refused or fired holds up no other', async () => {
    await setByTenant('report:2', T2);
    await setByTenant('report:1', T1);
    await set(1);
    const keys = async () => (await due()).map(({ key }) => key).sort();
    expect(await keys()).toEqual(['bill:sub', 'report:1']);
    const [ofTenant] = await claims.claim((await due()).filter(({ accountId }) => accountId === null));
    await claims.failed(ofTenant!, 'unknown_timer: Nobody.');
    expect(await keys()).toEqual(['bill:sub', 'report:2']);
    expect(await heldTimers(database.projector)).toEqual({ dead: 0, repeated: 0, refused: 1 });
    expect(await fired()).toEqual([0, 0]);
    expect(await keys()).toEqual([]);
  });
});
