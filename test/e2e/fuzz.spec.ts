import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { routes } from '../services/routes.js';
import { Stopping } from '../services/stopping.js';
import type { Answer, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { PRICED_PLAN } from './every-price.js';
import { billedAccount, METER, PLAN, subscribe, usd, withCatalog } from './samples.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What people and programs send by mistake, or on purpose. */
const NASTY: Json[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e21,
  Number.MAX_SAFE_INTEGER,
  '',
  ' ',
  '0',
  '-1',
  '1e3',
  'NaN',
  '9'.repeat(38),
  `0.${'9'.repeat(24)}`,
  '9'.repeat(100),
  'x'.repeat(5_000),
  '\u0000',
  '\ud800',
  '😀',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  "'; DROP TABLE read.accounts; --",
  '%00',
  '2026-02-30',
  '2026-02-30T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999Z',
  '9999-12-31',
  '0001-01-01',
  'external:',
  'external:ada',
  'acc_00000000000000000000000000',
  [],
  {},
  [[]],
  [null],
  { a: { b: [1, 'x', null] } },
  { 'a/b~c': '1' },
];

/** A valid body for each route that takes one; `null` for those that take none. */
const BODIES: Readonly<Record<string, Json | null>> = {
  'v1/meters': {
    ...METER,
    key: 'fuzz',
    filters: [{ property: 'p', operator: 'in', value: ['x'] }],
    groupBy: ['g'],
    rounding: { mode: 'up', digits: 0 },
  },
  'v1/meters/:key/archive': null,
  'v1/plans': { ...PLAN, key: 'fuzz' },
  'v1/plans/:key/versions': {
    name: PLAN.name,
    currency: PLAN.currency,
    interval: PLAN.interval,
    charges: [...PLAN.charges, ...(PRICED_PLAN.charges.map((charge) => ({ ...charge, meter: 'tokens' })) as Json[])],
  },
  'v1/plans/:key/archive': null,
  'v1/coupons': {
    code: 'FUZZ',
    name: 'Fuzz',
    percent: '20',
    duration: 'periods',
    periods: 3,
    plans: ['pro'],
    charges: ['fee'],
    exclusive: true,
    redeemBy: '2030-01-01T00:00:00Z',
    maxRedemptions: 10,
    maxRedemptionsPerAccount: 1,
    firstTimeOnly: true,
  },
  'v1/coupons/:code/archive': { dryRun: true },
  'v1/jobs/:id/run-now': { reason: 'fuzz' },
  'v1/jobs/:id/skip': { reason: 'fuzz' },
  'v1/webhook-endpoints': {
    url: 'https://127.0.0.1:1/fuzz',
    description: 'Fuzz',
    eventTypes: ['account.*'],
    accountIds: ['external:nobody'],
    ordering: 'none',
    format: 'thin',
  },
  'v1/webhook-endpoints/:id/rotate-secret': { overlapSeconds: 60 },
  'v1/webhook-endpoints/:id/test': null,
  'v1/webhook-endpoints/:id/disable': null,
  'v1/webhook-endpoints/:id/enable': null,
  'v1/webhook-endpoints/:id/delete': null,
  'v1/webhook-endpoints/:id/replays': { from: '0', to: '1', eventTypes: ['account.*'], ratePerSecond: 1 },
  'v1/webhook-deliveries/:id/retry': null,
  'v1/webhook-replays/:id/cancel': null,
  'v1/subscriptions/:id/discounts': {
    name: 'Fuzz',
    amount: usd('1.00'),
    duration: 'until',
    until: '2030-01-01',
    plans: ['pro'],
    charges: ['fee'],
  },
  'v1/subscriptions/:id/discounts/:discountId/remove': null,
  'v1/accounts/:id/discounts': { name: 'Fuzz', percent: '10', duration: 'until', until: '2030-01-01', dryRun: true },
  'v1/accounts/:id/discounts/:discountId/remove': null,
  'v1/accounts': {
    externalId: 'fuzz',
    name: 'Ada',
    email: 'ada@example.com',
    currency: 'USD',
    timeZone: 'Europe/Berlin',
    billingAddress: { line1: 'Street', country: 'DE' },
    taxId: 'DE136695976',
    taxIds: [{ type: 'eu_vat', value: 'DE136695976' }],
    shippingAddress: { city: 'Bath', country: 'GB' },
    contacts: [{ name: 'Grace', email: 'grace@example.com', phone: '1', role: 'billing' }],
    purchaseOrder: 'PO-1',
    buyerReference: '04011000-12345-03',
    language: 'de',
    taxExempt: false,
    netTermsDays: 14,
    parentAccountId: 'external:ada',
    metadata: { tier: 'gold' },
  },
  'v1/accounts/:id/close': { reason: 'gone' },
  'v1/accounts/:id/erase': { reason: 'asked', documents: true },
  'v1/subscriptions': {
    accountId: 'external:ada',
    plan: 'pro',
    planVersion: 1,
    externalId: 'fuzz',
    startAt: '2025-01-01T00:00:00Z',
    anchor: { day: 15, align: 'subscription' },
    activation: 'automatic',
    quantities: { fee: '2' },
    overrides: {
      fee: { price: { model: 'flat', amount: '5' }, discountBasisPoints: 100 },
      tokens: { tiers: [{ tier: 2, unitAmount: '1' }], minimum: '1', maximum: '2', rounding: 'half_even' },
    },
    trialDays: 7,
    trialPrice: '1.00',
  },
  'v1/subscriptions/:id/changes': {
    plan: 'pro',
    planVersion: 1,
    quantities: { fee: '3' },
    overrides: { fee: { discountBasisPoints: 100 }, tokens: { minimum: '1', maximum: '2' } },
    at: '2025-01-17T00:00:00Z',
    proration: 'prorated',
    dryRun: true,
  },
  'v1/subscriptions/:id/changes/:changeId/withdraw': null,
  'v1/subscriptions/:id/pause': { at: '2025-01-10T00:00:00Z', until: '2025-01-20T00:00:00Z', credit: 'none' },
  'v1/subscriptions/:id/resume': { at: '2025-01-15T00:00:00Z' },
  'v1/subscriptions/:id/uncancel': null,
  'v1/subscriptions/:id/activate': { at: '2025-01-01T00:00:00Z' },
  'v1/subscriptions/:id/cancel': { at: '2025-03-01T00:00:00Z', credit: 'prorated', reason: 'x' },
  'v1/usage': {
    events: [
      {
        id: 'a',
        event: 'llm_request',
        accountId: 'external:ada',
        at: '2025-01-02T00:00:00Z',
        properties: { tokens: 5, model: 'x' },
      },
      {
        id: 'b',
        event: 'llm_request',
        accountId: 'external:ada',
        subscriptionId: 'external:ada-pro',
        properties: { tokens: '5.5' },
      },
    ],
  },
  'v1/usage/:id/amend': { properties: { tokens: '5', count: 5, live: true }, reason: 'x' },
  'v1/usage/:id/retract': { reason: 'x' },
  'v1/billing-runs': { billThrough: '2025-02-01T00:00:00Z', accounts: ['external:ada'], dryRun: true },
  'v1/invoices/:id/finalize': { dryRun: true },
  'v1/invoices/:id/lines': { description: 'Setup', quantity: '2', unitAmount: '1.50', metadata: {}, reason: 'x' },
  'v1/invoices/:id/discounts': { name: 'Fuzz', percent: '10', reason: 'x', dryRun: true },
  'v1/invoices/:id/discounts/:itemId/remove': null,
  'v1/invoices/:id/lines/:lineId/change': { amount: usd('1.00'), reason: 'x', dryRun: true },
  'v1/invoices/:id/void': { dryRun: true, reason: 'x' },
  'v1/invoices/:id/mark-uncollectible': { dryRun: true, reason: 'x' },
  'v1/invoices/:id/credit-notes': {
    kind: 'concession',
    lines: [{ lineId: 'lin_00000000000000000000000000', quantity: '1' }],
    reason: 'x',
    memo: 'x',
    dryRun: true,
  },
  'v1/credit-notes/:id/void': { dryRun: true, reason: 'x' },
  'v1/accounts/:id/wallets': {
    name: 'Prepaid',
    currency: 'USD',
    priority: 20,
    scope: { plans: ['pro'], charges: ['fee'] },
    metadata: { contract: '4711' },
    dryRun: true,
  },
  'v1/bank-accounts': { name: 'Main', currency: 'USD', iban: 'DE89370400440532013000' },
  'v1/bank-accounts/:id/statements': {
    content: Buffer.from('day;in;text\n').toString('base64'),
    csv: {
      delimiter: ';',
      skipLines: 0,
      dateOrder: 'YMD',
      decimalMark: '.',
      columns: { bookedOn: 'day', amount: 'in', text: ['text'] },
    },
  },
  'v1/bank-accounts/:id/entries/:entryId/match': {
    dryRun: true,
    accountId: 'external:ada',
    allocations: [{ invoiceId: 'inv_00000000000000000000000000', amount: usd('1.00') }],
  },
  'v1/bank-accounts/:id/entries/:entryId/unmatch': { dryRun: true, reason: 'x' },
  'v1/bank-accounts/:id/entries/:entryId/ignore': { dryRun: true, reason: 'x' },
  'v1/wallets/:id/grants': {
    kind: 'paid',
    amount: usd('5.00'),
    priority: 20,
    effectiveAt: '2025-01-01T00:00:00Z',
    expiresAt: '2035-01-01T00:00:00Z',
    usableOn: 'issue',
    reason: 'x',
    dryRun: true,
  },
  'v1/wallets/:id/grants/:grantId/void': { dryRun: true, reason: 'x' },
  'v1/wallets/:id/close': { dryRun: true, remainder: 'forfeit', reason: 'x' },
  'v1/wallets/:id/recurring-grant/end': { dryRun: true },
  'v1/wallets/:id/recharge/end': { dryRun: true },
  'v1/invoices/:id/payments': { amount: usd('0.01'), method: 'cash', reference: 'r', receivedOn: '2025-02-01' },
  'v1/accounts/:id/payments': {
    amount: usd('0.01'),
    receivedOn: '2025-02-01',
    allocations: [{ invoiceId: 'inv_01j9zq6e4hf0fvwpn5t5jzq3cd', amount: usd('0.01') }],
    allocate: 'none',
  },
  'v1/accounts/:id/credit-refunds': { amount: usd('0.01'), reason: 'x' },
  'v1/accounts/:id/invoice-items': {
    description: 'Setup',
    quantity: '2',
    unitAmount: '1.50',
    taxClass: 'reduced',
    on: 'next_invoice',
    metadata: { order: '4711' },
  },
  'v1/accounts/:id/invoice-items/:itemId/remove': null,
  'v1/accounts/:id/credit-applications': { allocations: [{ invoiceId: 'inv_01j9zq6e4hf0fvwpn5t5jzq3cd' }] },
  'v1/payments/:id/refunds': { amount: usd('0.01'), reopenInvoices: true, reason: 'x' },
  'v1/payments/:id/reverse': { reason: 'x', dryRun: true },
  'v1/accounts/:id/transfers': {
    id: 'tfr_01j9zq6e4hf0fvwpn5t5jzq3cd',
    debit: 'cash',
    credit: 'wallet',
    amount: usd('1.00'),
    flags: ['pending', 'balancing_debit'],
    timeoutSeconds: 60,
    linked: [{ debit: 'wallet', credit: 'revenue', amount: usd('1.00'), flags: ['balancing_debit'] }],
  },
  'v1/transfers/:id/post': { amount: usd('0.01') },
  'v1/transfers/:id/void': { dryRun: true },
  'v1/audit/verifications': { accountId: 'external:ada' },
  'v1/invoices/:id/deliveries': { to: ['a@example.com'] },
  'v1/credit-notes/:id/deliveries': { to: ['a@example.com'] },
  'v1/reactors/:name/resume': { after: '1' },
  'v1/reactors/:name/skip': null,
  'v1/projections/:name/rebuild': { compare: true },
  'v1/projections/:name/pause': null,
  'v1/projections/:name/resume': null,
  'v1/api-keys': { name: 'fuzz' },
  'v1/api-keys/:id/revoke': null,
  'v1/api-keys/:id/rotate': { overlapSeconds: 60, expiresAt: '2099-01-01T00:00:00Z' },
  'v1/legal-entities': {
    name: 'Fuzz Inc.',
    timeZone: 'UTC',
    invoiceNumbers: { prefix: 'FUZZ-', digits: 4 },
    address: { line1: 'Street', country: 'US' },
    taxIds: [{ type: 'us_ein', value: '12-3456789' }],
    registration: 'HRB 1',
    email: 'fuzz@example.com',
    website: 'https://fuzz.example',
    bankAccounts: [{ iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' }],
    language: 'de',
    footer: 'x',
  },
  'v1/accounts/:id/tax-ids/check': null,
  'v1/accounts/:id/tax-exemptions': {
    jurisdiction: 'US-NY',
    number: 'ST-120',
    validFrom: '2026-01-01',
    validTo: '2028-12-31',
  },
  'v1/accounts/:id/tax-exemptions/:exemptionId/remove': null,
  'v1/invoices/:id/calculate-tax': null,
  'v1/tax-rates': {
    code: 'fuzz',
    jurisdiction: 'CA-QC',
    category: 'S',
    taxClass: 'reduced',
    rate: '9.975',
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    compound: true,
  },
  'v1/tenants': { name: 'fuzz', timeZone: 'UTC' },
  'v1/tenants/:id/api-keys': { name: 'fuzz', requestsPerHour: 10 },
  'v1/tenants/:id/suspend': { reason: 'x' },
  'v1/tenants/:id/reinstate': { reason: 'x' },
  'v1/test-clocks': { name: 'fuzz', startAt: '2025-01-01T00:00:00Z' },
  'v1/test-clocks/:id/advance': { to: '2025-01-02T00:00:00Z' },
  'v1/events/republish': { from: '0' },
  'v1/clock/confirm': null,
};

/** Every place in a value, as the keys that lead there. */
const places = (value: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] => [
  path,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, member]) =>
        places(member, [...path, Array.isArray(value) ? Number(key) : key]),
      )
    : []),
];

type Mutation = { readonly place: number; readonly kind: 'replace' | 'remove' | 'add' | 'repeat'; readonly with: Json };

const mutated = (value: Json, { place, kind, with: replacement }: Mutation): Json => {
  const all = places(value);
  const path = all[place % all.length]!;
  if (path.length === 0) return kind === 'replace' ? replacement : value;
  const copy = structuredClone(value);
  const last = path.at(-1)!;
  const parent = path
    .slice(0, -1)
    .reduce<Json>((at, key) => (at as Record<string | number, Json>)[key]!, copy) as Record<string | number, Json>;
  if (kind === 'replace') parent[last] = replacement;
  else if (kind === 'remove') delete parent[last];
  else if (kind === 'add') parent[Array.isArray(parent) ? parent.length : 'surprise'] = replacement;
  else if (Array.isArray(parent)) parent.push(parent[last as number]);
  return copy;
};

const mutation: fc.Arbitrary<Mutation> = fc.record({
  place: fc.nat(200),
  kind: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'repeat'),
  with: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...NASTY) }, fc.jsonValue() as fc.Arbitrary<Json>),
});

const POSTS = routes().filter(({ method }) => method === 'POST');
const RUNS_PER_ROUTE = 30;

describe('mutated requests', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let ids: Record<string, string>;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = recount.client;
    await client.done('PUT', 'settings/billing', { billing: 'manual' });
    await withCatalog(client);
    const { account, invoice } = await billedAccount(client, { externalId: 'ada' });
    await subscribe(client, account.id, { externalId: 'ada-pro' });
    const payment = await client.create(`invoices/${invoice.id}/payments`, { amount: usd('1.00') });
    const transfer = { debit: 'cash', credit: 'wallet', amount: usd('1.00'), flags: ['pending'] };
    const pending = await client.create(`accounts/${account.id}/transfers`, transfer);
    const key = await client.create('api-keys', { name: 'to be revoked' });
    const { tenantId } = await recount.createTenant('to be suspended');
    await client.create('coupons', { code: 'LAUNCH', name: 'Launch', percent: '20', duration: 'forever' });
    const clock = await client.create('test-clocks', { startAt: '2025-01-01T00:00:00Z' });
    const webhook = await client.create('webhook-endpoints', {
      url: 'https://127.0.0.1:1',
      eventTypes: ['meter.defined'],
    });
    const replay = await client.create(`webhook-endpoints/${webhook.id}/replays`, { from: '0' });
    ids = {
      'v1/coupons': 'LAUNCH',
      'v1/jobs': 'account-fuzz.bill:fuzz',
      'v1/webhook-endpoints': webhook.id,
      'v1/webhook-deliveries': 'whd_01j9zq6e4hf0fvwpn5t5jzq3cd',
      'v1/webhook-replays': replay.id,
      'v1/meters': 'tokens',
      'v1/plans': 'pro',
      'v1/accounts': 'external:nobody',
      'v1/subscriptions': 'external:ada-pro',
      'v1/invoices': invoice.id,
      'v1/payments': payment.id,
      'v1/transfers': pending.id,
      'v1/api-keys': key.id,
      'v1/projections': 'mrr',
      'v1/reactors': 'send-invoices',
      'v1/tenants': tenantId,
      'v1/test-clocks': clock.id,
    };
    await recount.caughtUp();
  });

  it('covers every route', () => {
    expect(Object.keys(BODIES).sort()).toEqual(POSTS.map(({ path }) => path).sort());
  });

  const expectAnswer = (sent: unknown, { status, headers, body }: Answer): void => {
    const told = { sent: JSON.stringify(sent)?.slice(0, 2_000), status, body };
    expect(told).toEqual({ ...told, status: expect.any(Number) });
    if (status >= 500 || status < 200) throw new Error(`${status} for ${told.sent}: ${JSON.stringify(body)}`);
    if (status >= 400) {
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(body.code).toMatch(/^[a-z][a-z_]*$/);
    }
  };

  it.each(POSTS.map(({ path }) => path))('POST %s is answered with 2xx or 4xx', async (path) => {
    const [, id] = Object.entries(ids).find(([prefix]) => path.startsWith(`${prefix}/`)) ?? [];
    const url = `/${path.replace(/:\w+/, encodeURIComponent(id ?? ''))}`;
    const valid = BODIES[path] ?? {};
    await fc.assert(
      fc.asyncProperty(
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        fc.option(fc.string({ minLength: 1, maxLength: 20 })),
        async (mutations, key) => {
          const sent = mutations.reduce(mutated, valid);
          const header = key !== null && /^[\x21-\x7e]+$/.test(key) ? { 'idempotency-key': key } : {};
          expectAnswer(sent, await client.ask('POST', url, sent, { headers: header }));
        },
      ),
      { numRuns: RUNS_PER_ROUTE, seed: 20_261_120 },
    );
  });

  it('leaves nothing behind that a read model could not take', async () => {
    for (const name of ['mrr']) await client.create(`projections/${name}/resume`);
    await recount.caughtUp();
    const projections = await client.done('GET', 'projections');
    expect(projections.filter(({ status }: { status: string }) => status !== 'running')).toEqual([]);
    expect((await client.get('/health/ready')).status).toBe(200);
  });

  it('leaves the books right', async () => {
    const started = await client.create('audit/verifications');
    let verification = started;
    while (verification.status === 'running') verification = await client.read(`audit/verifications/${started.id}`);
    expect(verification).toMatchObject({ status: 'completed', differences: [], failure: null });
  });
});
