import { accountStream, catalogStream, tenantStream } from '#contracts';
import { AppendOutcomeUnknown, derivedId, DomainError, EventLogUnavailable, type AccountId } from '#kernel';
import {
  anEnvelope,
  anId,
  aPlan,
  at,
  Crash,
  createSubscription,
  ENTITY,
  FaultyEventLog,
  FixedClock,
  InMemoryEventLog,
  on,
  sealed,
  SERIES,
  TENANT,
  type AppendFault,
} from '#testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { Catalogs } from '../../catalog/use-cases/catalogs.js';
import { ApplyDiscount, ApplyDiscountHandler } from '../../discount/use-cases/discount.handlers.js';
import { Tenants } from '../../tenant/use-cases/tenants.js';
import { TestClocks } from '../../test-clock/use-cases/test-clocks.js';
import { CouponRedemptions } from './coupon-redemptions.js';
import { CouponRedeeming, streamOfCoupon } from './redeeming.js';

const NOW = at('2026-01-15T00:00:00Z');
const STREAM = streamOfCoupon(TENANT, 'LAUNCH');
const LIMIT = 10;
const CUSTOMERS = 50;

const accountId = (number: number): AccountId => derivedId('acc', 'spec', number);
const subscriptionId = (number: number) => derivedId('sub', 'spec', number);

/** A coupon that ten may redeem, and fifty who want to. Requests run in processes that die; what is left behind, the agenda settles. */
describe('a coupon that is redeemed by many', () => {
  let log: InMemoryEventLog;
  let faults: FaultyEventLog;

  beforeEach(async () => {
    log = new InMemoryEventLog();
    faults = new FaultyEventLog(log);
    const { tenants, catalogs, accounts } = process();
    const tenant = { tenantId: TENANT, name: 'Acme', entityId: ENTITY, seriesId: SERIES, timeZone: 'UTC' };
    const firstKey = { keyId: anId('key'), name: 'first key', hash: 'a'.repeat(64), scopes: [] };
    const create = { type: 'CreateTenant', ...tenant, firstKey, usageShards: 1 } as const;
    await tenants.execute(tenantStream(TENANT), anEnvelope(1), create, () => null);
    const { key, version: _, contentHash: __, ...content } = aPlan();
    const publish = { type: 'PublishPlan', key, content, on: on('2026-01-01') } as const;
    await catalogs.execute(catalogStream(TENANT), anEnvelope(2), publish, () => null);
    const coupon = {
      code: 'LAUNCH',
      name: 'Launch',
      percent: '20',
      duration: 'forever' as const,
      maxRedemptions: LIMIT,
      maxRedemptionsPerAccount: 1,
    };
    await catalogs.execute(catalogStream(TENANT), anEnvelope(3), { type: 'DefineCoupon', coupon }, () => null);
    const catalog = await catalogs.ofTenant(TENANT);
    for (let number = 0; number < CUSTOMERS; number++) {
      const stream = accountStream(TENANT, accountId(number));
      const own = (part: number) => anEnvelope(1_000 + 2 * number + part, { accountId: accountId(number) });
      const opened = {
        type: 'OpenAccount',
        accountId: accountId(number),
        personal: sealed(),
        currency: 'USD',
        timeZone: 'UTC',
        netTermsDays: 30,
        taxStatus: 'taxable',
        entityId: ENTITY,
        metadata: {},
        now: NOW,
      } as const;
      await accounts.execute(stream, own(0), opened, () => null);
      const subscribe = createSubscription({ subscriptionId: subscriptionId(number), catalog, now: NOW });
      await accounts.execute(stream, own(1), subscribe, () => null);
    }
  });

  /** One that knows nothing of what happened before. */
  const process = () => {
    const clock = new FixedClock(NOW);
    const accounts = new Accounts(faults, clock);
    const tenants = new Tenants(faults, clock);
    const catalogs = new Catalogs(faults, clock);
    const redemptions = new CouponRedemptions(faults, clock);
    const time = new AccountTime(accounts, new TestClocks(faults, clock), tenants, clock);
    const redeeming = new CouponRedeeming(redemptions, accounts, catalogs, time, clock);
    const handler = new ApplyDiscountHandler(accounts, catalogs, redeeming, time);
    return { accounts, tenants, catalogs, redemptions, redeeming, handler };
  };
  type Process = ReturnType<typeof process>;

  const redeem = ({ handler }: Process, number: number, attempt = 0) =>
    handler.execute(
      new ApplyDiscount(
        anEnvelope(10_000 + 100 * attempt + number, { accountId: accountId(number) }),
        accountId(number),
        subscriptionId(number),
        { coupon: 'LAUNCH' },
      ),
    );

  /** As a client does it: the same request again until it is answered; null where the client gives up. */
  const redeemed = async (number: number, start: Process, attempts: number): Promise<string | null> => {
    let running = start;
    for (let attempt = 0; attempt < attempts; attempt++) {
      try {
        await redeem(running, number);
        return 'redeemed';
      } catch (error) {
        if (error instanceof DomainError) return error.code;
        if (error instanceof Crash) running = process();
        else if (!(error instanceof AppendOutcomeUnknown || error instanceof EventLogUnavailable)) throw error;
      }
    }
    return null;
  };

  /** What the agenda does about each reservation that nobody ended. */
  const settle = async (): Promise<void> => {
    const { redemptions, redeeming } = process();
    const open = await redemptions.view(STREAM, ({ reserved }) => [...reserved.keys()], 0);
    for (const [index, discountId] of open.entries())
      await redeeming.settle(anEnvelope(50_000 + index), STREAM, discountId);
  };

  const found = async () => {
    const { accounts, redemptions } = process();
    const holders: number[] = [];
    for (let number = 0; number < CUSTOMERS; number++) {
      const discounts = await accounts.view(
        accountStream(TENANT, accountId(number)),
        ({ subscriptions }) => subscriptions.get(subscriptionId(number))!.discounts.length,
        0,
      );
      expect(discounts).toBeLessThanOrEqual(1);
      if (discounts === 1) holders.push(number);
    }
    const { confirmed, reserved } = await redemptions.view(
      STREAM,
      (state) => ({ confirmed: state.confirmed.size, reserved: state.reserved.size }),
      0,
    );
    return { holders, confirmed, reserved };
  };

  it('is redeemed ten times when fifty want it at once', async () => {
    const one = process();
    const two = process();
    const answers = await Promise.all(
      Array.from({ length: CUSTOMERS }, (_, number) => redeemed(number, number % 2 === 0 ? one : two, 1)),
    );
    expect(answers.filter((answer) => answer === 'redeemed')).toHaveLength(LIMIT);
    expect(answers.filter((answer) => answer === 'coupon_exhausted')).toHaveLength(CUSTOMERS - LIMIT);
    expect(await found()).toMatchObject({ confirmed: LIMIT, reserved: 0 });
    expect((await found()).holders).toHaveLength(LIMIT);
  });

  it.each<[step: string, faults: (AppendFault | null)[], kept: boolean]>([
    ['before it is reserved', ['crash_before'], false],
    ['after it is reserved', ['crash_after'], false],
    ['before the account has it', [null, 'crash_before'], false],
    ['after the account has it', [null, 'crash_after'], true],
    ['before it is confirmed', [null, null, 'crash_before'], true],
    ['after it is confirmed', [null, null, 'crash_after'], true],
  ])('is neither lost nor doubled where the process dies %s', async (_, failing, kept) => {
    faults.failing(...failing);
    await expect(redeem(process(), 0)).rejects.toThrow(Crash);
    await settle();
    expect(await found()).toEqual({ holders: kept ? [0] : [], confirmed: kept ? 1 : 0, reserved: 0 });
    // The same request, come again: it is through, or its reservation has lapsed. Another one redeems what is left.
    const again = await redeemed(0, process(), 1);
    expect(again === 'redeemed' || again === 'coupon_redemption_lapsed').toBe(true);
    if (again !== 'redeemed') await redeem(process(), 0, 1);
    expect(await found()).toEqual({ holders: [0], confirmed: 1, reserved: 0 });
  });

  it('is given back where the account refuses it', async () => {
    await redeem(process(), 0);
    await expect(redeem(process(), 0, 1)).rejects.toMatchObject({ code: 'coupon_already_redeemed' });
    expect(await found()).toEqual({ holders: [0], confirmed: 1, reserved: 0 });
  });

  it('is not taken by whoever comes after its time, as it is another’s by then', async () => {
    const slow = process();
    let lapsed: Promise<void> | undefined;
    // Between the reservation and what the account stores of it, the agenda has settled the reservation.
    faults.failing(null, async () => (lapsed = settle()));
    await expect(redeem(slow, 0)).rejects.toMatchObject({ code: 'coupon_redemption_lapsed' });
    await lapsed;
    expect(await found()).toEqual({ holders: [], confirmed: 0, reserved: 0 });
  });

  it('is redeemed ten times whatever fails', async () => {
    const fault = fc.constantFrom<AppendFault | null>(
      null,
      null,
      null,
      'answer_lost',
      'not_stored',
      'unavailable',
      'crash_before',
      'crash_after',
    );
    const [history] = fc.sample(fc.array(fault, { minLength: 160, maxLength: 160 }), { numRuns: 1, seed: 20261130 });
    faults.failing(...history!);
    for (let number = 0; number < CUSTOMERS / 2; number += 1) await redeemed(number, process(), 2);
    await Promise.all(
      Array.from({ length: CUSTOMERS / 2 }, (_, index) => redeemed(CUSTOMERS / 2 + index, process(), 3)),
    );
    faults.forgive();
    await settle();
    const { holders, confirmed, reserved } = await found();
    expect({ holders: holders.length, reserved }).toEqual({ holders: confirmed, reserved: 0 });
    expect(confirmed).toBeLessThanOrEqual(LIMIT);
    for (let number = 0; number < CUSTOMERS; number++)
      if (!holders.includes(number)) await redeem(process(), number, 2).catch(() => null);
    expect((await found()).holders).toHaveLength(LIMIT);
  });
});
