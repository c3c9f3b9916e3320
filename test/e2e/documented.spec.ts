import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { MailServer } from '../services/mail-server.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestNats } from '../services/test-nats.js';
import { TestRecount } from '../services/test-recount.js';
import { bankFile } from './bank-files.js';
import { DOCUMENTED, documented, exampleRequest } from './documented.js';
import { POINT } from '#testing';
import {
  bill,
  billedAccount,
  invoicesOf,
  METER,
  openAccount,
  PLAN,
  reading,
  recordUsage,
  subscribe,
  usd,
  withCatalog,
} from './samples.js';

/** A register that is never there: it does not say. */
const NOBODY = 'http://127.0.0.1:1/';

/** Every answer in this file is held against docs/openapi.json: its status, headers, fields and codes. */
describe('answers are as the document says', () => {
  const stopping = new Stopping();
  const answered = new Set<string>();
  let recount: TestRecount;
  let client: TestClient;
  let operator: TestClient;
  let account: Any;
  let invoice: Any;

  beforeAll(async () => {
    const nats = await stopping.use(TestNats.start());
    const mail = await stopping.use(MailServer.start());
    recount = await stopping.use(TestRecount.start({ natsUrl: nats.url, mail: mail.settings, vies: { url: NOBODY } }));
    operator = documented(recount.client, answered);
    client = documented(await recount.manualTenant(), answered);
    await withCatalog(client);
    ({ account, invoice } = await billedAccount(client, {
      externalId: 'ada',
      email: 'billing@ada.example',
      billingAddress: { line1: '1 Analytical Way', country: 'GB' },
      metadata: { tier: 'gold' },
    }));
  });

  it('of the catalog', async () => {
    await client.create('meters', {
      ...METER,
      key: 'eu',
      filters: [
        { property: 'region', operator: 'in', value: ['eu', 'uk'] },
        { property: 'model', operator: 'exists', value: true },
      ],
      groupBy: ['model'],
      rounding: { mode: 'up', digits: 0 },
    });
    const prices = [
      { model: 'package', amount: '0.50', size: '100', freeUnits: '100', minimum: '1.00' },
      { model: 'volume', tiers: [{ upTo: null, unitAmount: '0.01', flatAmount: '1' }], maximum: '9' },
      { model: 'per_unit', unitAmount: '0.5', rounding: 'half_even' },
    ];
    const charges = prices.map((price, index) => ({ ...PLAN.charges[1], key: `charge-${index}`, meter: 'eu', price }));
    await client.create('plans/pro/versions', { ...PLAN, key: undefined, charges });
    for (const path of ['meters', 'meters/eu', 'plans', 'plans/pro', 'plans/pro/versions/1']) await client.read(path);
    await client.create('meters/eu/archive');
    await client.create('plans/pro/archive');
    expect((await client.post('plans', PLAN)).body.code).toBe('plan_already_exists');
    expect((await client.post('plans', { ...PLAN, key: 'p', charges })).body.code).toBe('meter_not_found');
    expect((await client.get('plans/none')).status).toBe(404);
  });

  it('of accounts, at any time', async () => {
    await client.done('PATCH', 'accounts/external:ada', { email: null, netTermsDays: 14 });
    for (const query of ['', `?asOf=revision:${invoice.period ? 1 : 0}`]) {
      await client.read(`accounts/external:ada${query}`);
      await client.read(`accounts/external:ada/state${query}`);
      await client.read(`accounts/external:ada/book${query}`);
    }
    await client.read('accounts?status=open,closed&limit=1');
    await client.read('accounts/external:ada/transfers');
    await client.read('accounts/external:ada/upcoming-invoice');
    const closing = await openAccount(client);
    await client.create(`accounts/${closing.id}/close`);
    await client.create(`accounts/${closing.id}/erase`, { documents: true, reason: 'asked for' });
    await client.read(`accounts/${closing.id}`);
    await client.read('audit/personal-data-reads?account=external:ada');
    await client.read(
      'audit/log?account=external:ada&type=AccountOpened,AccountContactChanged&from=2025-01-01T00:00:00Z',
    );
    const refused = [
      await client.post(`accounts/${account.id}/erase`, { documents: true }),
      await client.patch(`accounts/${closing.id}`, { name: 'Ada' }),
      await client.post('accounts', { name: 'Ada', currency: 'USD', externalId: 'ada' }),
      await client.post('accounts', { name: 'Ada', currency: 'ABC' }),
      await client.post('accounts', { name: 'Ada', currency: 'USD', parentAccountId: 'external:nobody' }),
      await client.post(`accounts/${account.id}/close`),
      await client.post(`accounts/${account.id}/close`, {}, { 'if-match': '"0"' }),
      await client.withKey('rk_unknown').get('accounts'),
      await client.get('accounts?asOf=now'),
    ];
    expect(refused.map(({ status }) => status)).toEqual([422, 422, 409, 400, 404, 422, 412, 401, 400]);
  });

  it('of test clocks', async () => {
    const clock = await client.create('test-clocks', { name: 'Trial', startAt: '2026-01-01T00:00:00Z' });
    await openAccount(client, { test: true, testClockId: clock.id });
    await client.create(`test-clocks/${clock.id}/advance`, { to: '2026-02-01T00:00:00Z' });
    await client.read(`test-clocks/${clock.id}`);
    await client.read('test-clocks');
    const back = await client.post(`test-clocks/${clock.id}/advance`, { to: '2025-01-01T00:00:00Z' });
    expect([back.status, (await client.get('test-clocks/none')).status]).toEqual([422, 404]);
  });

  it('of usage', async () => {
    const event = reading('external:ada', 10, '2025-01-12T12:00:00Z', { id: 'req-1' });
    await recordUsage(client, [event, event, reading('external:nobody', 1, '2025-01-12T12:00:00Z')]);
    await recordUsage(client, [reading('external:ada', 1, '2025-01-12T12:00:00Z', { event: 'unheard_of' })]);
    await client.read('usage/req-1');
    await client.read('usage/unbilled');
    const range = 'from=2025-01-01T00:00:00Z&to=2025-02-01T00:00:00Z';
    await client.read(`accounts/external:ada/usage?meter=tokens&${range}&window=day`);
    await client.read(`accounts/external:ada/usage?meter=eu&${range}&groupBy=model`);
    await client.read(`accounts/external:ada/usage?meter=eu&${range}&asOf=position:5`);
    const [{ id: subscription }] = (await client.read('subscriptions?sort=startAt')).data;
    const { data: periods } = await client.read(`subscriptions/${subscription}/usage?to=2025-02-01T00:00:00Z`);
    expect(periods).toEqual([
      expect.objectContaining({ quantity: '1510', billed: usd('5.00'), upcoming: usd('0.10') }),
    ]);
    await client.read(`subscriptions/${subscription}/usage?to=2025-02-01T00:00:00Z&window=day`);
    expect((await client.get(`subscriptions/${subscription}/usage?after=x`)).status).toBe(400);
    expect((await client.get('subscriptions/external:nobody/usage')).status).toBe(404);
    expect((await client.get(`accounts/external:ada/usage?meter=tokens&${range}&groupBy=x`)).status).toBe(422);
    expect((await client.post('usage', { events: [] })).status).toBe(400);
    await client.create('usage/req-1/amend', { properties: { tokens: 11 }, reason: 'counted twice' });
    await client.create('usage/req-1/retract', { reason: 'a load test' });
    await client.read('usage/req-1');
    expect((await client.post('usage/req-1/amend', { properties: {}, reason: 'x' })).status).toBe(422);
  });

  it('of transfers', async () => {
    const { id } = await openAccount(client);
    const transfer = { debit: 'cash', credit: 'wallet', amount: usd('10.00') };
    const posted = await client.create(`accounts/${id}/transfers`, { ...transfer, flags: ['pending'] });
    await client.create(`transfers/${posted.id}/post`, { amount: usd('7.00') });
    const voided = await client.create(`accounts/${id}/transfers`, { ...transfer, flags: ['pending'] });
    await client.create(`transfers/${voided.id}/void`);
    await client.read(`accounts/${id}/transfers`);
    expect((await client.post(`transfers/${voided.id}/post`)).status).toBe(422);
  });

  it('of subscriptions', async () => {
    await client.create('plans', { ...PLAN, key: 'team' });
    const subscription = await subscribe(client, account.id, {
      plan: 'team',
      externalId: 'ada-team',
      activation: 'manual',
      anchor: { day: 31, align: 'subscription' },
      quantities: { fee: '2' },
    });
    await client.create('subscriptions/external:ada-team/activate');
    await client.read(`subscriptions/${subscription.id}`);
    await client.read(`subscriptions/${subscription.id}?effectiveAt=2025-03-01T00:00:00Z`);
    await client.read('subscriptions?status=active');
    await client.done('PATCH', 'subscriptions/external:ada-team', { metadata: { owner: 'ops' } });
    await client.create('subscriptions/external:ada-team/pause', { until: '2030-01-01T00:00:00Z' });
    await client.create('subscriptions/external:ada-team/resume');
    const change = {
      quantities: { fee: '3' },
      overrides: { fee: { discountBasisPoints: 1_000 }, tokens: null },
      at: 'period_end',
    };
    await client.create('subscriptions/external:ada-team/changes', { ...change, at: 'now', dryRun: true });
    await client.create('subscriptions/external:ada-team/changes', change);
    const [scheduled] = await client.read(`subscriptions/${subscription.id}/changes`);
    await client.create(`subscriptions/external:ada-team/changes/${scheduled.id}/withdraw`);
    await client.create('subscriptions/external:ada-team/cancel', { at: 'period_end' });
    await client.create('subscriptions/external:ada-team/uncancel');
    await client.create('subscriptions/external:ada-team/cancel', { at: 'period_end' });
    const refused = [
      await client.post('subscriptions/external:ada-team/cancel', { at: '2031-01-01T00:00:00Z' }),
      await client.post('subscriptions', { accountId: account.id, plan: 'none' }),
      await client.post('subscriptions', { accountId: account.id, plan: 'team', quantities: { seats: '1' } }),
      await client.post('subscriptions', { accountId: account.id, plan: 'team', externalId: 'ada-team' }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([422, 404, 422, 409]);
  });

  it('of coupons and discounts', async () => {
    const launch = { name: 'Launch', duration: 'periods', periods: 3 };
    const coupon = {
      ...launch,
      code: 'LAUNCH20',
      percent: '20',
      plans: ['team'],
      charges: ['fee'],
      maxRedemptions: 10,
      maxRedemptionsPerAccount: 2,
      redeemBy: '2099-01-01T00:00:00Z',
    };
    await client.create('coupons', coupon);
    await client.create('coupons', { ...launch, code: 'FIVE', amounts: [usd('5.00')], firstTimeOnly: true });
    const discounted = await openAccount(client, { test: true });
    const { id } = await subscribe(client, discounted.id, { plan: 'team', coupons: ['LAUNCH20'] });
    await client.create(`subscriptions/${id}/discounts`, { coupon: 'FIVE' });
    const agreed = { name: 'Loyalty', amount: usd('1.00'), duration: 'until', until: '2099-01-01' };
    const discount = await client.create(`subscriptions/${id}/discounts`, agreed);
    await client.create(`subscriptions/${id}/discounts/${discount.id}/remove`);
    for (const path of [`subscriptions/${id}/discounts`, 'coupons', 'coupons/LAUNCH20', 'coupons/FIVE/redemptions'])
      await client.read(path);
    const wide = { name: 'Partner', percent: '10', duration: 'until', until: '2099-01-01' };
    const partner = await client.create(`accounts/${discounted.id}/discounts`, wide);
    await client.create(`accounts/${discounted.id}/invoice-items`, { description: 'Setup', amount: usd('10.00') });
    await client.read(`accounts/${discounted.id}/discounts`);
    await client.create(`accounts/${discounted.id}/discounts/${partner.id}/remove`);
    await client.create('coupons/FIVE/archive');
    const refused = [
      await client.post('coupons', coupon),
      await client.post(`subscriptions/${id}/discounts`, { coupon: 'FIVE' }),
      await client.post(`subscriptions/${id}/discounts`, { coupon: 'NONE' }),
      await client.post(`subscriptions/${id}/discounts`, { ...agreed, until: undefined }),
      await client.get('coupons/NONE'),
      await client.post(`accounts/${discounted.id}/discounts`, { ...wide, until: '2020-01-01' }),
      await client.post(`accounts/${discounted.id}/discounts/${discount.id}/remove`),
    ];
    expect(refused.map(({ status }) => status)).toEqual([409, 422, 404, 422, 404, 422, 404]);
    const [upcoming] = await invoicesOf(
      client,
      await bill(client, '2025-01-01T00:00:00Z', { accounts: [discounted.id] }),
    );
    expect(upcoming.lines[0]).toMatchObject({ grossAmount: usd('20.00'), amount: usd('16.00') });
  });

  it('of billing and money', async () => {
    const run = { billThrough: '2025-03-01T00:00:00Z', accounts: [account.id] };
    await client.create('billing-runs', { ...run, dryRun: true });
    const key = randomUUID();
    const started = await client.done('POST', 'billing-runs', run, { 'idempotency-key': key });
    const again = await client.post('billing-runs', run, { 'idempotency-key': key });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(
      (await client.post('billing-runs', { ...run, accounts: undefined }, { 'idempotency-key': key })).status,
    ).toBe(422);
    await eventually(
      () => client.read(`billing-runs/${started.id}`),
      ({ status }) => status !== 'running',
    );
    await client.read('billing-runs');
    const { data } = await client.read(`invoices?billingRunId=${started.id}`);
    await client.create(`invoices/${data[0].id}/mark-uncollectible`, { reason: 'gone' });
    for (const path of ['html?language=de', 'pdf', 'xml?validate=false', 'xml?format=cii&validate=false']) {
      await client.read(`invoices/${invoice.id}/${path}`);
    }
    expect((await client.get(`invoices/${invoice.id}/xml`)).body.code).toBe('e_invoice_rule');
    expect((await client.get(`invoices/${invoice.id}/pdf?language=ja`)).status).toBe(422);
    expect((await client.get(`invoices/${invoice.id}/html?language=tlh`)).status).toBe(400);
    expect((await client.get('invoices/inv_none/html')).status).toBe(404);
    const payment = await client.create(`invoices/${invoice.id}/payments`, { amount: usd('15.00') });
    await eventually(
      () => client.read(`invoices/${invoice.id}`),
      ({ number }) => number !== null,
    );
    await client.create(`invoices/${invoice.id}/deliveries`, { to: ['billing@ada.example'] });
    await client.read(`invoices/${invoice.id}/deliveries`);
    await client.read(`invoices/${invoice.id}/documents`);
    for (const path of [
      `invoices/${invoice.id}`,
      `invoices/${invoice.id}?personal=true`,
      'invoices',
      `payments/${payment.id}`,
      'payments',
    ]) {
      await client.read(path);
    }
    expect((await client.post(`invoices/${invoice.id}/void`)).status).toBe(422);
    expect((await client.post(`invoices/${invoice.id}/payments`, { amount: usd('1.001') })).status).toBe(422);
    await client.create(`payments/${payment.id}/reverse`, { reason: 'bounced' });
    const [line] = (await client.read(`invoices/${invoice.id}`)).lines;
    const lines = [{ lineId: line.id, amount: usd('1.00') }];
    const note = await client.create(`invoices/${invoice.id}/credit-notes`, {
      lines,
      reason: 'outage',
      memo: 'Sorry.',
    });
    await eventually(
      () => client.read(`credit-notes/${note.id}`),
      ({ number }) => number !== null,
    );
    await client.create(`credit-notes/${note.id}/deliveries`, { to: ['billing@ada.example'] });
    for (const path of ['', '/deliveries', '/documents', '/html?language=de', '/pdf', '/xml?validate=false']) {
      await client.read(`credit-notes/${note.id}${path}`);
    }
    for (const path of [`invoices/${invoice.id}`, 'credit-notes']) await client.read(path);
    await client.create(`credit-notes/${note.id}/void`, { reason: 'by mistake' });
    const paid = await client.create(`accounts/${account.id}/payments`, { amount: usd('500.00'), allocate: 'none' });
    await client.create(`accounts/${account.id}/credit-applications`);
    await askBank(client, account);
    const opened = { name: 'Prepaid', scope: { plans: ['pro'], charges: ['fee'] }, metadata: { contract: '4711' } };
    const wallet = await client.create(`accounts/${account.id}/wallets`, opened);
    const within = `wallets/${wallet.id}`;
    const bought = { kind: 'paid', amount: usd('5.00'), expiresAt: '2035-01-01T00:00:00Z' };
    const [grant] = (await client.create(`${within}/grants`, bought)).grants;
    expect((await client.post(`${within}/grants/${grant.id}/void`)).status).toBe(422);
    expect((await client.post(`${within}/close`)).status).toBe(422);
    await client.create(`invoices/${grant.invoiceId}/void`);
    const interval = { unit: 'month', count: 1 };
    const recurring = { kind: 'promotional', amount: usd('5.00'), interval, rollover: { maximum: usd('1.00') } };
    await client.done('PUT', `${within}/recurring-grant`, { ...recurring, startAt: '2035-01-01T00:00:00Z' });
    await client.done('PUT', `${within}/recharge`, { below: usd('1.00'), to: usd('2.00'), monthlyCap: usd('1.00') });
    for (const path of [within, 'wallets', `accounts/${account.id}/wallets`, `accounts/${account.id}/state`])
      await client.read(path);
    for (const path of ['recurring-grant/end', 'recharge/end']) await client.create(`${within}/${path}`);
    const given = (await client.create(`${within}/grants`, { kind: 'promotional', amount: usd('5.00') })).grants;
    await client.create(`${within}/grants/${given.at(-1).id}/void`, { reason: 'by mistake' });
    await client.create(`${within}/close`, { remainder: 'forfeit', reason: 'no more' });
    const item = { description: 'Setup', unitAmount: '50.00', metadata: { order: '4711' } };
    const waiting = await client.create(`accounts/${account.id}/invoice-items`, item);
    await client.read(`accounts/${account.id}/invoice-items`);
    await client.read(`accounts/${account.id}/upcoming-invoice`);
    await client.create(`accounts/${account.id}/invoice-items/${waiting.id}/remove`);
    const issued = await client.create(`accounts/${account.id}/invoice-items`, { ...item, on: 'own_invoice' });
    await client.read(`invoices/${issued.invoiceId}`);
    await client.done('PUT', 'settings/billing', { billing: 'manual', finalize: 'grace', graceHours: 1 });
    const other = await openAccount(client);
    await subscribe(client, other.id, { plan: 'team', startAt: '2025-06-01T00:00:00Z' });
    const [draft] = await invoicesOf(client, await bill(client, '2025-06-15T00:00:00Z', { accounts: [other.id] }));
    await client.read(`invoices/${draft.id}/pdf`);
    expect((await client.get(`invoices/${draft.id}/xml`)).body.code).toBe('invoice_not_finalized');
    await client.create(`invoices/${draft.id}/calculate-tax`);
    const added = { description: 'Setup', unitAmount: '1.00', reason: 'agreed' };
    await client.create(`invoices/${draft.id}/lines`, added);
    const change = { amount: usd('0.00'), reason: 'agreed' };
    await client.create(`invoices/${draft.id}/lines/${draft.lines[0].id}/change`, change);
    const goodwill = { name: 'Goodwill', percent: '10', reason: 'agreed' };
    const discounted = await client.create(`invoices/${draft.id}/discounts`, goodwill);
    const { invoiceItemId } = discounted.lines.at(-1);
    await client.create(`invoices/${draft.id}/discounts/${invoiceItemId}/remove`);
    await client.done('PUT', 'settings/billing', { billing: 'manual', finalize: 'auto', graceHours: 0 });
    const refund = await client.create(`payments/${paid.id}/refunds`, { amount: usd('1.00'), reason: 'too much' });
    await client.create(`accounts/${account.id}/credit-refunds`, { amount: usd('1.00') });
    for (const path of [`refunds/${refund.id}`, 'refunds']) await client.read(path);
    await client.create(`payments/${paid.id}/reverse`, { reason: 'bounced' });
    await client.create(`invoices/${invoice.id}/finalize`);
    await client.create(`invoices/${invoice.id}/void`);
    await recount.caughtUp();
    expect((await client.get(`invoices/${invoice.id}/xml`)).body.code).toBe('invoice_voided');
  });

  it('of reports', async () => {
    const movements = await client.read('reports/mrr/movements?from=2025-01-01&to=2025-03-01&kind=new');
    expect(movements.length).toBeGreaterThan(0);
    const [mrr] = await client.read('reports/mrr?from=2025-01-01&to=2025-03-01');
    expect(mrr.points[0]).toMatchObject({ mrr: usd('20.00'), arr: usd('240.00') });
    const [most] = await client.read('reports/top-consumers?meter=tokens&from=2025-01-01&to=2025-02-01');
    expect(most).toMatchObject({ rank: 1, accountId: account.id, accountName: 'Ada Lovelace Ltd' });
    await client.read('reports/top-consumers?meter=eu&from=2025-01-01&to=2025-02-01&groupBy=model');
    expect((await client.get('reports/top-consumers?meter=no&from=2025-01-01&to=2025-02-01')).status).toBe(404);
    await client.read('reports/ar-aging?at=2025-06-01');
    await client.read('reports/trial-balance');
    const [recognized] = await client.read('reports/revenue-recognition?from=2025-01&to=2025-02');
    expect(recognized.months).toHaveLength(2);
    const [deferred] = await client.read('reports/deferred-revenue?from=2025-01&to=2025-02');
    expect(deferred.months[0]).toMatchObject({ month: '2025-01', opening: usd('0.00') });
    expect((await client.get('reports/mrr?from=2025-01-01&to=2025-03-01&asOf=revision:1')).status).toBe(400);
  });

  it('of audit and operations', async () => {
    const started = await client.create('audit/verifications', { accountId: 'external:ada' });
    await eventually(
      () => client.read(`audit/verifications/${started.id}`),
      ({ status }) => status !== 'running',
    );
    await client.read('settings/billing');
    await client.done('PUT', 'settings/tax', {
      provider: 'flat',
      country: 'CH',
      flat: { basisPoints: 810, b2bExempt: true },
    });
    await client.read('settings/tax');
    await client.done('PUT', 'settings/mail', { sendInvoices: 'off' });
    await client.read('settings/mail');
    const [job] = (await client.read('jobs')).data;
    await client.read(`jobs/${encodeURIComponent(job.id)}`);
    await client.done('POST', `jobs/${encodeURIComponent(job.id)}/run-now`, { reason: 'tried' });
    await client.done('POST', `jobs/${encodeURIComponent(job.id)}/skip`, { reason: 'tried' });
    await client.read('event-types');
    const webhook = await client.create('webhook-endpoints', { url: 'https://acme.example', accountIds: [account.id] });
    await client.read('webhook-endpoints');
    await client.done('PATCH', `webhook-endpoints/${webhook.id}`, { eventTypes: ['account.*'], format: 'thin' });
    await client.read(`webhook-endpoints/${webhook.id}`);
    await client.create(`webhook-endpoints/${webhook.id}/rotate-secret`, { overlapSeconds: 60 });
    await client.done('PATCH', `webhook-endpoints/${webhook.id}`, { url: 'https://127.0.0.1:1' });
    await client.create(`webhook-endpoints/${webhook.id}/test`);
    const replay = await client.create(`webhook-endpoints/${webhook.id}/replays`, { from: '0', ratePerSecond: 10 });
    await client.read(`webhook-endpoints/${webhook.id}/replays`);
    await eventually(
      () => client.read(`webhook-replays/${replay.id}`),
      ({ status }: Any) => status === 'queued',
    );
    const { data: sent } = await client.read(`webhook-endpoints/${webhook.id}/deliveries?status=pending`);
    await client.create(`webhook-replays/${replay.id}/cancel`);
    await client.read(`webhook-deliveries/${sent[0].id}`);
    await client.create(`webhook-deliveries/${sent[0].id}/retry`);
    await client.create(`webhook-endpoints/${webhook.id}/disable`);
    await client.create(`webhook-endpoints/${webhook.id}/enable`);
    await client.create(`webhook-endpoints/${webhook.id}/delete`);
    await client.create('tax-rates', {
      code: 'ch',
      jurisdiction: 'CH',
      category: 'S',
      rate: '8.1',
      validFrom: '2024-01-01',
    });
    await client.read('tax-rates');
    const certificate = { jurisdiction: 'US-NY', number: 'ST-120', validFrom: '2026-01-01', validTo: '2028-12-31' };
    const french = await openAccount(client, { taxIds: [{ type: 'eu_vat', value: 'FR40303265045' }] });
    await client.create(`accounts/${french.id}/tax-ids/check`);
    const exempt = await client.create('accounts/external:ada/tax-exemptions', certificate);
    await client.read('accounts/external:ada/tax-exemptions');
    await client.create(`accounts/external:ada/tax-exemptions/${exempt.id}/remove`);
    await client.done('PUT', 'settings/tax', { provider: 'none' });
    const entity = await client.create('legal-entities', { name: 'Acme Inc.', invoiceNumbers: { prefix: 'US-' } });
    await client.done('PATCH', `legal-entities/${entity.id}`, {
      address: { country: 'US', region: 'NY' },
      taxIds: [{ type: 'us_ein', value: '12-3456789' }],
      bankAccounts: [{ accountNumber: '000123456789', routingNumber: '110000000' }],
    });
    await client.read('legal-entities');
    await client.read(`legal-entities/${entity.id}`);
    await client.done('PATCH', `legal-entities/${entity.id}/branding`, { logo: POINT, accentColor: '#0a5c36' });
    expect((await client.patch(`legal-entities/${entity.id}/branding`, { logo: 'AAAA' })).body.code).toBe(
      'invalid_logo',
    );
    for (const path of ['branding', 'sample/html', 'sample/pdf'])
      await client.read(`legal-entities/${entity.id}/${path}`);
    await client.read('tenant');
    await client.done('PATCH', 'tenant', { name: 'Acme', invoiceNumbers: { digits: 5 } });
    const issued = await client.create('api-keys', { name: 'another' });
    await client.read('api-keys');
    await client.create(`api-keys/${issued.id}/rotate`, { overlapSeconds: 60 });
    await client.create(`api-keys/${issued.id}/revoke?cascade=true`);
    const tenant = await operator.create('tenants', { name: 'Acme' });
    await operator.create(`tenants/${tenant.id}/api-keys`, { name: 'another' });
    await operator.read('tenants');
    await operator.create(`tenants/${tenant.id}/suspend`, { reason: 'has not paid' });
    expect(await operator.read(`tenants/${tenant.id}`)).toMatchObject({ status: 'suspended' });
    const suspended = documented(client.withKey(tenant.apiKey), answered);
    expect((await suspended.get('accounts')).body).toMatchObject({ code: 'tenant_suspended' });
    await operator.create(`tenants/${tenant.id}/reinstate`);
    expect((await client.post('tenants', { name: 'Acme' })).status).toBe(403);
    await operator.create('clock/confirm');
    await operator.read('projections');
    await operator.read('reactors');
    for (const doing of ['resume', 'skip']) {
      await recount.database.owner.query(
        `UPDATE ops.reactors SET paused = 'no_checkpoint' WHERE name = 'send-invoices'`,
      );
      await operator.create(`reactors/send-invoices/${doing}`);
    }
    expect((await operator.post('reactors/send-invoices/skip')).body.code).toBe('reactor_not_paused');
    await operator.create('projections/mrr/pause');
    await operator.create('projections/mrr/resume');
    await operator.create('projections/mrr/rebuild', { compare: true });
    await eventually(
      () => operator.read('projections'),
      (all: Any[]) => all.find(({ name }) => name === 'mrr').rebuild.status === 'completed',
    );
    expect((await operator.post('projections/none/rebuild')).status).toBe(404);
    await client.done('GET', '/');
    await client.done('GET', '/health');
    await client.done('GET', '/health/ready');
  });

  it('to the very requests that it shows', async () => {
    const newcomer = documented(await recount.manualTenant(), answered);
    const story = [
      'PUT /v1/settings/billing',
      'POST /v1/meters',
      'POST /v1/plans',
      'POST /v1/plans/{key}/versions',
      'POST /v1/coupons',
      'POST /v1/accounts',
      'PATCH /v1/accounts/{id}',
      'POST /v1/subscriptions',
      'POST /v1/usage',
      'POST /v1/billing-runs',
      'GET /v1/accounts/{id}/upcoming-invoice',
      'POST /v1/subscriptions/{id}/cancel',
      'POST /v1/audit/verifications',
      'POST /v1/api-keys',
      'GET /v1/plans/{key}/versions/{version}',
    ];
    for (const name of story) {
      const { method, path, body } = exampleRequest(name);
      await newcomer.done(method, path, body);
      await recount.caughtUp();
    }
  });

  it('of events', async () => {
    const [run] = (await client.read('billing-runs')).data;
    expect((await client.get('events?from=start&types=invoice.*')).status).toBe(200);
    expect((await client.get(`billing-runs/${run.id}/events`)).status).toBe(200);
    await eventually(
      () => operator.post('events/republish', { from: '0' }),
      ({ status }) => status === 200,
    );
    const refused = [
      await client.get('events?types=invoice.folded'),
      await client.get('events', { accept: 'application/json' }),
      await client.get('events?account=external:nobody'),
      await client.get('billing-runs/run_nobody/events'),
      await client.post('events/republish', { from: '0' }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([400, 406, 404, 404, 403]);
  });

  it('of every operation that is documented', () => {
    expect([...answered].sort()).toEqual([...DOCUMENTED].sort());
  });
});

const askBank = async (client: TestClient, account: Any): Promise<void> => {
  const iban = 'DE89370400440532013000';
  const bank = await client.create('bank-accounts', { name: 'Main account', currency: 'USD', iban });
  const file = bankFile({ iban }, [
    { amount: '5.00', text: 'a' },
    { amount: '6.00', text: 'b' },
  ]);
  const content = Buffer.from(file).toString('base64');
  await client.create(`bank-accounts/${bank.id}/statements`, { content });
  const { data } = await client.read(`bank-accounts/${bank.id}/entries?status=unmatched`);
  const entry = `bank-accounts/${bank.id}/entries/${data[0].id}`;
  for (const path of ['bank-accounts', `bank-accounts/${bank.id}`, entry, `${entry}/suggestions`])
    await client.read(path);
  await client.create(`${entry}/match`, { accountId: account.id });
  await client.read(entry);
  await client.create(`${entry}/unmatch`, { reason: 'by mistake' });
  await client.create(`${entry}/ignore`, { reason: 'a gift' });
};
