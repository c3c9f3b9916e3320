import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import {
  bill,
  billedAccount,
  FEBRUARY,
  invoicesOf,
  JANUARY,
  openAccount,
  reading,
  recordUsage,
  subscribe,
  usd,
  withCatalog,
} from './samples.js';

/** What an invoice says beside its names, which a preview cannot know. */
const said = ({ lines, number: _, id: __, billingRunId: ___, dueOn: ____, issueDate: _____, ...rest }: Any) => ({
  ...rest,
  lines: lines.map(({ id: ______, ...line }: Any) => line),
});

describe('previews', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let account: Any;

  const head = async (): Promise<bigint> => {
    await recount.caughtUp();
    return recount.store.lastPosition();
  };

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
  });

  beforeEach(async () => {
    client = await recount.manualTenant();
    await withCatalog(client);
    account = await openAccount(client);
    await subscribe(client, account.id);
    await recordUsage(client, [reading(account.id, 1_500, '2025-01-10T12:00:00Z')]);
  });

  describe('a dry billing run', () => {
    const dryly = (fields: object = {}): Promise<Any> =>
      client.create('billing-runs', { billThrough: JANUARY.end, dryRun: true, ...fields });

    it('shows the very invoices that the run then makes, and writes nothing', async () => {
      const before = await head();
      const preview = await dryly();
      expect(preview).toMatchObject({
        status: 'completed',
        accounts: { due: 1, billed: 1, failed: 0 },
        invoices: 1,
        totals: [usd('45.00')],
        failures: [],
        preview: [{ accountId: account.id, status: 'open', number: null, total: usd('45.00') }],
      });
      expect(await head()).toBe(before);
      expect((await client.read('billing-runs')).data).toEqual([]);
      expect((await client.read('invoices')).data).toEqual([]);
      const made = await invoicesOf(client, await bill(client, JANUARY.end));
      expect(preview.preview.map(said)).toEqual(made.map(said));
    });

    it('shows late usage as the difference that it makes', async () => {
      await bill(client, JANUARY.end);
      await recordUsage(client, [reading(account.id, 250, '2025-01-31T23:59:59Z')]);
      const { preview } = await dryly();
      expect(preview).toMatchObject([{ total: usd('2.50'), lines: [{ kind: 'late_usage', quantity: '250' }] }]);
    });

    it('shows drafts where a grace period is granted, and leaves the draft of before alone', async () => {
      await client.done('PUT', 'settings/billing', { finalize: 'grace', graceHours: 1 });
      expect((await dryly()).preview).toMatchObject([{ status: 'draft', total: usd('45.00') }]);
      const [draft] = await invoicesOf(client, await bill(client, JANUARY.end));
      await recordUsage(client, [reading(account.id, 250, '2025-01-31T23:59:59Z')]);
      expect((await dryly()).preview).toMatchObject([{ id: draft.id, status: 'draft', total: usd('47.50') }]);
      expect(await client.read(`invoices/${draft.id}`)).toEqual(draft);
    });

    it('shows a large invoice whole', async () => {
      const charges = Array.from({ length: 200 }, (_, index) => ({
        key: `fee-${index}`,
        name: 'x'.repeat(256),
        kind: 'recurring',
        timing: 'in_advance',
        price: { model: 'flat', amount: '1.00' },
      }));
      const plan = { key: 'wide', name: 'Wide', currency: 'USD', interval: { unit: 'day', count: 1 }, charges };
      await client.create('plans', plan);
      const wide = await openAccount(client);
      await subscribe(client, wide.id, { plan: 'wide' });
      const { preview } = await dryly({ billThrough: '2025-01-05T00:00:00Z', accounts: [wide.id] });
      expect(preview[0].lines).toHaveLength(1_000);
      expect(preview[0].total).toEqual(usd('1000.00'));
    });

    it('looks at the named accounts alone', async () => {
      const other = await openAccount(client);
      expect(await dryly({ accounts: [other.id] })).toMatchObject({ invoices: 0, totals: [], preview: [] });
    });
  });

  describe('an upcoming invoice', () => {
    const upcoming = (id: string) => client.read(`accounts/${id}/upcoming-invoice`);

    it('is what falls due next, with all usage so far, and is not written', async () => {
      await bill(client, FEBRUARY.end);
      const before = await head();
      const next = await upcoming(account.id);
      expect(next).toMatchObject({ accountId: account.id, status: 'draft', number: null });
      expect(next.lines.map(({ charge }: Any) => charge)).toContain('fee');
      expect(await head()).toBe(before);
    });

    it('lies ahead where everything is billed: the usage of the running period, and the next fee', async () => {
      const now = new Date();
      const current = await openAccount(client);
      await subscribe(client, current.id, { startAt: now.toISOString() });
      await bill(client, now.toISOString(), { accounts: [current.id] });
      await recordUsage(client, [reading(current.id, 1_250, now.toISOString())]);
      const next = await upcoming(current.id);
      expect(next).toMatchObject({ total: usd('22.50') });
      expect(next.lines.map(({ charge, quantity }: Any) => [charge, quantity])).toEqual(
        expect.arrayContaining([
          ['fee', '1'],
          ['tokens', '1250'],
        ]),
      );
    });

    it('is not found where nothing is to be billed', async () => {
      const idle = await openAccount(client);
      expect(await client.get(`accounts/${idle.id}/upcoming-invoice`)).toMatchObject({
        status: 404,
        body: { code: 'upcoming_invoice_not_found' },
      });
      expect(await client.get('accounts/external:nobody/upcoming-invoice')).toMatchObject({
        status: 404,
        body: { code: 'account_not_found' },
      });
    });

    it('takes credit into account', async () => {
      const { account: rich, invoice } = await billedAccount(client);
      await client.create(`invoices/${invoice.id}/payments`, { amount: usd('55.00') });
      expect(await upcoming(rich.id)).toMatchObject({ amountCredited: usd('10.00') });
    });
  });
});
