import { aMeter, anId, aReading, at, createSubscription, SUBSCRIPTION, TENANT } from '#testing';
import { subscriptionsProjection } from '#projections/subscriptions';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { project } from '../../../test/services/projected.js';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { ToldAccounts } from '../../../test/services/told-accounts.js';
import { ReadingsQuery } from './readings.query.js';
import { usageProjection } from './usage.projection.js';

const aStored = (id: string, parts: Parameters<typeof aReading>[0] = {}) => {
  const { revision: _, ordinal: __, digest: ___, ...reading } = aReading(parts);
  return { ...reading, id };
};

/** A subscription since January whose plan counts the calls of one model. */
describe('unbilled usage', () => {
  const stopping = new Stopping();
  const meter = aMeter({ filters: [{ property: 'model', operator: 'eq', value: 'large' }] });
  const metered = [{ meter, plans: [{ plan: 'standard', version: 1 }] }];
  let readings: ReadingsQuery;

  beforeAll(async () => {
    const told = new ToldAccounts();
    await told.open();
    await told.tell(createSubscription());
    const large = { properties: { model: 'large' } };
    await told.record([
      aStored('billed', large),
      aStored('of-this-subscription', { ...large, subscriptionId: SUBSCRIPTION }),
      aStored('another-model', { properties: { model: 'small' } }),
      aStored('no-model'),
      aStored('another-event', { ...large, event: 'other' }),
      aStored('before-the-subscription', { ...large, at: at('2025-12-31T23:59:59Z') }),
      aStored('of-another-subscription', { ...large, subscriptionId: anId('sub', 2) }),
    ]);
    const database = await stopping.use(TestDatabase.create());
    await project(told.log, database, [usageProjection, subscriptionsProjection]);
    readings = new ReadingsQuery(database.tenants);
  });

  // By time; what was recorded together stays together.
  const UNBILLED = ['before-the-subscription', 'another-model', 'no-model', 'of-another-subscription', 'another-event'];

  it('is what no charge takes: also what lacks the property that a filter asks for', async () => {
    const { rows, next } = await readings.unbilled(TENANT, metered, { limit: 10 });
    expect(rows.map(({ id }) => id)).toEqual(UNBILLED);
    expect(next).toBeNull();
  });

  it('is everything where no plan has a meter, and of its tenant', async () => {
    expect((await readings.unbilled(TENANT, [], { limit: 10 })).rows).toHaveLength(7);
    expect((await readings.unbilled(anId('tnt', 2), [], { limit: 10 })).rows).toEqual([]);
  });

  it('comes page by page', async () => {
    const found: string[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page = await readings.unbilled(TENANT, metered, { limit: 2, ...(after === undefined ? {} : { after }) });
      found.push(...page.rows.map(({ id }) => id));
      after = page.next;
    }
    expect(found).toEqual(UNBILLED);
  });

  it.each([
    'nonsense',
    Buffer.from('["a"]').toString('base64url'),
    Buffer.from('["a","\\u0000"]').toString('base64url'),
    Buffer.from('["a","2026-01-01T00:00:00Z","call","0",0,"\\u0000"]').toString('base64url'),
    Buffer.from('["a","yesterday","call","0",0,"x"]').toString('base64url'),
    Buffer.from('["a","2026-01-01T00:00:00Z","call","x",0,"x"]').toString('base64url'),
    Buffer.from('["a","2026-01-01T00:00:00Z","call","0",0.5,"x"]').toString('base64url'),
  ])('has no page after %s', async (after) => {
    await expect(readings.unbilled(TENANT, metered, { limit: 2, after })).rejects.toMatchObject({
      code: 'invalid_cursor',
    });
  });
});
