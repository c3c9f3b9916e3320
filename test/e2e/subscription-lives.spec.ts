import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { openAccount, usd } from './samples.js';
import { expectVerified } from './verified.js';

const MONTH = { unit: 'month', count: 1 };
const seats = (unitAmount: string) => ({
  key: 'seats',
  name: 'Seats',
  kind: 'recurring',
  timing: 'in_advance',
  price: { model: 'per_unit', unitAmount },
});
const plan = (key: string, ...charges: object[]) => ({ key, name: key, currency: 'USD', interval: MONTH, charges });

/** Lived through on a test clock, billed by itself. */
describe('the life of a subscription', () => {
  const stopping = new Stopping();
  let client: TestClient;
  let clock: Any;
  let account: Any;
  let subscription: Any;

  const june = (day: number): string => `2030-06-${String(day).padStart(2, '0')}T00:00:00Z`;
  const JULY = '2030-07-01T00:00:00Z';
  const pass = async (to: string): Promise<void> => {
    expect(await client.create(`test-clocks/${clock.id}/advance`, { to })).toMatchObject({ now: to, status: 'ready' });
  };
  const act = (action: string, body: object = {}): Promise<Any> =>
    client.create(`subscriptions/${subscription.id}/${action}`, body);
  const refusal = async (path: string, body: object = {}) => {
    const { status, body: problem } = await client.post(path, body, { 'idempotency-key': randomUUID() });
    return [status, problem.code];
  };
  const totals = async (): Promise<string[]> => {
    const { data } = await client.read(`invoices?accountId=${account.id}&limit=200`);
    return data.toReversed().map(({ total }: Any) => total.amount);
  };
  const verified = (): Promise<void> => expectVerified(client, account);

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    ({ client } = await recount.createTenant('Lives'));
    await client.create('plans', plan('a', seats('30.00')));
    await client.create('plans', plan('b', seats('15.00')));
    const setUp = {
      ...seats('50.00'),
      key: 'set-up',
      name: 'Set-up',
      kind: 'one_time',
      price: { model: 'flat', amount: '50.00' },
      proration: 'none',
    };
    await client.create('plans', plan('set-up', seats('30.00'), setUp));
  });

  beforeEach(async () => {
    clock = await client.create('test-clocks', { name: 'Life', startAt: june(1) });
    account = await openAccount(client, { test: true, testClockId: clock.id });
  });

  const subscribe = async (fields: object): Promise<void> => {
    subscription = await client.create('subscriptions', { accountId: account.id, ...fields });
  };

  it('takes a seat now although another plan is scheduled, and goes over with both seats', async () => {
    await subscribe({ plan: 'a', quantities: { seats: '1' } });
    await pass(june(10));
    await act('changes', { plan: 'b', at: 'period_end' });
    await pass(june(16));
    const preview = await act('changes', { quantities: { seats: '2' }, at: 'now', dryRun: true });
    expect(preview.preview.total).toEqual(usd('15.00'));
    expect(await act('changes', { quantities: { seats: '2' }, at: 'now' })).toMatchObject({ plan: 'a' });
    expect(await client.read(`subscriptions/${subscription.id}/changes`)).toMatchObject([
      { kind: 'plan', plan: 'b', quantities: { seats: '2' }, effectiveFrom: JULY },
    ]);
    await pass('2030-07-02T00:00:00Z');
    expect(await totals()).toEqual(['30.00', '15.00', '30.00']);
    expect(await client.read(`subscriptions/${subscription.id}`)).toMatchObject({
      plan: 'b',
      quantities: { seats: '2' },
    });
    await verified();
  });

  it('is paused now although a pause is planned, and resumed “now”', async () => {
    await subscribe({ plan: 'a' });
    await pass(june(10));
    await act('pause', { at: JULY, until: '2030-08-01T00:00:00Z' });
    expect(await act('pause', { at: 'now' })).toMatchObject({ status: 'paused' });
    await pass(june(16));
    expect(await act('resume', { at: 'now' })).toMatchObject({ status: 'active' });
    await pass('2030-07-02T00:00:00Z');
    expect((await client.read(`subscriptions/${subscription.id}`)).status).toBe('paused');
    expect(await refusal(`subscriptions/${subscription.id}/resume`, { at: 'soon' })).toEqual([400, 'invalid_request']);
    expect(await totals()).toEqual(['30.00', '-21.00', '15.00']);
    await verified();
  });

  it('ends as if it had never been, with its set-up fee', async () => {
    await subscribe({ plan: 'set-up' });
    await pass(june(2));
    const ended = await act('cancel', { at: june(1), credit: 'full', reason: 'A mistake.' });
    expect(ended).toMatchObject({ status: 'ended', endsAt: june(1) });
    await pass(JULY);
    expect(await totals()).toEqual(['80.00', '-80.00']);
    await verified();
  });

  it('is charged the whole difference, by the next invoice, or from a new period on', async () => {
    await subscribe({ plan: 'b' });
    await pass(june(10));
    await act('changes', { quantities: { seats: '2' }, at: 'now', proration: 'full_difference' });
    await pass(june(16));
    await act('changes', { quantities: { seats: '3' }, at: 'now', proration: 'next_invoice' });
    await pass(june(20));
    expect(await totals()).toEqual(['15.00', '15.00']);
    await pass('2030-07-05T00:00:00Z');
    expect(await totals()).toEqual(['15.00', '15.00', '52.50']);
    await act('changes', { plan: 'a', at: 'now', billingCycle: 'restart' });
    await pass('2030-08-04T00:00:00Z');
    // 27 of 31 days of three seats come back, and three seats at 30.00 begin.
    expect((await totals()).slice(3)).toEqual(['50.81']);
    await verified();
  });

  it('takes over what another system has billed', async () => {
    await subscribe({ plan: 'a', startAt: '2030-04-15T00:00:00Z', billedThrough: '2030-06-15T00:00:00Z' });
    await pass('2030-07-16T00:00:00Z');
    expect(await totals()).toEqual(['30.00', '30.00']);
  });

  it('ends now although its end is planned', async () => {
    await subscribe({ plan: 'a' });
    await pass(june(10));
    await act('cancel', { at: 'period_end' });
    await pass(june(16));
    expect(await act('cancel', { at: 'now' })).toMatchObject({ status: 'ended', endsAt: june(16) });
    expect(await refusal(`subscriptions/${subscription.id}/cancel`, { at: JULY })).toEqual([
      422,
      'subscription_already_canceled',
    ]);
    expect(await client.read(`subscriptions/${subscription.id}/changes`)).toEqual([]);
    await pass('2030-07-02T00:00:00Z');
    expect(await totals()).toEqual(['30.00', '-15.00']);
    await verified();
  });
});
