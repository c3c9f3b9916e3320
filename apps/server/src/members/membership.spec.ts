import { randomUUID } from 'node:crypto';
import { createPool, type Pool } from '#postgres';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../test/services/eventually.js';
import { TestDatabase } from '../../../../test/services/test-database.js';
import { Membership, type Member } from './membership.js';

describe('the processes that take requests', () => {
  let database: TestDatabase;
  let pool: Pool;
  const begun: Membership[] = [];

  beforeEach(async () => {
    database = await TestDatabase.create();
    pool = createPool(database.url, { role: 'api', max: 4 });
  });
  afterEach(async () => {
    await Promise.all(begun.splice(0).map((membership) => membership.end()));
    await pool.end();
    await database.stop();
  });

  const begin = (build = '1') => {
    const own: Member = { id: randomUUID(), address: `127.0.0.1:${begun.length}` };
    const seen: { others: readonly Member[] } = { others: [] };
    const membership = new Membership(pool, own, build, (others) => (seen.others = others));
    membership.begin();
    begun.push(membership);
    return { own, seen, membership };
  };
  const sees = (one: ReturnType<typeof begin>, ...others: readonly Member[]) =>
    eventually(
      () => Promise.resolve(one.seen.others.map(({ id }) => id).sort()),
      (ids) =>
        ids.join() ===
        others
          .map(({ id }) => id)
          .sort()
          .join(),
      'those that are there',
    );

  it('know of each other, and of who leaves', async () => {
    const [first, second, third] = [begin(), begin(), begin()];
    await sees(first, second.own, third.own);
    await sees(third, first.own, second.own);
    expect(first.seen.others).toContainEqual(second.own);
    await second.membership.end();
    await sees(first, third.own);
  });

  it('take one that says nothing any more for gone', async () => {
    const one = begin();
    const silent = { id: randomUUID(), address: '127.0.0.1:9' };
    const insert = `INSERT INTO ops.members (member_id, address, build, seen_at) VALUES ($1, $2, '1', now() - $3::interval)`;
    await pool.query(insert, [silent.id, silent.address, '2 seconds']);
    await sees(one, silent);
    await sees(one);
    await pool.query(insert, [randomUUID(), silent.address, '2 hours']);
    await eventually(
      async () => (await pool.query<{ count: bigint }>('SELECT count(*) FROM ops.members')).rows[0]!.count,
      (count) => count === 2n,
      'the end of old rows',
    );
  });

  it('do not ask one of another build', async () => {
    const [one, other, same] = [begin('1'), begin('2'), begin('1')];
    await sees(one, same.own);
    await sees(other);
  });
});
