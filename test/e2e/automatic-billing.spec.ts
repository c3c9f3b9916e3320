import { setTimeout as sleep } from 'node:timers/promises';
import { tenantStream } from '#contracts';
import type { TenantId } from '#kernel';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { balances, billedAccount, openAccount, reading, recordUsage, usd, withCatalog } from './samples.js';

describe('what falls due by itself', () => {
  const stopping = new Stopping();
  let recount: TestRecount;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
  });

  const tenant = async (settings: object = {}): Promise<TestClient> => {
    const { client } = await recount.createTenant('automatic');
    await withCatalog(client);
    if (Object.keys(settings).length > 0) await client.done('PUT', 'settings/billing', settings);
    return client;
  };

  const subscribeNow = (client: TestClient, accountId: string, fields: object = {}): Promise<Any> =>
    client.create('subscriptions', { accountId, plan: 'pro', ...fields });

  const invoices = (client: TestClient, accountId: string, count: number, drafts = false): Promise<Any[]> =>
    eventually(
      async () => {
        // Of an append that is projected in part, a draft may be seen that is issued already.
        await recount.caughtUp();
        return (await client.read(`invoices?accountId=${accountId}`)).data;
      },
      (found: Any[]) =>
        found.length === count &&
        found.every(({ number, status }) => number !== null || (drafts && status === 'draft')),
      `${count} invoices`,
    );

  /** Nobody waits for days: what the agenda has of these timers is moved to this moment. */
  const letFallDue = async (key: string): Promise<void> => {
    await recount.caughtUp();
    await recount.database.owner.query(
      `SET ROLE recount_projector; UPDATE read.timers SET due_at = now() WHERE timer_key LIKE '${key}%'; RESET ROLE`,
    );
  };

  it('is the first fee of a subscription that begins now', async () => {
    const client = await tenant();
    const account = await openAccount(client);
    await subscribeNow(client, account.id);
    const [invoice] = await invoices(client, account.id, 1);
    expect(invoice).toMatchObject({ status: 'open', number: 'INV-000001', billingRunId: null });
  });

  it('waits while the clock is far ahead of when a worker was last at work, until somebody confirms it', async () => {
    const ready = async () => (await fetch(`${recount.url}/health/ready`)).json() as Promise<Any>;
    await recount.database.owner.query(`UPDATE ops.clock SET seen_at = now() - interval '8 days'`);
    expect(await ready()).toMatchObject({
      status: 'degraded',
      error: { clock: { status: 'down', message: expect.stringContaining('POST /v1/clock/confirm') } },
    });
    const client = await tenant();
    const account = await openAccount(client);
    await subscribeNow(client, account.id);
    // Three looks of the agenda.
    await sleep(1_500);
    expect(await invoices(client, account.id, 0)).toEqual([]);
    await recount.client.done('POST', 'clock/confirm', {});
    await invoices(client, account.id, 1);
    expect((await ready()).error).not.toHaveProperty('clock');
  });

  it('is the usage of a subscription that ends in a moment', async () => {
    const client = await tenant();
    const account = await openAccount(client);
    const subscription = await subscribeNow(client, account.id);
    await invoices(client, account.id, 1);
    await recordUsage(client, [reading(account.id, 3_000, new Date().toISOString())]);
    const endsAt = new Date(Date.now() + 1_500).toISOString();
    await client.create(`subscriptions/${subscription.id}/cancel`, { at: endsAt, credit: 'none' });
    const [last] = await invoices(client, account.id, 2);
    expect(last).toMatchObject({ status: 'open', total: usd('20.00'), number: 'INV-000002' });
    const ended = await eventually(
      () => client.read(`accounts/${account.id}/state`),
      ({ subscriptions }) => subscriptions[0].status === 'ended',
      'the end of the subscription',
    );
    expect(ended.subscriptions[0]).toMatchObject({ nextBillAt: null });
  });

  it('is the first fee of a subscription that begins in a moment', async () => {
    const client = await tenant();
    const account = await openAccount(client);
    const startAt = new Date(Date.now() + 1_500).toISOString();
    const subscription = await subscribeNow(client, account.id, { startAt });
    expect(subscription.status).toBe('pending');
    await eventually(
      () => client.read(`accounts/${account.id}/state`),
      ({ subscriptions }) => subscriptions[0].status === 'active',
      'the beginning of the subscription',
    );
    const later = await openAccount(client);
    await subscribeNow(client, later.id);
    await invoices(client, later.id, 1);
    const [invoice] = (await client.read(`invoices?accountId=${account.id}`)).data;
    expect(invoice).toMatchObject({ status: 'open', total: usd('20.00') });
  });

  it('is never what was back-dated', async () => {
    const client = await tenant();
    const account = await openAccount(client);
    const old = await subscribeNow(client, account.id, { startAt: '2025-01-01T00:00:00Z' });
    const another = await openAccount(client);
    await subscribeNow(client, another.id);
    await invoices(client, another.id, 1);
    expect((await client.read(`invoices?accountId=${account.id}`)).data).toEqual([]);
    expect(old.nextBillAt).toBe('2025-01-01T00:00:00Z');
  });

  it('is nothing at all where billing is manual', async () => {
    const client = await tenant({ billing: 'manual' });
    const account = await openAccount(client);
    await subscribeNow(client, account.id);
    const automatic = await tenant();
    const another = await openAccount(automatic);
    await subscribeNow(automatic, another.id);
    await invoices(automatic, another.id, 1);
    expect((await client.read(`invoices?accountId=${account.id}`)).data).toEqual([]);
    await client.done('PUT', 'settings/billing', { billing: 'automatic' });
    await invoices(client, account.id, 1);
  });

  describe('with a grace period', () => {
    it('is a draft first, which takes in late usage and is issued when the period is over', async () => {
      const client = await tenant({ billing: 'manual', finalize: 'grace', graceHours: 2 });
      const { account, invoice: draft } = await billedAccount(client);
      expect(draft).toMatchObject({ status: 'draft', number: null, issueDate: null, total: usd('45.00') });
      expect(balances(await client.read(`accounts/${account.id}/book`))).toEqual({});
      await recordUsage(client, [reading(account.id, 100, '2025-01-11T12:00:00Z')]);
      await letFallDue(`finalize:${draft.id}`);
      const issued = await eventually(
        () => client.read(`invoices/${draft.id}`),
        ({ status, number }) => status === 'open' && number !== null,
        'the issued invoice',
      );
      expect(issued).toMatchObject({ total: usd('46.00'), number: 'INV-000001' });
      expect(issued.lines.map(({ kind, quantity }: Any) => [kind, quantity])).toEqual([
        ['recurring', '1'],
        ['recurring', '1'],
        ['usage', '1600'],
      ]);
      expect(balances(await client.read(`accounts/${account.id}/book`))).toMatchObject({ receivable: '46.00' });
    });

    it('can be issued by hand, once', async () => {
      const client = await tenant({ finalize: 'grace', graceHours: 2 });
      const account = await openAccount(client);
      await subscribeNow(client, account.id);
      const [draft] = await invoices(client, account.id, 1, true);
      expect(await client.post(`invoices/${draft.id}/void`)).toMatchObject({
        status: 422,
        body: { code: 'invoice_not_finalized' },
      });
      expect(await client.post(`invoices/${draft.id}/payments`, { amount: usd('20.00') })).toMatchObject({
        status: 422,
        body: { code: 'invoice_not_open' },
      });
      const issued = await client.create(`invoices/${draft.id}/finalize`);
      expect(issued).toMatchObject({ status: 'open', total: usd('20.00') });
      const again = await client.create(`invoices/${draft.id}/finalize`);
      await letFallDue('finalize:');
      expect(again.log.revision).toBeGreaterThanOrEqual(issued.log.revision);
      const [only] = await invoices(client, account.id, 1);
      expect(only).toMatchObject({ status: 'open', amountDue: usd('20.00') });
    });
  });

  it('is that an invoice becomes overdue', async () => {
    const client = await tenant();
    const account = await openAccount(client, { netTermsDays: 0 });
    await subscribeNow(client, account.id);
    const [invoice] = await invoices(client, account.id, 1);
    expect(invoice.overdue).toBe(false);
    await letFallDue(`overdue:${invoice.id}`);
    const overdue = await eventually(
      () => client.read(`invoices/${invoice.id}`),
      (found) => found.overdue,
      'an overdue invoice',
    );
    expect(overdue.status).toBe('open');
  });

  it('is nothing of a stream whose timers nobody declares: it is refused, and holds up no account of the tenant', async () => {
    const { client, tenantId } = await recount.createTenant('automatic');
    await withCatalog(client);
    const owner = tenantStream(tenantId as TenantId);
    await recount.database.projector.query(
      `INSERT INTO read.timers (tenant_id, owner, timer_key, due_at, generation, event_id)
       SELECT $1, $2, key, '2025-01-01', 1, gen_random_uuid() FROM unnest(ARRAY['bill:1', 'end:1', 'unheard:1']) AS key`,
      [tenantId, owner],
    );
    const account = await openAccount(client);
    await subscribeNow(client, account.id);
    await invoices(client, account.id, 1);
    const failures = await eventually(
      async () =>
        (
          await recount.database.projector.query<{ failure: string | null }>(
            'SELECT failure FROM ops.timer_claims WHERE owner = $1',
            [owner],
          )
        ).rows.map(({ failure }) => failure?.split(':')[0]),
      (found) => found.filter((failure) => failure !== undefined).length === 3,
      'three refusals',
    );
    expect(new Set(failures)).toEqual(new Set(['unknown_timer']));
  });
});
