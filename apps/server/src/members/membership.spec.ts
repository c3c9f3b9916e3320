import { randomUUID } from 'node:crypto';
import { createPool, type Pool } from '#postgres';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../test/services/eventually.js';
import { Relay } from '../../../../test/services/relay.js';
import { TestDatabase } from '../../../../test/services/test-database.js';
import { Membership, type Member } from './membership.js';

describe('the processes that take requests', () => {
  let database: TestDatabase;
  let pool: Pool;
  let relayed: Relay;
  const begun: Membership[] = [];

  beforeEach(async () => {
    database = await TestDatabase.create();
    pool = createPool(database.url, { role: 'api', max: 4 });
    relayed = await Relay.before(Number(new URL(database.url).port));
  });
  afterEach(async () => {
    await Promise.all(begun.splice(0).map((membership) => membership.end()));
    await pool.end();
    await relayed.stop();
    await database.stop();
  });

  const begin = (build = '1', learnt?: () => void, known = pool) => {
    const own: Member = { id: randomUUID(), address: `127.0.0.1:${begun.length}` };
    const seen: { others: readonly Member[] } = { others: [] };
    const learn = (others: readonly Member[]): void => {
      seen.others = others;
      learnt?.();
    };
    const faults: unknown[] = [];
    const membership = new Membership(known, own, build, learn, (error) => void faults.push(error));
    membership.begin();
    begun.push(membership);
    return { own, seen, membership, faults };
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

  it('go on being told of others, and that they are there, where something is wrong, which is said once', async () => {
    let learnt = 0;
    const one = begin('1', () => {
      learnt += 1;
      if (learnt <= 2 || learnt === 4) throw new Error(`It is wrong (${learnt}).`);
    });
    const other = begin();
    await eventually(
      () => Promise.resolve(learnt),
      (times) => times > 4,
      'further news',
    );
    expect(one.faults.map(String)).toEqual(['Error: It is wrong (1).', 'Error: It is wrong (4).']);
    await sees(other, one.own);
  });

  it('say what is wrong with their table, and nothing of an outage', async () => {
    await database.owner.query('ALTER TABLE ops.members RENAME TO others');
    const one = begin();
    const away = createPool(relayed.of(database.url), { role: 'api', max: 1 });
    relayed.cut();
    const cut = begin('1', undefined, away);
    await eventually(
      () => Promise.resolve(one.faults.map(String)),
      (faults) => faults.length > 0,
      'what is wrong',
    );
    expect(one.faults.map(String)).toEqual([expect.stringContaining('ops.members')]);
    expect(cut.faults).toEqual([]);
    await database.owner.query('ALTER TABLE ops.others RENAME TO members');
    relayed.goOn();
    await sees(one, cut.own);
    await cut.membership.end();
    begun.splice(begun.indexOf(cut.membership), 1);
    await away.end();
  });

  it('look again where a look has no end', async () => {
    let looks = 0;
    const query = (text: string, values: unknown[]): unknown =>
      looks++ === 0 ? new Promise(() => undefined) : pool.query(text, values);
    const [one, other] = [begin('1', undefined, { query } as unknown as Pool), begin()];
    await sees(one, other.own);
    await sees(other, one.own);
    expect(one.faults).toEqual([]);
  });

  it('give up the connection of a look that has no answer, which is said once where it lasts', async () => {
    const few = createPool(relayed.of(database.url), { role: 'api', max: 1 });
    let learnt = 0;
    const one = begin('1', () => (learnt += 1), few);
    await eventually(
      () => Promise.resolve(learnt),
      (times) => times > 0,
      'a look',
    );
    relayed.fallSilent('loses');
    const silentSince = performance.now();
    await eventually(
      () => Promise.resolve(few.waitingCount + few.totalCount),
      (count) => count === 0,
      'the end of its connection',
    );
    expect(performance.now() - silentSince).toBeLessThan(8_000);
    relayed.cut();
    await eventually(
      () => Promise.resolve(one.faults.length),
      (told) => told > 0,
      'that it lasts',
    );
    relayed.goOn();
    const before = learnt;
    await eventually(
      () => Promise.resolve(learnt),
      (times) => times > before,
      'a further look',
    );
    expect(one.faults).toHaveLength(1);
    await one.membership.end();
    begun.splice(begun.indexOf(one.membership), 1);
    await few.end();
  });

  it('do not ask one of another build', async () => {
    const [one, other, same] = [begin('1'), begin('2'), begin('1')];
    await sees(one, same.own);
    await sees(other);
  });
});
