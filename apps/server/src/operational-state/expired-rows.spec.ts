import { accountStream } from '#contracts';
import { anId, TENANT } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { project } from '../../../../test/services/projected.js';
import { Stopping } from '../../../../test/services/stopping.js';
import { TestDatabase } from '../../../../test/services/test-database.js';
import { ToldAccounts } from '../../../../test/services/told-accounts.js';
import type { Pools } from '../core/pools.js';
import { ExpiredRows } from './expired-rows.js';

const DAYS = [0, 80, 100];

describe('expired rows', () => {
  const stopping = new Stopping();

  it('are removed, those of snapshots that nobody made again for long among them', async () => {
    const database = await stopping.use(TestDatabase.create());
    await project(new ToldAccounts().log, database);
    const streams = DAYS.map((days) => accountStream(TENANT, anId('acc', days)));
    await database.owner.query(
      `INSERT INTO ops.snapshots (tenant_id, stream, code, revision, chain, bytes, digest, kept_at)
       SELECT $1, stream, 'code', 200, 'chain', ''::bytea, 'digest', now() - make_interval(days => days)
         FROM unnest($2::text[], $3::int[]) AS kept (stream, days)`,
      [TENANT, streams, DAYS],
    );
    for (const remove of new ExpiredRows({ owner: database.owner } as Pools).removals) await remove();
    const { rows } = await database.owner.query('SELECT stream FROM ops.snapshots ORDER BY kept_at DESC');
    expect(rows).toEqual(streams.slice(0, 2).map((stream) => ({ stream })));
  });
});
