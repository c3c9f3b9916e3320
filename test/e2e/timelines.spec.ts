import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import {
  bill,
  invoicesOf,
  JANUARY,
  openAccount,
  PLAN,
  reading,
  recordUsage,
  subscribe,
  usd,
  withCatalog,
} from './samples.js';
import { expectVerified } from './verified.js';

const MIDDLE = '2025-01-17T00:00:00Z';
const SEATS = {
  key: 'seats',
  name: 'Seats',
  kind: 'recurring',
  timing: 'in_advance',
  price: { model: 'per_unit', unitAmount: '10.00' },
};
const [fee, tokens] = PLAN.charges;

describe('the timeline of a subscription', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let account: Any;
  let subscription: Any;

  const act = (action: string, body: object = {}): Promise<Any> =>
    client.create(`subscriptions/${subscription.id}/${action}`, body);
  const refusal = async (action: string, body: object = {}) => {
    const path = `subscriptions/${subscription.id}/${action}`;
    const { status, body: problem } = await client.post(path, body, { 'idempotency-key': randomUUID() });
    return [status, problem.code];
  };
  const lines = async (billThrough: string): Promise<string[]> => {
    const invoices = await invoicesOf(client, await bill(client, billThrough, { accounts: [account.id] }));
    return invoices.flatMap((invoice: Any) => told(invoice.lines));
  };
  const told = (of: Any[]): string[] =>
    of
      .map(({ charge, kind, period, amount }) => `${charge} ${kind} ${period.start.slice(5, 10)} ${amount.amount}`)
      .sort();
  const verified = (): Promise<void> => expectVerified(client, account);

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
  });

  beforeEach(async () => {
    client = await recount.manualTenant();
    await withCatalog(client);
    await client.create('plans', { ...PLAN, key: 'team', charges: [fee, SEATS, tokens] });
    const dearer = { ...fee, price: { model: 'flat', amount: '90.00' } };
    await client.create('plans', { ...PLAN, key: 'business', charges: [dearer, SEATS, tokens] });
    account = await openAccount(client);
    subscription = await subscribe(client, account.id, { plan: 'team', quantities: { seats: '5' } });
  });

  it('is previewed, changed, billed by the difference, and verified', async () => {
    await bill(client, JANUARY.start);
    const change = { plan: 'business', at: MIDDLE };
    const preview = await act('changes', { ...change, dryRun: true });
    expect(preview).toMatchObject({ plan: 'business', preview: { total: usd('33.87') } });
    const expected = ['fee correction 01-01 -9.68', 'fee recurring 01-17 43.55'];
    expect(told(preview.preview.lines)).toEqual(expected);
    expect(await client.read(`subscriptions/${subscription.id}`)).toMatchObject({ plan: 'team' });
    const changed = await act('changes', change);
    expect(changed).toMatchObject({ plan: 'business', planVersion: 1, quantities: { seats: '5' }, status: 'active' });
    expect(await client.read(`subscriptions/${subscription.id}`)).toMatchObject({ plan: 'business' });
    expect((await client.read('subscriptions?plan=business')).data).toHaveLength(1);
    expect((await client.read('subscriptions?plan=team')).data).toHaveLength(0);
    await recordUsage(client, [
      reading(account.id, 1_500, '2025-01-10T12:00:00Z'),
      reading(account.id, 1_100, '2025-01-20T12:00:00Z'),
    ]);
    // Tokens cost the same on either plan: one month, of which the first thousand are free.
    expect(await lines(MIDDLE)).toEqual([...expected].sort());
    expect(await lines(JANUARY.end)).toEqual([
      'fee recurring 02-01 90.00',
      'seats recurring 02-01 50.00',
      'tokens usage 01-01 16.00',
    ]);
    expect(await lines(JANUARY.end)).toEqual([]);
    const [report] = await client.read('reports/mrr?from=2025-01-01&to=2025-02-01');
    expect(report.points).toMatchObject([
      { mrr: usd('140.00'), movements: { new: usd('70.00'), expansion: usd('70.00') } },
    ]);
    await verified();
  });

  it('is paused and resumed, and nothing of the pause is billed', async () => {
    await bill(client, JANUARY.start);
    expect(await act('pause', { at: '2025-01-11T00:00:00Z' })).toMatchObject({ status: 'paused' });
    expect((await client.read('subscriptions?status=paused')).data).toHaveLength(1);
    await recordUsage(client, [reading(account.id, 9_000, '2025-01-12T12:00:00Z')]);
    expect(await lines('2025-01-11T00:00:00Z')).toEqual([
      'fee correction 01-01 -13.55',
      'seats correction 01-01 -33.87',
      'tokens usage 01-01 0.00',
    ]);
    expect(await refusal('pause')).toEqual([422, 'subscription_already_paused']);
    expect(await act('resume', { at: '2025-01-21T00:00:00Z' })).toMatchObject({ status: 'active' });
    expect(await lines(JANUARY.end)).toEqual([
      'fee recurring 01-21 7.10',
      'fee recurring 02-01 20.00',
      'seats recurring 01-21 17.74',
      'seats recurring 02-01 50.00',
    ]);
    expect(await refusal('resume')).toEqual([422, 'subscription_not_paused']);
    await verified();
  });

  it('lists what is scheduled, and takes it back', async () => {
    const ahead = await subscribe(client, account.id, { plan: 'team', startAt: new Date().toISOString() });
    subscription = ahead;
    const changed = await act('changes', { plan: 'business', quantities: { seats: '7' }, at: 'period_end' });
    expect(changed).toMatchObject({ plan: 'team' });
    await act('cancel', { at: new Date(Date.now() + 90 * 86_400_000).toISOString() });
    const changes = await client.read(`subscriptions/${ahead.id}/changes`);
    expect(changes).toMatchObject([
      { kind: 'plan', plan: 'business', planVersion: 1, quantities: { seats: '7' }, proration: 'prorated' },
      { kind: 'cancel', plan: null },
    ]);
    await act(`changes/${changes[0].id}/withdraw`);
    expect(await act('uncancel')).toMatchObject({ status: 'active', endsAt: null });
    expect(await client.read(`subscriptions/${ahead.id}/changes`)).toEqual([]);
    expect(await refusal('uncancel')).toEqual([422, 'subscription_not_canceled']);
    expect(await refusal('changes/nothing/withdraw')).toEqual([404, 'change_not_found']);
    await verified();
  });

  it('begins with a trial', async () => {
    await client.create('plans', { ...PLAN, key: 'tried', trialDays: 14 });
    subscription = await subscribe(client, account.id, { plan: 'tried' });
    expect(subscription).toMatchObject({ status: 'active', trialEndsAt: '2025-01-15T00:00:00Z' });
    const now = new Date().toISOString();
    const current = await subscribe(client, account.id, { plan: 'tried', startAt: now, trialPrice: '5.00' });
    expect(current).toMatchObject({ status: 'trialing' });
    expect((await client.read('subscriptions?status=trialing')).data).toMatchObject([{ id: current.id }]);
    expect(await client.read('plans/tried')).toMatchObject({ trialDays: 14, trialPrice: null });
    const [invoice] = await invoicesOf(client, await bill(client, now, { accounts: [account.id] }));
    expect(invoice.lines.filter(({ charge }: Any) => charge === 'trial')).toMatchObject([
      { kind: 'one_time', amount: usd('5.00'), subscriptionId: current.id },
    ]);
    const own = invoice.lines.filter(({ subscriptionId }: Any) => subscriptionId === subscription.id);
    expect(told(own)[0]).toBe('fee recurring 01-15 20.00');
    await verified();
  });

  it('ends trials and pauses by itself', async () => {
    const soon = new Date(Date.now() + 1_500).toISOString();
    subscription = await subscribe(client, account.id, { plan: 'team', startAt: new Date().toISOString() });
    expect(await act('pause', { until: soon })).toMatchObject({ status: 'paused' });
    const events = () => client.read(`subscriptions/${subscription.id}`);
    await eventually(events, ({ status }) => status === 'active', 'the end of a pause');
  });
});
