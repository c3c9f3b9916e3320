import {
  accountStream,
  tenantStream,
  USAGE_SHARDS_DEFAULT,
  usageShardOf,
  type Fact,
  type TransferFact,
} from '#contracts';
import type { AccountId, Instant } from '#kernel';
import {
  ACCOUNT,
  aCatalog,
  aPlan,
  aUsageCharge,
  activateSubscription,
  anEnvelope,
  anId,
  aReading,
  at,
  billAccount,
  cancelSubscription,
  createSubscription,
  endSubscription,
  GRACE,
  INVOICE,
  pauseSubscription,
  resumeSubscription,
  SUBSCRIPTION,
  TENANT,
  finalizeInvoice,
  on,
  uncancelSubscription,
  usd,
  voidInvoice,
} from '#testing';
import { propose } from '#write-path';
import { accountsProjection } from '#projections/accounts';
import { tenantsProjection } from '#projections/tenants';
import { testClocksProjection } from '#projections/test-clocks';
import { usageProjection } from '#projections/usage';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { project } from '../../../test/services/projected.js';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { ToldAccounts } from '../../../test/services/told-accounts.js';
import { agendaProjection } from './agenda.projection.js';
import { AgendaQuery, dueTimers, lateAccounts } from './agenda.query.js';

const LATE = at('2099-01-01T00:00:00Z');

describe('the agenda', () => {
  const stopping = new Stopping();
  let told: ToldAccounts;
  let database: TestDatabase;

  beforeEach(async () => {
    told = new ToldAccounts();
    await told.open();
  });

  const projected = async (): Promise<void> => {
    database ??= await stopping.use(TestDatabase.create());
    await database.forget();
    await project(told.log, database, [
      accountsProjection,
      agendaProjection,
      tenantsProjection,
      testClocksProjection,
      usageProjection,
    ]);
  };

  const timers = async (): Promise<string[]> => {
    await projected();
    const { rows } = await database.projector.query<{ timer_key: string; due_at: Instant }>(
      'SELECT timer_key, due_at FROM read.timers ORDER BY due_at, timer_key',
    );
    const names: Record<string, string> = { [SUBSCRIPTION]: 'subscription', [INVOICE]: 'invoice' };
    return rows.map(({ timer_key: key, due_at: dueAt }) => {
      const [kind, subject] = key.split(':') as [string, string];
      return `${kind} ${names[subject]} ${dueAt}`;
    });
  };

  const due = async (billThrough: Instant, of: object = {}): Promise<readonly string[]> =>
    new AgendaQuery(database.tenants).dueAccounts(TENANT, billThrough, { limit: 10, ...of });

  it('has the beginning of a subscription until it began, then its billing', async () => {
    await told.tell(createSubscription({ startAt: at('2026-01-10T00:00:00Z') }));
    expect(await timers()).toEqual(['activate subscription 2026-01-10T00:00:00Z']);
    await told.tell(activateSubscription({ now: at('2026-01-10T00:00:00Z') }));
    expect(await timers()).toEqual(['bill subscription 2026-01-10T00:00:00Z']);
  });

  it('has the next billing when the last is done', async () => {
    await told.tell(createSubscription());
    await told.tell(billAccount());
    expect(await timers()).toEqual(
      ['overdue invoice 2026-02-01T00:00:00Z', 'bill subscription 2026-02-01T00:00:00Z'].sort(),
    );
  });

  it('has the end of a subscription until it ended', async () => {
    await told.tell(createSubscription());
    await told.tell(cancelSubscription({ at: at('2026-01-20T00:00:00Z'), credit: 'none' }));
    expect(await timers()).toContain('end subscription 2026-01-20T00:00:00Z');
    await told.tell(endSubscription());
    expect((await timers()).filter((timer) => timer.startsWith('end'))).toEqual([]);
  });

  it('has no end that was taken back, and the end of a pause until it is resumed', async () => {
    await told.tell(createSubscription());
    await told.tell(cancelSubscription({ at: at('2026-01-20T00:00:00Z'), credit: 'none' }));
    await told.tell(uncancelSubscription());
    expect((await timers()).filter((timer) => timer.startsWith('end'))).toEqual([]);
    await told.tell(pauseSubscription({ until: at('2026-01-20T00:00:00Z') }));
    expect(await timers()).toContain('resume subscription 2026-01-20T00:00:00Z');
    await told.tell(resumeSubscription({ at: at('2026-01-10T00:00:00Z') }));
    expect((await timers()).filter((timer) => timer.startsWith('resume'))).toEqual([]);
  });

  it('has the end of a trial', async () => {
    await told.tell(createSubscription({ trial: { days: 14 } }));
    expect(await timers()).toContain('trial subscription 2026-01-15T00:00:00Z');
    await told.tell({ type: 'EndTrial', subscriptionId: SUBSCRIPTION, at: at('2026-01-15T00:00:00Z') });
    expect((await timers()).filter((timer) => timer.startsWith('trial'))).toEqual([]);
  });

  it('has the end of a grace period until the invoice is issued, then when it is overdue, until it is void', async () => {
    await told.tell(createSubscription());
    await told.tell(billAccount({ policy: GRACE }));
    expect(await timers()).toContain('finalize invoice 2026-01-02T00:00:00Z');
    await told.tell(finalizeInvoice());
    expect((await timers()).filter((timer) => timer.includes('invoice'))).toEqual([
      'overdue invoice 2026-02-01T00:00:00Z',
    ]);
    await told.tell(voidInvoice());
    expect((await timers()).filter((timer) => timer.includes('invoice'))).toEqual([]);
  });

  it('has no end of a grace period for a draft that was given up', async () => {
    await told.tell(createSubscription());
    await told.tell(billAccount({ policy: GRACE }));
    await told.tell(cancelSubscription({ at: at('2026-01-01T00:00:00Z') }));
    await told.tell(billAccount({ policy: GRACE }));
    expect(await timers()).toEqual([]);
  });

  describe('of a stream that is no account', () => {
    const transfer = anId('tfr');
    const tell = async (
      fact: TransferFact | Fact<'TimerSkipped' | 'TimerReleased'>,
      stream = tenantStream(TENANT),
      number = 1,
    ): Promise<void> => {
      const proposals = propose([fact], stream, anEnvelope(number), told.clock.now());
      await told.log.append(
        stream,
        proposals.map(({ event }) => event),
        'any',
      );
    };
    const sides = { debit: 'cash', credit: 'wallet', amount: usd(1n), bookedOn: on('2026-01-01') } as const;
    const pended: TransferFact = {
      type: 'TransferPended',
      data: {
        transferId: transfer,
        ...sides,
        cause: { type: 'transfer', id: transfer },
        rule: 'transfer',
        flags: ['pending'],
        timeoutSeconds: 60,
        timer: { key: `expire:${transfer}`, dueAt: at('2026-01-01T00:01:00Z'), generation: 1 },
      },
    };
    const rows = async () => {
      await projected();
      return (await database.projector.query('SELECT owner, account_id, timer_key FROM read.timers ORDER BY owner'))
        .rows;
    };

    it('has its timer until it went, beside one of an account by the same key', async () => {
      await tell(pended);
      await tell(pended, accountStream(TENANT, ACCOUNT), 2);
      const key = { timer_key: `expire:${transfer}` };
      const ofAccount = { owner: accountStream(TENANT, ACCOUNT), account_id: ACCOUNT, ...key };
      expect(await rows()).toEqual([ofAccount, { owner: tenantStream(TENANT), account_id: null, ...key }]);
      await tell({ type: 'PendingTransferExpired', data: { pendingId: transfer, ...sides } }, tenantStream(TENANT), 3);
      expect(await rows()).toEqual([ofAccount]);
    });

    it('is not due once somebody decided against it, whatever else is lost, until it is released', async () => {
      await tell(pended);
      const due = async (): Promise<string[]> => {
        await projected();
        await database.projector.query(`
          INSERT INTO read.tenants (tenant_id, name, usage_shards, policy, suspended, created_at, position)
            VALUES ('${TENANT}', 'Test', 16, '{"billing":"automatic"}', false, now(), 0)`);
        return (await dueTimers(database.projector, LATE, 10)).map(({ key }) => key);
      };
      const data = { owner: tenantStream(TENANT), timerKey: `expire:${transfer}`, generation: 1 };
      expect(await due()).toEqual([data.timerKey]);
      await tell({ type: 'TimerSkipped', data: { ...data, generation: 7 } }, data.owner, 2);
      expect(await due()).toEqual([data.timerKey]);
      await tell({ type: 'TimerSkipped', data }, data.owner, 3);
      expect(await due()).toEqual([]);
      await tell({ type: 'TimerReleased', data }, data.owner, 4);
      expect(await due()).toEqual([data.timerKey]);
    });

    it('goes by the clock on the wall, and an account under test by its own', async () => {
      await tell(pended);
      await tell(pended, accountStream(TENANT, ACCOUNT), 2);
      await projected();
      const come = async (now: Instant) => (await dueTimers(database.projector, now, 10)).map(({ owner }) => owner);
      const clock = anId('clk');
      await database.projector.query(`
        INSERT INTO read.tenants (tenant_id, name, usage_shards, policy, suspended, created_at, position)
          VALUES ('${TENANT}', 'Test', 16, '{"billing":"automatic"}', false, now(), 0);
        INSERT INTO read.account_clocks (tenant_id, account_id, clock_id) VALUES ('${TENANT}', '${ACCOUNT}', '${clock}');
        INSERT INTO read.test_clocks (tenant_id, clock_id, started_from, shows, position)
          VALUES ('${TENANT}', '${clock}', '2025-01-01', '2025-01-01', 0)`);
      expect(await come(at('2026-01-01T00:00:59Z'))).toEqual([]);
      expect(await come(LATE)).toEqual([tenantStream(TENANT)]);
      await database.projector.query(`UPDATE read.test_clocks SET shows = '2026-01-01T00:01:00Z'`);
      expect(await come(at('2026-01-01T00:00:59Z'))).toEqual([accountStream(TENANT, ACCOUNT)]);
      expect((await come(LATE)).sort()).toEqual([accountStream(TENANT, ACCOUNT), tenantStream(TENANT)]);
    });
  });

  describe('for a billing run', () => {
    it('names accounts that have something to bill by then, and again those whose invoice is void', async () => {
      await told.tell(createSubscription());
      await projected();
      expect(await due(at('2025-12-31T23:59:59Z'))).toEqual([]);
      expect(await due(at('2026-01-01T00:00:00Z'))).toEqual([ACCOUNT]);
      await told.tell(billAccount());
      await projected();
      expect(await due(at('2026-01-31T23:59:59Z'))).toEqual([]);
      expect(await due(at('2026-02-01T00:00:00Z'))).toEqual([ACCOUNT]);
      await told.tell(voidInvoice());
      await projected();
      expect(await due(at('2026-01-01T00:00:00Z'))).toEqual([ACCOUNT]);
    });

    it('names accounts that got usage for a time that is billed', async () => {
      await told.tell(createSubscription());
      const { revision: _, ordinal: __, digest: ___, ...reading } = aReading({ at: at('2026-01-15T12:00:00Z') });
      await told.record([reading]);
      await told.tell(billAccount({ billThrough: at('2026-02-01T00:00:00Z'), known: [aReading({ revision: 0 })] }));
      await told.record([{ ...reading, id: 'after', at: at('2026-02-15T12:00:00Z') }]);
      await projected();
      expect(await due(at('2026-02-01T00:00:00Z'))).toEqual([]);
      await told.record([{ ...reading, id: 'late' }]);
      await projected();
      expect(await due(at('2026-02-01T00:00:00Z'))).toEqual([ACCOUNT]);
    });

    it('names of accounts that share a usage stream those alone that got usage themselves', async () => {
      const isBeside = (accountId: AccountId): boolean =>
        usageShardOf(accountId, USAGE_SHARDS_DEFAULT) === usageShardOf(ACCOUNT, USAGE_SHARDS_DEFAULT);
      const beside = Array.from({ length: 99 }, (_, number) => anId('acc', 100 + number)).find(isBeside)!;
      const accounts = [ACCOUNT, beside].sort();
      await told.open({ accountId: beside });
      const { revision: _, ordinal: __, digest: ___, ...reading } = aReading({ at: at('2026-01-15T12:00:00Z') });
      await told.recordTogether(accounts.map((accountId) => ({ accountId, readings: [reading] })));
      const terms = { catalog: aCatalog({ plans: [aPlan({ charges: [aUsageCharge()] })] }) };
      const bills = { ...terms, billThrough: at('2026-02-01T00:00:00Z') };
      for (const accountId of accounts) {
        await told.tell(createSubscription(terms), { accountId });
        await told.tell(billAccount({ ...bills, known: [aReading({ revision: 0 })] }), { accountId });
      }
      const late = async () => [
        await due(at('2026-02-01T00:00:00Z')),
        (await lateAccounts(database.projector, { after: null, limit: 10 })).map(({ accountId, revision }) => [
          accountId,
          revision,
        ]),
      ];
      await projected();
      await database.projector.query(
        `INSERT INTO read.tenants (tenant_id, name, usage_shards, policy, suspended, created_at, position)
         VALUES ($1, $1, 16, '{"billing": "automatic"}', false, now(), 0)`,
        [TENANT],
      );
      expect(await late()).toEqual([[], []]);
      await told.record([{ ...reading, id: 'late' }], { accountId: beside });
      await project(told.log, database, [usageProjection]);
      expect(await late()).toEqual([[beside], [[beside, 1]]]);
      const again = { invoiceId: anId('inv', 2), known: [aReading({ revision: 0 }), aReading({ revision: 1 })] };
      await told.tell(billAccount({ ...bills, ...again }), { accountId: beside });
      await project(told.log, database, [agendaProjection]);
      expect(await late()).toEqual([[], []]);
    });

    it('goes page by page, of the accounts asked for, of one tenant', async () => {
      const accounts = [1, 2, 3, 4].map((number) => anId('acc', number)).sort();
      for (const accountId of accounts) {
        if (accountId !== ACCOUNT) await told.open({ accountId });
        await told.tell(createSubscription(), { accountId });
      }
      await told.open({ tenantId: anId('tnt', 2) });
      await told.tell(createSubscription(), { tenantId: anId('tnt', 2) });
      await projected();
      expect(await due(LATE, { limit: 3 })).toEqual(accounts.slice(0, 3));
      expect(await due(LATE, { only: [accounts[1], anId('acc', 9)] })).toEqual([accounts[1]]);
    });
  });

  describe('fires', () => {
    const fired = async (now: Instant, billing = 'automatic', suspended = false): Promise<string[]> => {
      await projected();
      await database.projector.query(
        'INSERT INTO read.tenants (tenant_id, name, usage_shards, policy, suspended, created_at, position) VALUES ($1, $1, 16, $2, $3, now(), 0)',
        [TENANT, JSON.stringify({ billing }), suspended],
      );
      return (await dueTimers(database.projector, now, 10)).map(
        ({ key, accountId }) => `${accountId} ${key.split(':')[0]}`,
      );
    };
    const claim = (leasedUntil: string, done: boolean, generation = 1) =>
      database.projector.query(
        `INSERT INTO ops.timer_claims (tenant_id, owner, timer_key, generation, leased_until, fired)
         SELECT tenant_id, owner, timer_key, $3, now() + $1::interval, $2 FROM read.timers`,
        [leasedUntil, done, generation],
      );
    const still = async (): Promise<number> => (await dueTimers(database.projector, LATE, 10)).length;

    it('the earliest timer of each account, when it is due', async () => {
      await told.tell(createSubscription());
      await told.tell(cancelSubscription({ at: at('2026-01-20T00:00:00Z'), credit: 'none' }));
      await told.open({ accountId: anId('acc', 2) });
      await told.tell(createSubscription({ startAt: at('2026-03-01T00:00:00Z') }), { accountId: anId('acc', 2) });
      expect(await fired(at('2025-12-31T00:00:00Z'))).toEqual([]);
      expect(await fired(at('2026-02-01T00:00:00Z'))).toEqual([`${ACCOUNT} bill`]);
      expect((await fired(LATE)).sort()).toEqual([`${ACCOUNT} bill`, `${anId('acc', 2)} activate`].sort());
    });

    it('no billing where billing is manual', async () => {
      await told.tell(createSubscription());
      await told.tell(cancelSubscription({ at: at('2026-01-20T00:00:00Z'), credit: 'none' }));
      expect(await fired(LATE, 'manual')).toEqual([`${ACCOUNT} end`]);
    });

    it('nothing of a tenant that is suspended', async () => {
      await told.tell(createSubscription());
      await told.tell(cancelSubscription({ at: at('2026-01-20T00:00:00Z'), credit: 'none' }));
      expect(await fired(LATE, 'automatic', true)).toEqual([]);
      await database.projector.query('UPDATE read.tenants SET suspended = false');
      expect(await still()).toBe(1);
    });

    it('nothing that is being fired, or is done: but what a lease ran out on, and the next generation', async () => {
      await told.tell(createSubscription());
      expect(await fired(LATE)).toHaveLength(1);
      await claim('1 minute', false);
      expect(await still()).toBe(0);
      await database.projector.query(`UPDATE ops.timer_claims SET leased_until = now() - interval '1 second'`);
      expect(await still()).toBe(1);
      await database.projector.query('UPDATE ops.timer_claims SET fired = true');
      expect(await still()).toBe(0);
      await database.projector.query('UPDATE ops.timer_claims SET generation = 0');
      expect(await still()).toBe(1);
    });
  });
});
