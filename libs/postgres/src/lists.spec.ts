import { anId, TENANT } from '#testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { page, selectFrom, type Page } from './lists.js';

interface ThingRow extends Record<string, unknown> {
  readonly position: bigint;
}

describe('a list', () => {
  const stopping = new Stopping();
  let database: TestDatabase;

  beforeAll(async () => {
    database = await stopping.use(TestDatabase.create());
    await database.owner.query(`
      CREATE TABLE read.things (tenant_id text, position bigint, colour text);
      GRANT SELECT ON read.things TO recount_api`);
    for (let position = 1; position <= 7; position++) await insert(position * 10);
    await insert(35, anId('tnt', 2));
  });

  const insert = (position: number, tenant = TENANT) =>
    database.owner.query('INSERT INTO read.things VALUES ($1, $2, $3)', [
      tenant,
      position,
      position === 30 ? 'red' : 'blue',
    ]);
  const asked = (
    request: { readonly limit: number; readonly after?: string; readonly before?: string },
    red = false,
  ) => {
    const query = selectFrom('things');
    if (red) query.andWhere('t.colour = :colour', { colour: 'red' });
    return page<ThingRow>(database.tenants, TENANT, query, 'position', request);
  };
  const positions = ({ rows }: Page<ThingRow>): number[] => rows.map(({ position }) => Number(position));

  it('goes from the newest to the oldest and back, page by page', async () => {
    const first = await asked({ limit: 3 });
    expect(positions(first)).toEqual([70, 60, 50]);
    expect(first.previous).toBeNull();
    const second = await asked({ limit: 3, after: first.next! });
    expect(positions(second)).toEqual([40, 30, 20]);
    const third = await asked({ limit: 3, after: second.next! });
    expect(positions(third)).toEqual([10]);
    expect(third.next).toBeNull();
    const back = await asked({ limit: 3, before: third.previous! });
    expect(positions(back)).toEqual([40, 30, 20]);
    const start = await asked({ limit: 3, before: back.previous! });
    expect(positions(start)).toEqual([70, 60, 50]);
    expect(start.previous).toBeNull();
    expect(positions(await asked({ limit: 3, after: start.next! }))).toEqual([40, 30, 20]);
  });

  it('says nothing of a next page that is not there', async () => {
    expect(await asked({ limit: 7 })).toMatchObject({ next: null, previous: null });
    expect(positions(await asked({ limit: 6, after: (await asked({ limit: 1 })).next! }))).toHaveLength(6);
    expect((await asked({ limit: 6, after: (await asked({ limit: 1 })).next! })).next).toBeNull();
  });

  it('holds what a filter lets through, of one tenant', async () => {
    expect(positions(await asked({ limit: 5 }, true))).toEqual([30]);
    const query = selectFrom('things');
    expect(positions(await page<ThingRow>(database.tenants, anId('tnt', 2), query, 'position', { limit: 5 }))).toEqual([
      35,
    ]);
  });

  it('stays put while rows are added in front', async () => {
    const first = await asked({ limit: 2 });
    await insert(80);
    expect(positions(await asked({ limit: 2, after: first.next! }))).toEqual([50, 40]);
    await database.owner.query('DELETE FROM read.things WHERE position = 80');
  });

  it('of nothing has no pages', async () => {
    const empty = await page<ThingRow>(database.tenants, anId('tnt', 9), selectFrom('things'), 'position', {
      limit: 5,
    });
    expect(empty).toEqual({ rows: [], next: null, previous: null });
  });

  it.each([
    'nonsense',
    '',
    'MQ',
    Buffer.from('-1').toString('base64url'),
    Buffer.from('9'.repeat(19)).toString('base64url'),
  ])('takes “%s” for a cursor only if it gave it out', async (after) => {
    if (after === 'MQ') expect(positions(await asked({ limit: 5, after }))).toEqual([]);
    else
      await expect(asked({ limit: 5, after })).rejects.toMatchObject({
        code: 'invalid_cursor',
        violations: [{ pointer: '/after' }],
      });
  });
});
