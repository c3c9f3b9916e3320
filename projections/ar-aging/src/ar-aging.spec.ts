import type { Instant, LocalDate } from '#kernel';
import {
  ACCOUNT,
  anId,
  at,
  billAccount,
  createSubscription,
  INVOICE,
  on,
  receivePayment,
  reversePayment,
  TENANT,
  usd,
  voidInvoice,
} from '#testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { accountsProjection } from '#projections/accounts';
import { project } from '../../../test/services/projected.js';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { ToldAccounts } from '../../../test/services/told-accounts.js';
import { arAgingProjection } from './ar-aging.projection.js';
import { ArAgingQuery } from './ar-aging.query.js';
import { OutstandingQuery } from './outstanding.query.js';

/** One invoice over 30.00, issued on 1 January with 30 days to pay: due on 31 January. */
describe('what is owed, by age', () => {
  const stopping = new Stopping();
  const PAYMENT = anId('pay');
  let told: ToldAccounts;
  let issued: bigint;
  let database: TestDatabase;

  beforeEach(async () => {
    told = new ToldAccounts().on('2026-01-01T00:00:00Z');
    await told.open();
    await told.tell(createSubscription());
    issued = await told.tell(billAccount());
  });

  const query = async (): Promise<ArAgingQuery> => {
    database ??= await stopping.use(TestDatabase.create());
    await database.forget();
    await project(told.log, database, [accountsProjection, arAgingProjection]);
    return new ArAgingQuery(database.tenants);
  };

  const outstanding = () => new OutstandingQuery(database.tenants);

  const bucketsAt = async (
    aging: ArAgingQuery,
    day: LocalDate,
    cut: { readonly position?: bigint; readonly recordedAt?: Instant } = {},
  ): Promise<Record<string, bigint>> => {
    const [account] = await aging.accounts(TENANT, { at: day, ...cut });
    return Object.fromEntries(
      Object.entries(account?.buckets ?? {}).flatMap(([bucket, { minor }]) => (minor === 0n ? [] : [[bucket, minor]])),
    );
  };

  it('falls into one bucket a day', async () => {
    const aging = await query();
    const days: readonly (readonly [string, Record<string, bigint>])[] = [
      ['2025-12-31', {}],
      ['2026-01-01', { current: 30_00n }],
      ['2026-01-31', { current: 30_00n }],
      ['2026-02-01', { days1to30: 30_00n }],
      ['2026-03-02', { days1to30: 30_00n }],
      ['2026-03-03', { days31to60: 30_00n }],
      ['2026-04-01', { days31to60: 30_00n }],
      ['2026-04-02', { days61to90: 30_00n }],
      ['2026-05-01', { days61to90: 30_00n }],
      ['2026-05-02', { over90: 30_00n }],
      ['2030-01-01', { over90: 30_00n }],
    ];
    for (const [day, buckets] of days) expect([day, await bucketsAt(aging, on(day))]).toEqual([day, buckets]);
  });

  it('is less by what was paid, from the day on which it was', async () => {
    await told.tell(receivePayment({ amount: usd(10_00n), receivedOn: on('2026-01-20') }));
    const aging = await query();
    expect(await bucketsAt(aging, on('2026-01-19'))).toEqual({ current: 30_00n });
    expect(await bucketsAt(aging, on('2026-01-20'))).toEqual({ current: 20_00n });
    expect(await bucketsAt(aging, on('2026-01-20'), { position: issued })).toEqual({ current: 30_00n });
    expect(await outstanding().of(TENANT, [ACCOUNT])).toEqual(
      new Map([[ACCOUNT, [[INVOICE, { amount: usd(20_00n), dueOn: on('2026-01-31') }]]]]),
    );
  });

  it('is owed again, as old as it was, when a payment is reversed', async () => {
    await told.tell(receivePayment({ amount: usd(30_00n), receivedOn: on('2026-01-20') }));
    await told.on('2026-02-15T00:00:00Z').tell(reversePayment({ bookedOn: on('2026-02-15') }));
    const aging = await query();
    expect(await bucketsAt(aging, on('2026-02-14'))).toEqual({});
    expect(await bucketsAt(aging, on('2026-02-15'))).toEqual({ days1to30: 30_00n });
    expect(await bucketsAt(aging, on('2026-02-15'), { recordedAt: at('2026-02-14T00:00:00Z') })).toEqual({});
  });

  it.each([
    ['voided', voidInvoice({ bookedOn: on('2026-02-10') })],
    ['written off', { type: 'MarkInvoiceUncollectible', invoiceId: INVOICE, bookedOn: on('2026-02-10') } as const],
  ])('is nothing once the invoice is %s', async (_, command) => {
    await told.tell(command);
    const aging = await query();
    expect(await bucketsAt(aging, on('2026-02-09'))).toEqual({ days1to30: 30_00n });
    expect(await bucketsAt(aging, on('2026-02-10'))).toEqual({});
    expect(await outstanding().of(TENANT, [ACCOUNT])).toEqual(new Map());
  });

  it('is paid beyond what is due without being owed to the customer here', async () => {
    await told.tell(receivePayment({ paymentId: PAYMENT, amount: usd(45_00n) }));
    expect(await bucketsAt(await query(), on('2026-02-15'))).toEqual({});
  });

  it('is of the tenant that asks', async () => {
    const aging = await query();
    expect(await aging.accounts(anId('tnt', 2), { at: on('2026-02-15') })).toEqual([]);
    expect(await outstanding().of(anId('tnt', 2), [ACCOUNT])).toEqual(new Map());
  });
});
