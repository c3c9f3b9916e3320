import { randomUUID } from 'node:crypto';
import type { Any, TestClient } from '../services/test-client.js';
import type { TestRecount } from '../services/test-recount.js';
import { eventually } from '../services/eventually.js';
import { PRICED_METERS, PRICED_PLAN } from '../e2e/every-price.js';
import {
  bill,
  billedAccount,
  FEBRUARY,
  invoicesOf,
  JANUARY,
  METER,
  openAccount,
  PLAN,
  reading,
  recordUsage,
  subscribe,
  usd,
  withCatalog,
} from '../e2e/samples.js';

const MARCH_END = '2025-04-01T00:00:00Z';

/** A year and a day of two tenants, in as few facts as hold every kind of them. */
export const tellStory = async (recount: TestRecount): Promise<void> => {
  const first = await recount.manualTenant('Story');
  const { client: second } = await recount.createTenant('Another', { usageShards: 1 });
  await tenantsComeAndGo(recount);
  await first.done('PATCH', 'tenant', { legalName: 'Story Ltd', invoiceNumbers: { prefix: 'STORY-' } });
  await withCatalog(first);
  await moneyComesAndGoes(first);
  await moneyComesBack(first);
  await plansAndNamesChange(first);
  await timelinesChange(first);
  await theWorldIsServed(first);
  await readingsAreCorrected(first);
  await transfersAreAsked(first);
  await draftsTakeInLateUsage(second, recount);
  await readingsComeTogether(second);
  await thingsFallDue(second, recount);
  await timeIsTold(first);
  await timeIsTold(second);
  await accountsChange(first);
  await readingsComeAfterTheEnd(first);
  await somebodyIsForgotten(first);
};

/** A test clock, and a month of an account that lives by it. */
const timeIsTold = async (client: TestClient): Promise<void> => {
  const clock = await client.create('test-clocks', { name: 'A month', startAt: '2025-05-01T00:00:00Z' });
  const account = await openAccount(client, { test: true, testClockId: clock.id });
  await client.create('subscriptions', { accountId: account.id, plan: 'pro' });
  await client.create(`test-clocks/${clock.id}/advance`, { to: '2025-06-02T00:00:00Z' });
};

/** What is told of an account beside its person, and what it is charged once. */
const accountsChange = async (client: TestClient): Promise<void> => {
  const group = await openAccount(client, { externalId: 'group' });
  const account = await openAccount(client, { externalId: 'branch' });
  await client.done('PATCH', `accounts/${account.id}`, {
    externalId: 'north',
    metadata: { region: 'north' },
    timeZone: 'Europe/Paris',
    parentAccountId: group.id,
  });
  const items = `accounts/${account.id}/invoice-items`;
  const { id } = await client.create(items, { description: 'A mistake', unitAmount: '5.00' });
  await client.create(`${items}/${id}/remove`);
  await client.create(items, { description: 'Setup', unitAmount: '50.00', on: 'own_invoice' });
};

/** By a test clock: nothing else would bill them. */
const readingsComeAfterTheEnd = async (client: TestClient): Promise<void> => {
  const clock = await client.create('test-clocks', { name: 'The end', startAt: '2025-05-01T00:00:00Z' });
  const account = await openAccount(client, { test: true, testClockId: clock.id });
  const subscription = await client.create('subscriptions', { accountId: account.id, plan: 'pro' });
  await client.create(`test-clocks/${clock.id}/advance`, { to: '2025-05-20T00:00:00Z' });
  await client.create(`subscriptions/${subscription.id}/cancel`, { at: 'now' });
  await client.create(`test-clocks/${clock.id}/advance`, { to: '2025-05-21T00:00:00Z' });
  await bill(client, '2025-05-21T00:00:00Z', { accounts: [account.id] });
  await recordUsage(client, [reading(account.id, 1_200, '2025-05-19T12:00:00Z')]);
  await client.create(`test-clocks/${clock.id}/advance`, { to: '2025-05-25T00:00:00Z' });
};

/** A tenant that is suspended and comes back, with a key that does little for a while. */
const tenantsComeAndGo = async (recount: TestRecount): Promise<void> => {
  const { client, tenantId } = await recount.createTenant('Late payer');
  const terms = { scopes: ['usage.write', 'usage.read'], expiresAt: '2099-12-31T00:00:00Z', requestsPerHour: 100 };
  await client.create('api-keys', { name: 'meter', ...terms });
  await recount.client.create(`tenants/${tenantId}/suspend`, { reason: 'has not paid' });
  await recount.client.create(`tenants/${tenantId}/reinstate`, { reason: 'has paid' });
};

/** An account whose person is erased: what it owed stays. */
const somebodyIsForgotten = async (client: TestClient): Promise<void> => {
  const account = await openAccount(client, { externalId: 'forgotten', email: 'nobody@nowhere.example' });
  await client.create(`accounts/${account.id}/erase`, { reason: 'asked by mail' });
};

/** A payment of which a part is paid back, and that bounces after its rest paid another invoice; a second one waits. */
const moneyComesBack = async (client: TestClient): Promise<void> => {
  const { account } = await billedAccount(client, { externalId: 'cantor' });
  const payment = await client.create(`accounts/${account.id}/payments`, { amount: usd('60.00') });
  await bill(client, FEBRUARY.end, { accounts: [account.id] });
  await client.create(`accounts/${account.id}/payments`, { amount: usd('30.00'), allocate: 'none' });
  await client.create(`payments/${payment.id}/refunds`, { amount: usd('5.00'), reason: 'goodwill' });
  await client.create(`payments/${payment.id}/refunds`, { amount: usd('45.00'), reopenInvoices: true });
  await client.create(`payments/${payment.id}/reverse`, { reason: 'charged back' });
  await client.create(`accounts/${account.id}/credit-applications`);
};

/** Payments, an over-payment that pays the next invoice, a reversal, a void, late usage, a write-off. */
const moneyComesAndGoes = async (client: TestClient): Promise<void> => {
  const { account, invoice } = await billedAccount(client, { externalId: 'ada', email: 'billing@ada.example' });
  const late = reading(account.id, 250, '2025-01-31T23:59:59Z');
  await recordUsage(client, [late, { ...late, id: randomUUID() }]);
  await recordUsage(client, [{ ...late, properties: { tokens: 9 } }, reading(account.id, 10, FEBRUARY.start)]);
  await client.create(`invoices/${invoice.id}/payments`, { amount: usd('15.00'), reference: 'RF18' });
  const over = await client.create(`invoices/${invoice.id}/payments`, { amount: usd('33.00') });
  await client.create(`payments/${over.id}/reverse`, { reason: 'bounced' });
  await client.create(`invoices/${invoice.id}/payments`, { amount: usd('30.50') });
  const [difference] = await invoicesOf(client, await bill(client, JANUARY.end));
  await client.create(`invoices/${difference.id}/mark-uncollectible`, { reason: 'gone' });
  const other = await openAccount(client, { externalId: 'bell', timeZone: 'Europe/Berlin', metadata: { team: 'x' } });
  await subscribe(client, other.id, { startAt: '2025-01-10T12:00:00Z', anchor: { day: 31 } });
  const [wrong] = await invoicesOf(client, await bill(client, FEBRUARY.end, { accounts: [other.id] }));
  await client.create(`invoices/${wrong.id}/void`, { reason: 'wrong address' });
  await bill(client, FEBRUARY.end);
};

/**
 * Versions, archives, contacts, terms, credit on cancellation, an account that is closed before its last usage is billed and then
 * erased, a key that is revoked.
 */
const plansAndNamesChange = async (client: TestClient): Promise<void> => {
  await client.create('meters', { ...METER, key: 'models', aggregation: 'unique_count', valueProperty: 'model' });
  await client.create('plans/pro/versions', { ...PLAN, key: undefined, name: 'Pro, dearer' });
  await client.create('plans', { ...PLAN, key: 'old', charges: PLAN.charges.slice(0, 1) });
  const account = await openAccount(client, { taxId: 'DE123' });
  await client.done('PATCH', `accounts/${account.id}`, { name: 'Renamed', netTermsDays: 3, taxExempt: true });
  const subscription = await subscribe(client, account.id, { plan: 'old', externalId: 'sub-1' });
  await client.done('PATCH', `subscriptions/${subscription.id}`, { metadata: { owner: 'ops' } });
  await client.create('plans/old/archive');
  await client.create('meters/models/archive');
  const refused = { accountId: account.id, plan: 'old', externalId: 'sub-2' };
  await client.post('subscriptions', refused, { 'idempotency-key': randomUUID() });
  await bill(client, FEBRUARY.start, { accounts: [account.id] });
  await client.create(`subscriptions/${subscription.id}/cancel`, { at: '2025-02-15T00:00:00Z', reason: 'moved' });
  await bill(client, MARCH_END, { accounts: [account.id] });
  const { data } = await client.read(`invoices?accountId=${account.id}&status=open`);
  for (const { id, amountDue } of data) await client.create(`invoices/${id}/payments`, { amount: amountDue });
  await recordUsage(client, [reading(account.id, 1, '2025-02-10T00:00:00Z')]);
  await client.create(`accounts/${account.id}/close`, { reason: 'moved' });
  await client.create(`accounts/${account.id}/erase`, { reason: 'asked for' });
  await bill(client, MARCH_END, { accounts: [account.id] });
  const { id } = await client.create('api-keys', { name: 'for a moment' });
  await client.create(`api-keys/${id}/revoke`);
};

/** A paid trial, prices of its own, another plan, more seats, a pause, an end: back-dated, ahead, withdrawn; billed in between. */
const timelinesChange = async (client: TestClient): Promise<void> => {
  const [fee, tokens] = PLAN.charges;
  const seats = { ...fee, key: 'seats', name: 'Seats', price: { model: 'per_unit', unitAmount: '10.00' } };
  const team = { ...PLAN, key: 'team', charges: [fee, seats, tokens], trialDays: 14, trialPrice: '5.00' };
  await client.create('plans', team);
  const yearly = { ...fee, price: { model: 'flat', amount: '200.00' } };
  await client.create('plans', { ...PLAN, key: 'yearly', interval: { unit: 'year', count: 1 }, charges: [yearly] });
  const account = await openAccount(client, { externalId: 'changing' });
  const overrides = { fee: { discountBasisPoints: 1_000 } };
  const { id } = await subscribe(client, account.id, { plan: 'team', quantities: { seats: '3' }, overrides });
  const act = (action: string, body: object = {}) => client.create(`subscriptions/${id}/${action}`, body);
  await recordUsage(client, [reading(account.id, 1_500, '2025-01-20T12:00:00Z')]);
  await bill(client, JANUARY.end, { accounts: [account.id] });
  await act('changes', { quantities: { seats: '5' }, at: '2025-02-10T00:00:00Z' });
  await bill(client, FEBRUARY.end, { accounts: [account.id] });
  await act('changes', { overrides: { seats: { discountBasisPoints: 500 } }, at: '2025-03-01T00:00:00Z' });
  await act('pause', { at: '2025-03-01T00:00:00Z' });
  await act('resume', { at: '2025-03-08T00:00:00Z' });
  await act('changes', { plan: 'yearly', at: '2025-03-20T00:00:00Z' });
  await bill(client, MARCH_END, { accounts: [account.id] });
  await act('cancel', { at: 'period_end' });
  await act('uncancel');
};

/** A plan in two currencies, and an amount that comes back with the end of it. */
const theWorldIsServed = async (client: TestClient): Promise<void> => {
  const [fee] = PLAN.charges;
  const inEuros = { ...fee, currencyOptions: { EUR: { price: { model: 'flat', amount: '18.50' } } } };
  await client.create('plans', { ...PLAN, key: 'world', charges: [inEuros] });
  const account = await openAccount(client, { externalId: 'euler', currency: 'EUR' });
  const { id } = await subscribe(client, account.id, { plan: 'world' });
  await bill(client, JANUARY.end, { accounts: [account.id] });
  const back = { at: '2025-02-01T00:00:00Z', creditAmount: { amount: '12.00', currency: 'EUR' } };
  await client.create(`subscriptions/${id}/cancel`, back);
};

/** Every price and aggregation; readings amended and retracted after they were billed. */
const readingsAreCorrected = async (client: TestClient): Promise<void> => {
  for (const meter of PRICED_METERS) await client.create('meters', meter);
  await client.create('plans', PRICED_PLAN);
  const account = await openAccount(client, { externalId: 'corrected' });
  await subscribe(client, account.id, { plan: PRICED_PLAN.key });
  const properties = { tokens: 1_000, user: 'a', region: 'eu', gauge: 10, value: '100' };
  const calls = ['c1', 'c2', 'c3'].map((id) => ({
    ...reading(account.id, 0, '2025-01-16T12:00:00Z', { id }),
    properties,
  }));
  const seats = {
    id: 's1',
    event: 'seats',
    accountId: account.id,
    at: '2025-01-22T00:00:00Z',
    properties: { added: 4 },
  };
  await recordUsage(client, [...calls.map((call) => ({ ...call, event: 'call' })), seats]);
  await bill(client, JANUARY.end, { accounts: [account.id] });
  await client.create('usage/c1/amend', { properties: { ...properties, tokens: 500 }, reason: 'counted twice' });
  await client.create('usage/c1/amend', { properties: { ...properties, tokens: 700 }, reason: 'not quite twice' });
  await client.create('usage/c2/retract', { reason: 'a load test' });
  await bill(client, FEBRUARY.end, { accounts: [account.id] });
};

/** Readings of several accounts in one request and one event; one of them is billed, and then another gets late ones. */
const readingsComeTogether = async (client: TestClient): Promise<void> => {
  const accounts = [await openAccount(client), await openAccount(client)];
  for (const { id } of accounts) await subscribe(client, id);
  const both = (tokens: number, at: string) => accounts.map(({ id }) => reading(id, tokens, at));
  await recordUsage(client, [...both(1_100, '2025-01-10T12:00:00Z'), ...both(70, '2025-01-12T12:00:00Z')]);
  await bill(client, JANUARY.end, { accounts: [accounts[0].id] });
  await recordUsage(client, [reading(accounts[1].id, 30, '2025-01-14T12:00:00Z')]);
};

/** A wallet is filled and spent; amounts are reserved, then posted in part, voided, and left to expire. */
const transfersAreAsked = async (client: TestClient): Promise<void> => {
  const account = await openAccount(client, { externalId: 'wallet' });
  const ask = (fields: object): Promise<Any> =>
    client.create(`accounts/${account.id}/transfers`, {
      debit: 'cash',
      credit: 'wallet',
      amount: usd('20.00'),
      ...fields,
    });
  await ask({ linked: [{ debit: 'wallet', credit: 'revenue', amount: usd('99.00'), flags: ['balancing_debit'] }] });
  const pending = await Promise.all([1, 2].map(() => ask({ flags: ['pending'] })));
  await client.create(`transfers/${pending[0].id}/post`, { amount: usd('12.50') });
  await client.create(`transfers/${pending[1].id}/void`);
  await ask({ flags: ['pending', 'closing_credit'], timeoutSeconds: 1 });
  await eventually(
    () => client.read(`accounts/${account.id}/transfers`),
    ({ data }) => data.some(({ kind }: Any) => kind === 'expired'),
  );
};

/** Drafts during a grace period, rated again, issued by hand and by their timer. */
const draftsTakeInLateUsage = async (client: TestClient, recount: TestRecount): Promise<void> => {
  await client.done('PUT', 'settings/billing', { billing: 'manual', finalize: 'grace', graceHours: 2 });
  await withCatalog(client);
  const { account, invoice } = await billedAccount(client, { externalId: 'ada', netTermsDays: 0 });
  await recordUsage(client, [reading(account.id, 100, '2025-01-11T12:00:00Z')]);
  await letFallDue(recount, `finalize:${invoice.id}`);
  await eventually(
    () => client.read(`invoices/${invoice.id}`),
    ({ status, number }: Any) => status === 'open' && number !== null,
  );
  await bill(client, FEBRUARY.end, { accounts: [account.id] });
  const { data } = await client.read(`invoices?accountId=${account.id}&status=draft`);
  for (const { id } of data) {
    const lines = `invoices/${id}/lines`;
    await client.create(lines, { description: 'Setup', unitAmount: '50.00', reason: 'agreed by phone' });
    const [line] = (await client.read(`invoices/${id}`)).lines;
    await client.create(`${lines}/${line.id}/change`, { amount: usd('1.00'), reason: 'as an apology' });
    await client.create(`invoices/${id}/finalize`);
  }
};

/** An invoice becomes overdue, a subscription ends, another waits for its day, a third for its customer. */
const thingsFallDue = async (client: TestClient, recount: TestRecount): Promise<void> => {
  const { data } = await client.read('invoices?status=open');
  await letFallDue(recount, `overdue:${data[0].id}`);
  await eventually(
    () => client.read(`invoices/${data[0].id}`),
    ({ overdue }: Any) => overdue,
  );
  const account = await openAccount(client);
  const ending = await client.create('subscriptions', { accountId: account.id, plan: 'pro' });
  await client.create(`subscriptions/${ending.id}/cancel`, { at: soon(1_000), credit: 'none' });
  await eventually(
    () => timersOf(recount, `end:${ending.id}`),
    (timers) => timers === 0n,
  );
  await client.create('subscriptions', { accountId: account.id, plan: 'pro', startAt: soon(365 * 86_400_000) });
  const waiting = await client.create('subscriptions', { accountId: account.id, plan: 'pro', activation: 'manual' });
  await client.create(`subscriptions/${waiting.id}/activate`);
};

const soon = (milliseconds: number): string => new Date(Date.now() + milliseconds).toISOString();

const timersOf = async ({ database }: TestRecount, key: string): Promise<bigint> => {
  const { rows } = await database.projector.query<{ count: bigint }>(
    'SELECT count(*) FROM read.timers WHERE timer_key = $1',
    [key],
  );
  return rows[0]!.count;
};

/** Nobody waits for days: what the agenda has of these timers is moved to this moment. */
const letFallDue = async (recount: TestRecount, key: string): Promise<void> => {
  await recount.caughtUp();
  await recount.database.owner.query(
    `SET ROLE recount_projector; UPDATE read.timers SET due_at = now() WHERE timer_key LIKE '${key}%'; RESET ROLE`,
  );
};
