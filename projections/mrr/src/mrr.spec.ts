import { monthlyAmount } from '#analytics';
import { Decimal, type Instant, type TenantId } from '#kernel';
import {
  aCatalog,
  aCharge,
  anId,
  aPlan,
  at,
  cancelSubscription,
  changePlan,
  createSubscription,
  pauseSubscription,
  resumeSubscription,
  SUBSCRIPTION,
  TENANT,
  withdrawChange,
} from '#testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { accountsProjection } from '#projections/accounts';
import { project } from '../../../test/services/projected.js';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { ToldAccounts } from '../../../test/services/told-accounts.js';
import { mrrProjection } from './mrr.projection.js';
import { MrrQuery } from './mrr.query.js';

const SECOND = anId('sub', 2);
const OTHER_TENANT = anId('tnt', 2);

/** 30 a month; yearly 120 is 10 a month; usage and set-up recur in no month. */
const CATALOG = aCatalog({
  plans: [
    aPlan(),
    aPlan({
      key: 'yearly',
      interval: { unit: 'year', count: 1 },
      charges: [aCharge({ price: { model: 'flat', amount: '120' } })],
    }),
    aPlan({ key: 'euro', currency: 'EUR' }),
    aPlan({ key: 'set-up', charges: [aCharge({ kind: 'one_time', timing: 'in_arrears', proration: 'none' })] }),
  ],
});

describe('what an amount comes to in a month', () => {
  it.each([
    ['30', { unit: 'month', count: 1 }, '30'],
    ['30', { unit: 'month', count: 3 }, '10'],
    ['120', { unit: 'year', count: 1 }, '10'],
    ['240', { unit: 'year', count: 2 }, '10'],
    ['12', { unit: 'week', count: 1 }, '52'],
    ['12', { unit: 'week', count: 2 }, '26'],
    ['1', { unit: 'day', count: 1 }, '30.4167'],
    ['100', { unit: 'month', count: 3 }, '33.3333'],
    ['200', { unit: 'month', count: 3 }, '66.6667'],
    ['-200', { unit: 'month', count: 3 }, '-66.6667'],
    ['0.0002', { unit: 'month', count: 4 }, '0.0001'],
    ['0', { unit: 'day', count: 1 }, '0'],
  ] as const)('%s per %o is %s', (amount, interval, monthly) => {
    expect(monthlyAmount(Decimal.parse(amount), interval).compare(Decimal.parse(monthly))).toBe(0);
  });
});

describe('monthly recurring revenue', () => {
  const stopping = new Stopping();
  let told: ToldAccounts;
  let database: TestDatabase;

  beforeEach(async () => {
    told = new ToldAccounts().on('2026-04-02T00:00:00Z');
    await told.open();
  });

  const months = (...names: readonly string[]): Instant[] => names.map((name) => at(`${name}T00:00:00Z`));
  const FIRST_HALF = months('2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01');

  const subscribe = (startAt: string, parts: Partial<Parameters<typeof createSubscription>[0]> = {}) =>
    told.tell(createSubscription({ catalog: CATALOG, startAt: at(startAt), now: told.clock.now(), ...parts }));
  const cancel = (endsAt: string, parts: Partial<Parameters<typeof cancelSubscription>[0]> = {}) =>
    told.tell(cancelSubscription({ catalog: CATALOG, at: at(endsAt), now: told.clock.now(), ...parts }));

  const points = async (
    boundaries: readonly Instant[] = FIRST_HALF,
    cut: { readonly position?: bigint; readonly recordedAt?: Instant } = {},
    tenantId: TenantId = TENANT,
  ): Promise<string[]> => {
    database ??= await stopping.use(TestDatabase.create());
    await database.forget();
    await project(told.log, database, [accountsProjection, mrrProjection]);
    const found = await new MrrQuery(database.tenants).points(tenantId, { boundaries, ...cut });
    return found.map(({ currency, at: begins, mrr, movements }) =>
      [
        begins.slice(0, 7),
        currency,
        mrr,
        ...Object.entries(movements).flatMap(([kind, amount]) =>
          amount.isZero ? [] : [`${kind} ${amount.toString()}`],
        ),
      ].join(' '),
    );
  };

  it('is new with the first subscription, and stays', async () => {
    await subscribe('2026-01-15T00:00:00Z');
    expect(await points()).toEqual(['2026-01 USD 30 new 30', '2026-02 USD 30', '2026-03 USD 30']);
  });

  it('expands and contracts while something is left', async () => {
    await subscribe('2026-01-15T00:00:00Z');
    await subscribe('2026-02-10T00:00:00Z', { subscriptionId: SECOND, plan: 'yearly' });
    await cancel('2026-03-20T00:00:00Z', { subscriptionId: SECOND });
    expect(await points()).toEqual([
      '2026-01 USD 30 new 30',
      '2026-02 USD 40 expansion 10',
      '2026-03 USD 30 contraction -10',
    ]);
  });

  it('churns with the last subscription, and is reactivated by the next', async () => {
    await subscribe('2026-01-15T00:00:00Z');
    await cancel('2026-02-20T00:00:00Z');
    await subscribe('2026-03-10T00:00:00Z', { subscriptionId: SECOND, plan: 'yearly' });
    expect(await points()).toEqual([
      '2026-01 USD 30 new 30',
      '2026-02 USD 0 churn -30',
      '2026-03 USD 10 reactivation 10',
    ]);
  });

  it('moves with another plan, with a pause and with what is withdrawn', async () => {
    await subscribe('2026-01-15T00:00:00Z');
    const facts = { catalog: CATALOG, now: told.clock.now() };
    await told.tell(changePlan({ ...facts, plan: 'yearly', at: at('2026-02-10T00:00:00Z') }));
    await told.tell(pauseSubscription({ ...facts, at: at('2026-03-10T00:00:00Z') }));
    expect(await points()).toEqual([
      '2026-01 USD 30 new 30',
      '2026-02 USD 10 contraction -20',
      '2026-03 USD 0 churn -10',
    ]);
    await told.tell(resumeSubscription({ ...facts, at: at('2026-03-20T00:00:00Z') }));
    expect((await points())[2]).toBe('2026-03 USD 10 churn -10 reactivation 10');
    const later = { changeId: 'later', plan: 'standard', at: at('2026-06-01T00:00:00Z') };
    await told.tell(changePlan({ ...facts, ...later }));
    const june = months('2026-06-01', '2026-07-01');
    expect(await points(june)).toEqual(['2026-06 USD 30 expansion 20']);
    await told.tell(withdrawChange({ ...facts, changeId: 'later' }));
    expect(await points(june)).toEqual(['2026-06 USD 10']);
  });

  it('counts a trial from its end', async () => {
    await subscribe('2026-01-15T00:00:00Z', { trial: { days: 30 } });
    expect(await points()).toEqual(['2026-01 USD 0', '2026-02 USD 30 new 30', '2026-03 USD 30']);
  });

  it('belongs to the interval that begins at a boundary, not to the one that ends there', async () => {
    await subscribe('2026-02-01T00:00:00Z');
    await cancel('2026-03-01T00:00:00Z');
    expect(await points()).toEqual(['2026-01 USD 0', '2026-02 USD 30 new 30', '2026-03 USD 0 churn -30']);
  });

  it('moves by the difference alone when one subscription follows another at the same moment', async () => {
    await subscribe('2026-01-15T00:00:00Z');
    await cancel('2026-02-10T00:00:00Z');
    await subscribe('2026-02-10T00:00:00Z', { subscriptionId: SECOND, plan: 'yearly' });
    expect(await points()).toEqual(['2026-01 USD 30 new 30', '2026-02 USD 10 contraction -20', '2026-03 USD 10']);
  });

  it('knows at a position and at a recorded instant what was known then', async () => {
    const begun = await subscribe('2026-01-15T00:00:00Z');
    told.on('2026-05-01T00:00:00Z');
    await cancel('2026-02-20T00:00:00Z');
    const known = ['2026-01 USD 30 new 30', '2026-02 USD 30', '2026-03 USD 30'];
    expect(await points(FIRST_HALF, { position: begun })).toEqual(known);
    expect(await points(FIRST_HALF, { recordedAt: at('2026-04-30T23:59:59Z') })).toEqual(known);
    expect(await points(FIRST_HALF, { recordedAt: at('2026-05-01T00:00:00Z') })).not.toEqual(known);
  });

  it('is nothing where nothing recurs', async () => {
    await subscribe('2026-01-15T00:00:00Z', { plan: 'set-up' });
    expect((await points()).map((point) => point.slice(8))).toEqual(['USD 0', 'USD 0', 'USD 0']);
  });

  it('is told per account, currency and tenant', async () => {
    const euro = { tenantId: TENANT, accountId: anId('acc', 2) };
    await told.open(euro, 'EUR');
    await told.open({ tenantId: OTHER_TENANT });
    const elsewhere = createSubscription({
      catalog: CATALOG,
      startAt: at('2026-01-02T00:00:00Z'),
      now: told.clock.now(),
    });
    await told.tell(
      createSubscription({
        catalog: CATALOG,
        plan: 'euro',
        startAt: at('2026-03-01T00:00:00Z'),
        now: told.clock.now(),
      }),
      euro,
    );
    await told.tell(elsewhere, { tenantId: OTHER_TENANT });
    await subscribe('2026-01-15T00:00:00Z');
    const quarter = months('2026-01-01', '2026-04-01');
    expect(await points(quarter)).toEqual(['2026-01 EUR 30 new 30', '2026-01 USD 30 new 30']);
    expect(await points(quarter, {}, OTHER_TENANT)).toEqual(['2026-01 USD 30 new 30']);
    expect(await points(quarter, {}, anId('tnt', 3))).toEqual([]);
  });

  it('ends with a subscription that was canceled for a later day before it began', async () => {
    await told
      .on('2026-01-01T00:00:00Z')
      .tell(createSubscription({ catalog: CATALOG, activation: 'manual', startAt: at('2026-01-10T00:00:00Z') }));
    await cancel('2026-03-01T00:00:00Z');
    await told.on('2026-01-10T00:00:00Z').tell({
      type: 'ActivateSubscription',
      subscriptionId: SUBSCRIPTION,
      catalog: CATALOG,
      now: told.clock.now(),
    });
    expect(await points()).toEqual(['2026-01 USD 30 new 30', '2026-02 USD 30', '2026-03 USD 0 churn -30']);
  });
});
