import { USAGE_SHARDS_DEFAULT } from '#contracts';
import { differencesIn, VerifyAccounts, type Difference } from '#replay';
import { ACCOUNT, aCatalog, billAccount, createSubscription, INVOICE, on, receivePayment, TENANT, usd } from '#testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { project } from '../../../../test/services/projected.js';
import { servedAccounts } from '../../../../test/services/served-accounts.js';
import { Stopping } from '../../../../test/services/stopping.js';
import { TestDatabase } from '../../../../test/services/test-database.js';
import { ToldAccounts } from '../../../../test/services/told-accounts.js';

/** 30.00 of January, 10.00 of them paid. */
describe('what a verification finds in the rows of reports and of the agenda', () => {
  const stopping = new Stopping();
  let told: ToldAccounts;
  let database: TestDatabase;

  beforeEach(async () => {
    told = new ToldAccounts().on('2026-01-01T00:00:00Z');
    await told.open();
    await told.tell(createSubscription());
    await told.tell(billAccount());
    await told.tell(receivePayment({ amount: usd(10_00n), receivedOn: on('2026-01-20') }));
    database ??= await stopping.use(TestDatabase.create());
    await database.forget();
    await project(told.log, database);
  });

  const differences = async (): Promise<Difference[]> => {
    const verify = new VerifyAccounts(told.log, servedAccounts(database));
    const terms = { catalog: aCatalog(), usageShards: USAGE_SHARDS_DEFAULT };
    const found = await differencesIn(verify.differences(TENANT, [ACCOUNT], terms));
    return found.filter(({ subject }) => subject.startsWith('rows '));
  };
  const planted = async (statement: string): Promise<Difference[]> => {
    await database.owner.query(statement);
    return differences();
  };

  it('is nothing where nobody touched them', async () => {
    expect(await differences()).toEqual([]);
  });

  it.each([
    ['trial balance', 'transfers', '/amount', "UPDATE read.transfers SET amount = amount + 1 WHERE debit = 'cash'"],
    [
      'trial balance of a past day',
      'transfers',
      '/booked_on',
      "UPDATE read.transfers SET booked_on = '2026-01-19' WHERE debit = 'cash'",
    ],
    ['AR aging', 'ar_movements', '/amount', 'UPDATE read.ar_movements SET amount = -900 WHERE amount < 0'],
    ['AR aging, by its due day', 'ar_invoices', '/due_on', "UPDATE read.ar_invoices SET due_on = '2026-03-01'"],
    ['MRR', 'mrr_movements', '/amount', 'UPDATE read.mrr_movements SET amount = 31'],
    ['MRR that is lost', 'mrr_movements', '/', 'DELETE FROM read.mrr_movements'],
    [
      'agenda',
      'timers',
      '/due_at',
      `UPDATE read.timers SET due_at = '2026-09-01' WHERE timer_key = 'overdue:${INVOICE}'`,
    ],
    ['agenda that forgot', 'timers', '/', `DELETE FROM read.timers WHERE timer_key = 'overdue:${INVOICE}'`],
    [
      'agenda of billing',
      'billing_schedules',
      '/next_bill_at',
      "UPDATE read.billing_schedules SET next_bill_at = '2030-01-01'",
    ],
  ])('is a planted difference of the %s, with its event', async (_, table, field, statement) => {
    expect(await planted(statement)).toEqual([
      expect.objectContaining({
        subject: `rows ${table}`,
        field,
        event: { stream: expect.stringContaining('account-'), revision: expect.any(Number) },
      }),
    ]);
  });

  it('tells the earliest event first', async () => {
    await database.owner.query('DELETE FROM read.mrr_movements');
    const found = await planted("UPDATE read.transfers SET amount = amount + 1 WHERE debit IN ('cash', 'receivable')");
    const revisions = found.map(({ event }) => event!.revision);
    expect(found).toHaveLength(3);
    expect(revisions).toEqual([...revisions].sort((left, right) => left - right));
  });

  it('is a row that no event made', async () => {
    const row =
      "tenant_id, account_id, 'subscription', 99, currency, effective_at, 5, cause, actor_type, actor_id, recorded_at, position";
    const found =
      await planted(`INSERT INTO read.mrr_movements (tenant_id, account_id, subscription_id, revision, currency,
      effective_at, amount, cause, actor_type, actor_id, recorded_at, position) SELECT ${row} FROM read.mrr_movements LIMIT 1`);
    expect(found).toEqual([expect.objectContaining({ subject: 'rows mrr_movements', expected: null })]);
  });
});
