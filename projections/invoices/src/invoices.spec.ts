import { AccountHistory } from '#replay';
import {
  ACCOUNT,
  at,
  billAccount,
  cancelSubscription,
  createSubscription,
  GRACE,
  INVOICE,
  TENANT,
  usd,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { project } from '../../../test/services/projected.js';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { ToldAccounts } from '../../../test/services/told-accounts.js';
import { invoicesProjection } from './invoices.projection.js';
import { InvoicesQuery } from './invoices.query.js';

describe('a draft that was given up', () => {
  const stopping = new Stopping();

  it('is told as the log has it: void, with what it would have come to, and nothing due', async () => {
    const told = new ToldAccounts();
    await told.open();
    await told.tell(createSubscription());
    await told.tell(billAccount({ policy: GRACE }));
    await told.tell(cancelSubscription({ at: at('2026-01-01T00:00:00Z') }));
    await told.tell(billAccount({ policy: GRACE }));
    const database = await stopping.use(TestDatabase.create());
    await project(told.log, database, [invoicesProjection]);
    const query = new InvoicesQuery(database.tenants);
    const found = await query.find(TENANT, INVOICE);
    const { invoices } = await new AccountHistory(told.log).at(TENANT, ACCOUNT);
    expect(found).toEqual(invoices[0]);
    expect(found!.invoice).toMatchObject({ status: 'void', number: null, total: usd(30_00n), amountDue: usd(0n) });
    const { creditNotes: _, ...listed } = found!.invoice;
    expect((await query.list(TENANT, { status: ['void', 'open'], accountId: ACCOUNT }, { limit: 2 })).rows).toEqual([
      listed,
    ]);
    expect((await query.list(TENANT, { status: ['open'] }, { limit: 2 })).rows).toEqual([]);
  });
});
