import { accountsProjection } from '#projections/accounts';
import { agendaProjection } from '#projections/agenda';
import { subscriptionsProjection } from '#projections/subscriptions';
import { tenantsProjection } from '#projections/tenants';
import { testClocksProjection } from '#projections/test-clocks';
import {
  ACCOUNT,
  aCatalog,
  aCharge,
  anId,
  aPlan,
  at,
  aUsageCharge,
  billAccount,
  cancelSubscription,
  createSubscription,
  on,
  readings,
  recognizeRevenue,
  TENANT,
  voidInvoice,
} from '#testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { project } from '../../../test/services/projected.js';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { ToldAccounts, type Whose } from '../../../test/services/told-accounts.js';
import { revenueProjection } from './revenue.projection.js';
import { RevenueQuery, type RevenueRequest } from './revenue.query.js';
import { unbookedMonths } from './unbooked.query.js';

const yearly = (key: string, currency: string) =>
  aPlan({
    key,
    currency,
    interval: { unit: 'year', count: 1 },
    charges: [aCharge({ price: { model: 'flat', amount: '365' } })],
  });
/** A dollar, or a euro, a day; and ten cents a call. */
const CATALOG = aCatalog({
  plans: [yearly('year', 'USD'), yearly('euro', 'EUR'), aPlan({ key: 'calls', charges: [aUsageCharge()] })],
});
const BEGIN = '2026-01-15T00:00:00Z';
const QUARTER = ['2026-01', '2026-02', '2026-03'];

describe('revenue by month', () => {
  const stopping = new Stopping();
  let told: ToldAccounts;
  let database: TestDatabase;

  beforeEach(async () => {
    told = new ToldAccounts().on(BEGIN);
    await told.open();
  });

  const projected = async (): Promise<RevenueQuery> => {
    database ??= await stopping.use(TestDatabase.create());
    await database.forget();
    await project(told.log, database, [
      accountsProjection,
      agendaProjection,
      revenueProjection,
      subscriptionsProjection,
      tenantsProjection,
      testClocksProjection,
    ]);
    return new RevenueQuery(database.tenants);
  };

  const bills = (parts: Parameters<typeof billAccount>[0] = {}, whose: Whose = {}) =>
    told.tell(billAccount({ catalog: CATALOG, billThrough: told.clock.now(), now: told.clock.now(), ...parts }), whose);
  const subscribes = (plan: string, whose: Whose = {}) =>
    told.tell(
      createSubscription({
        catalog: CATALOG,
        plan,
        startAt: told.clock.now(),
        now: told.clock.now(),
        anchor: { align: 'subscription' },
      }),
      whose,
    );
  const books = (month: string, parts: Parameters<typeof recognizeRevenue>[1] = {}, whose: Whose = {}) =>
    told.tell(recognizeRevenue(month, { catalog: CATALOG, ...parts }), whose);

  const recognized = async (request: Partial<RevenueRequest> = {}): Promise<string[]> =>
    (await (await projected()).recognized(TENANT, { months: QUARTER, ...request })).map(
      ({ currency, month, recognized: { minor }, booked }) => `${currency} ${month} ${minor} booked ${booked.minor}`,
    );
  const deferred = async (request: Partial<RevenueRequest> = {}): Promise<string[]> =>
    (await (await projected()).deferred(TENANT, { months: QUARTER, ...request })).flatMap(({ months }) =>
      months.map(({ month, opening, added, released, closing, unbilled }) =>
        [month, ...[opening, added, released, closing, unbilled].map(({ minor }) => minor)].join(' '),
      ),
    );

  it('is known before it is booked, for months that lie ahead as well', async () => {
    await subscribes('year');
    await bills();
    expect(await recognized()).toEqual([
      'USD 2026-01 1700 booked 0',
      'USD 2026-02 2800 booked 0',
      'USD 2026-03 3100 booked 0',
    ]);
    expect(await recognized({ months: ['2027-01', '2027-02'] })).toEqual([
      'USD 2027-01 1400 booked 0',
      'USD 2027-02 0 booked 0',
    ]);
  });

  it('and what is put off fall like water from month to month', async () => {
    await subscribes('year');
    await bills();
    expect(await deferred()).toEqual([
      '2026-01 0 34800 0 34800 0',
      '2026-02 34800 0 2800 32000 0',
      '2026-03 32000 0 3100 28900 0',
    ]);
    const [november] = await (await projected()).deferred(TENANT, { months: ['2026-11'] });
    expect(november!.upcoming.map(({ month, amount }) => [month, amount.minor])).toEqual([
      ['2026-12', 31_00n],
      ['2027-01', 14_00n],
    ]);
  });

  it('stays as it was booked, and what comes later counts in the next month', async () => {
    await subscribes('year');
    const billed = await bills();
    const booked = await books('2026-01');
    await told.tell(voidInvoice({ catalog: CATALOG, billAgain: false, bookedOn: on('2026-02-10') }));
    expect(await recognized()).toEqual([
      'USD 2026-01 1700 booked 1700',
      'USD 2026-02 -1700 booked 0',
      'USD 2026-03 0 booked 0',
    ]);
    expect((await recognized({ position: booked })).slice(0, 2)).toEqual([
      'USD 2026-01 1700 booked 1700',
      'USD 2026-02 2800 booked 0',
    ]);
    expect((await recognized({ position: billed }))[0]).toBe('USD 2026-01 1700 booked 0');
    expect((await deferred()).slice(0, 2)).toEqual(['2026-01 0 34800 0 34800 0', '2026-02 34800 -32000 2800 0 0']);
  });

  it('is accrued for usage that is not invoiced, until it is', async () => {
    const known = readings(40, { at: at('2026-01-20T12:00:00Z') });
    await subscribes('calls');
    await books('2026-01', { known });
    expect((await recognized())[0]).toBe('USD 2026-01 400 booked 400');
    expect(await deferred()).toEqual(['2026-01 0 0 0 0 400', '2026-02 0 0 0 0 400', '2026-03 0 0 0 0 400']);
    told.on('2026-02-15T00:00:00Z');
    await bills({ known });
    expect(await recognized()).toEqual([
      'USD 2026-01 400 booked 400',
      'USD 2026-02 0 booked 0',
      'USD 2026-03 0 booked 0',
    ]);
    expect(await deferred()).toEqual(['2026-01 0 0 0 0 400', '2026-02 0 0 0 0 0', '2026-03 0 0 0 0 0']);
  });

  it('is told by currency and account', async () => {
    const euro = { accountId: anId('acc', 2) };
    await told.open(euro, 'EUR');
    await subscribes('year');
    await bills();
    await subscribes('euro', euro);
    await bills({}, euro);
    expect(await recognized({ months: ['2026-01'] })).toEqual([
      'EUR 2026-01 1700 booked 0',
      'USD 2026-01 1700 booked 0',
    ]);
    expect(await recognized({ months: ['2026-01'], currency: 'EUR' })).toEqual(['EUR 2026-01 1700 booked 0']);
    expect(await recognized({ months: ['2026-01'], accountId: ACCOUNT })).toEqual(['USD 2026-01 1700 booked 0']);
    expect(await (await projected()).recognized(anId('tnt', 2), { months: QUARTER })).toEqual([]);
  });

  describe('is to be booked', () => {
    const unbooked = async (
      now: string,
      parts: { readonly suspended?: boolean; readonly byTestClock?: boolean } = {},
    ) => {
      await projected();
      await database.projector.query(
        'INSERT INTO read.tenants (tenant_id, name, usage_shards, policy, suspended, created_at, position) VALUES ($1, $1, 16, $2, $3, now(), 0)',
        [TENANT, JSON.stringify({ billing: 'automatic' }), parts.suspended ?? false],
      );
      const page = { now: at(now), byTestClock: parts.byTestClock ?? false, after: null, limit: 10 };
      return (await unbookedMonths(database.projector, page)).map(({ month }) => month);
    };

    it('three days after the end of the month, month after month', async () => {
      await subscribes('year');
      await bills();
      expect(await unbooked('2026-02-03T23:59:59Z')).toEqual([]);
      expect(await unbooked('2026-02-04T00:00:00Z')).toEqual(['2026-01']);
      expect(await unbooked('2026-07-04T00:00:00Z')).toEqual(['2026-01']);
      await books('2026-01');
      expect(await unbooked('2026-02-28T00:00:00Z')).toEqual([]);
      expect(await unbooked('2026-03-04T00:00:00Z')).toEqual(['2026-02']);
    });

    it('not while something is to be billed first, nor of a tenant that is suspended, nor by a clock that is another one', async () => {
      await subscribes('calls');
      // The usage is billed on 15 February.
      expect(await unbooked('2026-02-04T00:00:00Z')).toEqual(['2026-01']);
      expect(await unbooked('2026-02-04T00:00:00Z', { suspended: true })).toEqual([]);
      expect(await unbooked('2026-02-04T00:00:00Z', { byTestClock: true })).toEqual([]);
      await told.tell(cancelSubscription({ catalog: CATALOG, at: at('2026-01-25T00:00:00Z'), now: told.clock.now() }));
      // Its end bills it on 25 January.
      expect(await unbooked('2026-02-04T00:00:00Z')).toEqual([]);
    });

    it('not where nothing is served, accrued or told any more', async () => {
      await subscribes('calls');
      await told.tell(cancelSubscription({ catalog: CATALOG, at: at('2026-01-25T00:00:00Z'), now: told.clock.now() }));
      const known = readings(40, { at: at('2026-01-20T12:00:00Z') });
      told.on('2026-01-25T00:00:00Z');
      await bills({ known });
      expect(await unbooked('2026-02-04T00:00:00Z')).toEqual(['2026-01']);
      await books('2026-01', { known });
      expect(await unbooked('2026-09-04T00:00:00Z')).toEqual([]);
    });
  });
});
