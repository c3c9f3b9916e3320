import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { routes } from '../services/routes.js';
import { eventually } from '../services/eventually.js';
import { MailServer } from '../services/mail-server.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { bankFile } from './bank-files.js';
import { billedAccount, FEBRUARY, METER, openAccount, PLAN, usd, withCatalog } from './samples.js';

/** What changes rows beside the log alone, or nothing: no stored fact, so nothing to list. */
const OUTSIDE_THE_LOG = [
  'StartVerification',
  'PauseProjection',
  'ResumeProjection',
  'RebuildProjection',
  'ConfirmClock',
  'RepublishEvents',
  'ResumeReactor',
  'SkipReactor',
  'CalculateTax',
  'TestWebhookEndpoint',
  'RetryWebhookDelivery',
  'StartWebhookReplay',
  'CancelWebhookReplay',
];

describe('the audit log', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let account: Any;
  let invoice: Any;

  beforeAll(async () => {
    const mail = await stopping.use(MailServer.start());
    // A register that does not answer: that, too, is what came of asking.
    const vies = { url: 'http://127.0.0.1:1/' };
    recount = await stopping.use(TestRecount.start({ mail: mail.settings, vies }));
    client = await recount.manualTenant();
    await withCatalog(client);
    ({ account, invoice } = await billedAccount(client, { externalId: 'ada' }));
  });

  const entries = async (query: string, by = client): Promise<Any[]> =>
    (await by.read(`audit/log?limit=200&${query}`)).data;

  /** Sends a request that must work; answers what the log has of it. */
  const audited = async (method: string, path: string, body: object = {}): Promise<Any[]> => {
    const requestId = randomUUID();
    await client.done(method, path, body, { 'x-request-id': requestId, 'x-reason': `because of ${path}` });
    return entries(`requestId=${requestId}`);
  };

  it('says who changed what, by which command, in which request, and why', async () => {
    const [entry, ...others] = await audited('PATCH', 'accounts/external:ada', { netTermsDays: 14 });
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      type: 'PaymentTermsChanged',
      accountId: account.id,
      command: 'ChangeAccount',
      actor: { type: 'api_key', id: expect.stringMatching(/^key_/u) },
      reason: 'because of accounts/external:ada',
      fields: ['netTermsDays', 'from'],
      recordedAt: expect.stringMatching(/Z$/u),
    });
    const { revision } = await client.done('GET', `accounts/${account.id}/state`);
    expect(entry.revision).toBe(revision);
  });

  const changesOf = (entry: Any): Any =>
    Object.fromEntries(entry.changes.map(({ field, before, after }: Any) => [field, [before, after]]));

  it('says what was before and what is after, and the name of the key', async () => {
    const { id } = await openAccount(client, { email: 'old@ada.example', metadata: { tier: 'gold' } });
    const [terms] = await audited('PATCH', `accounts/${id}`, { netTermsDays: 14 });
    expect(changesOf(terms)).toEqual({ netTermsDays: ['30', '14'] });
    expect(terms.actor.name).toEqual(expect.any(String));
    const [again] = await audited('PATCH', `accounts/${id}`, { netTermsDays: 7 });
    expect(changesOf(again)).toEqual({ netTermsDays: ['14', '7'] });
    const [noted] = await audited('PATCH', `accounts/${id}`, { metadata: { tier: 'silver' } });
    expect(changesOf(noted)).toEqual({ metadata: ['{"tier":"gold"}', '{"tier":"silver"}'] });
    const [contact] = await audited('PATCH', `accounts/${id}`, { email: 'new@ada.example' });
    expect(changesOf(contact)).toEqual({ personal: ['sealed', 'sealed'] });
    const [toldContact, toldOpening] = await entries(
      `account=${id}&type=AccountContactChanged,AccountOpened&personal=true`,
    );
    expect(changesOf(toldContact)).toEqual({ email: ['old@ada.example', 'new@ada.example'] });
    const reads = await client.read('audit/personal-data-reads?limit=1');
    expect(reads.data[0]).toMatchObject({ operation: 'ListAuditLog', actor: { name: terms.actor.name } });
    const opened = toldOpening;
    expect(changesOf(opened)).toMatchObject({ netTermsDays: [null, '30'], name: [null, 'Ada Lovelace Ltd'] });
    const policy = { billing: 'manual', usageWindow: { pastDays: 36_499, futureHours: 1 } };
    const [set] = await audited('PUT', 'settings/billing', policy);
    expect(changesOf(set)['usageWindow'].map(JSON.parse)).toEqual([
      { pastDays: 36_500, futureHours: 1 },
      { pastDays: 36_499, futureHours: 1 },
    ]);
    await client.done('PUT', 'settings/tax', { provider: 'none', country: 'DE' });
    const [taxed] = await audited('PUT', 'settings/tax', { provider: 'none', country: 'AT' });
    expect(changesOf(taxed)).toEqual({ country: ['DE', 'AT'] });
    const rate = { code: 'at-vat', jurisdiction: 'AT', category: 'S', rate: '20', validFrom: '2026-01-01' };
    await client.create('tax-rates', rate);
    const [raised] = await audited('POST', 'tax-rates', { ...rate, rate: '21', validFrom: '2027-01-01' });
    expect(changesOf(raised)).toEqual({ rate: ['20', '21'], validFrom: ['2026-01-01', '2027-01-01'] });
    await client.create(`accounts/${id}/erase`);
    const told = JSON.stringify(await entries(`account=${id}&personal=true`));
    expect(told).not.toMatch(/ada\.example|Lovelace/u);
    expect(told).toContain('"netTermsDays"');
  });

  it('says of a subscription what it was and is, and of an occurrence only what it was', async () => {
    const { id } = await openAccount(client);
    const subscription = await client.create('subscriptions', {
      accountId: id,
      plan: 'pro',
      startAt: FEBRUARY.start,
      quantities: { fee: '1' },
    });
    const [changed] = await audited('POST', `subscriptions/${subscription.id}/changes`, {
      quantities: { fee: '3' },
      at: 'now',
    });
    expect(changesOf(changed)).toEqual({ proration: [null, 'prorated'], quantities: ['{"fee":"1"}', '{"fee":"3"}'] });
    const [payment] = await audited('POST', `invoices/${invoice.id}/payments`, { amount: usd('1.00') });
    expect(payment.changes.every(({ before }: Any) => before === null)).toBe(true);
  });

  it('has an entry of every operation that changes something', async () => {
    const seen = new Set<string>();
    const note = async (method: string, path: string, body?: object): Promise<void> => {
      for (const { command } of await audited(method, path, body)) seen.add(command);
    };
    await note('POST', 'meters', { ...METER, key: 'other' });
    await note('POST', 'meters/other/archive');
    await note('POST', 'plans', { ...PLAN, key: 'team' });
    await note('POST', 'plans/pro/versions', { ...PLAN, key: undefined, name: 'Pro 2' });
    await note('POST', 'plans/team/archive');
    await note('PUT', 'settings/billing', { billing: 'manual', finalize: 'grace', graceHours: 1 });
    await client.done('PUT', 'settings/billing', { billing: 'manual', finalize: 'auto', graceHours: 0 });
    await note('PATCH', 'tenant', { legalName: 'Acme GmbH' });
    await note('PUT', 'settings/tax', { provider: 'none', country: 'DE' });
    await note('PUT', 'settings/mail', { sendInvoices: 'on_number' });
    const { data: due } = await client.read('jobs?state=due');
    const job = encodeURIComponent(due[0].id);
    await note('POST', `jobs/${job}/run-now`, { reason: 'tried' });
    await note('POST', `jobs/${job}/skip`, { reason: 'tried' });
    await note('POST', 'webhook-endpoints', { url: 'https://acme.example/token' });
    const [webhook] = await client.read('webhook-endpoints');
    await note('PATCH', `webhook-endpoints/${webhook.id}`, { format: 'thin' });
    await note('POST', `webhook-endpoints/${webhook.id}/rotate-secret`);
    await note('POST', `webhook-endpoints/${webhook.id}/disable`);
    await note('POST', `webhook-endpoints/${webhook.id}/enable`);
    await note('POST', `webhook-endpoints/${webhook.id}/delete`);
    const rate = { code: 'de-vat', jurisdiction: 'DE', category: 'S', rate: '19', validFrom: '2026-01-01' };
    await note('POST', 'tax-rates', rate);
    await note('POST', 'legal-entities', { name: 'Acme Inc.', invoiceNumbers: { prefix: 'US-' } });
    const [entity] = (await client.read('legal-entities')).data;
    await note('PATCH', `legal-entities/${entity.id}`, { footer: 'Ada Lovelace' });
    await note('PATCH', `legal-entities/${entity.id}/branding`, { accentColor: '#0a5c36' });
    await note('POST', 'accounts/external:ada/tax-exemptions', { jurisdiction: 'US-NY', number: 'ST-120' });
    const [exempt] = (await client.read('accounts/external:ada/tax-exemptions')).data;
    await note('POST', `accounts/external:ada/tax-exemptions/${exempt.id}/remove`);
    await client.done('PATCH', 'accounts/external:ada', { taxIds: [{ type: 'eu_vat', value: 'FR40303265045' }] });
    await note('POST', 'accounts/external:ada/tax-ids/check');
    await note('POST', 'coupons', { code: 'LAUNCH20', name: 'Launch', percent: '20', duration: 'forever' });
    await note('POST', 'coupons/LAUNCH20/archive');
    await note('POST', 'accounts', { name: 'Grace', currency: 'USD', externalId: 'grace' });
    await note('PATCH', 'accounts/external:grace', { name: 'Grace Hopper' });
    await note('POST', 'accounts/external:grace/close');
    await note('POST', 'accounts/external:grace/erase');
    await note('POST', 'subscriptions', {
      accountId: account.id,
      plan: 'pro',
      externalId: 'second',
      activation: 'manual',
    });
    await note('POST', 'subscriptions/external:second/activate');
    const agreed = { name: 'Loyalty', percent: '10', duration: 'forever' };
    await note('POST', 'subscriptions/external:second/discounts', agreed);
    const [discount] = await client.read('subscriptions/external:second/discounts');
    await note('POST', `subscriptions/external:second/discounts/${discount.id}/remove`);
    await note('POST', 'accounts/external:ada/discounts', agreed);
    const [wide] = await client.read('accounts/external:ada/discounts');
    await note('POST', `accounts/external:ada/discounts/${wide.id}/remove`);
    await note('POST', 'subscriptions/external:second/changes', { quantities: { fee: '2' }, at: 'now' });
    await note('PATCH', 'subscriptions/external:second', { metadata: { owner: 'ops' } });
    await note('POST', 'subscriptions/external:second/pause');
    await note('POST', 'subscriptions/external:second/resume');
    await note('POST', 'subscriptions/external:second/cancel', { at: 'period_end' });
    await note('POST', 'subscriptions/external:second/uncancel');
    await client.create('subscriptions/external:second/cancel', { at: 'period_end' });
    const [scheduled] = await client.read('subscriptions/external:second/changes');
    await note('POST', `subscriptions/external:second/changes/${scheduled.id}/withdraw`);
    await note('POST', 'subscriptions/external:second/cancel', { at: 'now' });
    const clock = await client.create('test-clocks', { startAt: FEBRUARY.start });
    await note('POST', 'test-clocks', { startAt: FEBRUARY.start });
    await note('POST', `test-clocks/${clock.id}/advance`, { to: FEBRUARY.end });
    const reading = {
      id: 'r-1',
      event: 'llm_request',
      accountId: account.id,
      at: '2025-02-10T00:00:00Z',
      properties: { tokens: 1 },
    };
    await note('POST', 'usage', { events: [reading, { ...reading, id: 'r-2' }] });
    await recount.caughtUp();
    await note('POST', 'usage/r-1/amend', { properties: { tokens: 2 }, reason: 'miscounted' });
    await note('POST', 'usage/r-2/retract', { reason: 'a test' });
    await note('POST', 'billing-runs', { billThrough: FEBRUARY.end, accounts: [account.id] });
    // An invoice of it would be settled by the credit that waits below.
    const runs = (): Promise<Any> => client.read('billing-runs');
    await eventually(runs, ({ data }) => data.every(({ status }: Any) => status === 'completed'), 'a run that is over');
    const payment = await client.create(`invoices/${invoice.id}/payments`, { amount: usd('1.00') });
    await note('POST', `invoices/${invoice.id}/payments`, { amount: usd('2.00') });
    await note('POST', `payments/${payment.id}/reverse`, { reason: 'bounced' });
    const waits = { amount: usd('5.00'), allocate: 'none' };
    const waiting = await client.create(`accounts/${account.id}/payments`, waits);
    await note('POST', `accounts/${account.id}/payments`, waits);
    await note('POST', `payments/${waiting.id}/refunds`, { amount: usd('1.00') });
    await note('POST', `accounts/${account.id}/credit-refunds`, { amount: usd('1.00') });
    await note('POST', `accounts/${account.id}/credit-applications`);
    const items = `accounts/${account.id}/invoice-items`;
    const item = await client.create(items, { description: 'Setup', unitAmount: '1' });
    await note('POST', items, { description: 'Setup', unitAmount: '1' });
    await note('POST', `${items}/${item.id}/remove`);
    const transfer = { debit: 'cash', credit: 'wallet', amount: usd('10.00') };
    await note('POST', `accounts/${account.id}/transfers`, transfer);
    const pending = (): Promise<Any> =>
      client.create(`accounts/${account.id}/transfers`, { ...transfer, flags: ['pending'] });
    await note('POST', `transfers/${(await pending()).id}/post`);
    await note('POST', `transfers/${(await pending()).id}/void`);
    const issued = await client.create('api-keys', { name: 'one' });
    await note('POST', 'api-keys', { name: 'another' });
    await note('POST', `api-keys/${issued.id}/rotate`);
    await note('POST', `api-keys/${issued.id}/revoke`);
    const { client: founded, tenantId } = await recount.createTenant('Acme');
    await recount.client.create(`tenants/${tenantId}/api-keys`, { name: 'another' });
    await recount.client.create(`tenants/${tenantId}/suspend`, { reason: 'unpaid' });
    await recount.client.create(`tenants/${tenantId}/reinstate`, { reason: 'paid' });
    await recount.caughtUp();
    for (const { command } of await entries('', founded)) seen.add(command);
    const { invoice: voided } = await billedAccount(client);
    await eventually(
      () => client.read(`invoices/${voided.id}`),
      ({ number }) => number !== null,
    );
    await note('POST', `invoices/${voided.id}/deliveries`, { to: ['ada@example.com'] });
    const notes = `invoices/${voided.id}/credit-notes`;
    const mistaken = await client.create(notes, { amount: usd('1.00'), reason: 'outage' });
    await eventually(
      () => client.read(`credit-notes/${mistaken.id}`),
      ({ number }) => number !== null,
    );
    await note('POST', `credit-notes/${mistaken.id}/deliveries`, { to: ['ada@example.com'] });
    await note('POST', `credit-notes/${mistaken.id}/void`);
    const { invoice: credited } = await billedAccount(client);
    await note('POST', `invoices/${credited.id}/credit-notes`, { amount: usd('1.00'), reason: 'outage' });
    await note('POST', `invoices/${voided.id}/void`, { reason: 'wrong' });
    const walleted = await openAccount(client);
    await note('POST', `accounts/${walleted.id}/wallets`, { name: 'Prepaid' });
    const [{ id: walletId }] = await client.read(`accounts/${walleted.id}/wallets`);
    await note('POST', `wallets/${walletId}/grants`, { kind: 'promotional', amount: usd('5.00') });
    const [grant] = (await client.read(`wallets/${walletId}`)).grants;
    await note('POST', `wallets/${walletId}/grants/${grant.id}/void`);
    const interval = { unit: 'month', count: 1 };
    const recurring = { kind: 'promotional', amount: usd('5.00'), interval, startAt: '2035-01-01T00:00:00Z' };
    await note('PUT', `wallets/${walletId}/recurring-grant`, recurring);
    await note('POST', `wallets/${walletId}/recurring-grant/end`);
    await note('PUT', `wallets/${walletId}/recharge`, { below: usd('1.00'), to: usd('2.00') });
    await note('POST', `wallets/${walletId}/recharge/end`);
    await note('POST', `wallets/${walletId}/close`, { remainder: 'forfeit' });
    const iban = 'DE89370400440532013000';
    await note('POST', 'bank-accounts', { name: 'Main', currency: 'USD', iban });
    const [{ id: bankId }] = (await client.read('bank-accounts')).data;
    const file = bankFile({ iban }, [{ amount: '5.00', text: 'a' }]);
    await note('POST', `bank-accounts/${bankId}/statements`, { content: Buffer.from(file).toString('base64') });
    const [{ id: entryId }] = (await client.read(`bank-accounts/${bankId}/entries`)).data;
    const entry = `bank-accounts/${bankId}/entries/${entryId}`;
    await note('POST', `${entry}/match`, { accountId: credited.accountId });
    await note('POST', `${entry}/unmatch`, { reason: 'mistaken' });
    await note('POST', `${entry}/ignore`, { reason: 'a gift' });
    const { invoice: lost } = await billedAccount(client);
    await note('POST', `invoices/${lost.id}/mark-uncollectible`, { reason: 'gone' });
    await client.done('PUT', 'settings/billing', { billing: 'manual', finalize: 'grace', graceHours: 1 });
    const { invoice: draft } = await billedAccount(client);
    const added = { description: 'Setup', unitAmount: '1', reason: 'agreed' };
    await note('POST', `invoices/${draft.id}/lines`, added);
    const change = { amount: usd('0.00'), reason: 'agreed' };
    await note('POST', `invoices/${draft.id}/lines/${draft.lines[0].id}/change`, change);
    await note('POST', `invoices/${draft.id}/discounts`, { name: 'Goodwill', percent: '10', reason: 'agreed' });
    const { lines } = await client.read(`invoices/${draft.id}`);
    await note('POST', `invoices/${draft.id}/discounts/${lines.at(-1).invoiceItemId}/remove`);
    await note('POST', `invoices/${draft.id}/finalize`);

    const declared = routes().flatMap(({ method, operation }) =>
      operation !== undefined && method !== 'GET' ? [operation.name] : [],
    );
    expect([...seen, ...OUTSIDE_THE_LOG].sort()).toEqual(declared.sort());
  });

  it('lists every event of the log that is the tenant’s, each once', async () => {
    await recount.caughtUp();
    const listed: Any[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page: Any = await client.done('GET', `audit/log?limit=200${next === '' ? '' : `&after=${next}`}`);
      listed.push(...page.data);
      next = page.page.next;
    }
    const { rows } = await recount.database.owner.query('SELECT count(*)::int AS count FROM read.audit_log');
    expect(new Set(listed.map(({ position }) => position)).size).toBe(listed.length);
    expect(rows[0].count).toBeGreaterThan(listed.length);
    const mine = listed.filter(({ accountId }) => accountId === account.id);
    const { revision } = await client.done('GET', `accounts/${account.id}/state`);
    expect(
      mine
        .filter(({ stream }) => stream.startsWith('account-'))
        .map((entry) => entry.revision)
        .reverse(),
    ).toEqual(Array.from({ length: revision + 1 }, (_, index) => index));
  });

  it('is filtered by account, actor, command, type and time', async () => {
    const of = async (query: string): Promise<Any[]> => {
      const found = await entries(query);
      expect(found).not.toEqual([]);
      return found;
    };
    for (const { accountId } of await of('account=external:ada')) expect(accountId).toBe(account.id);
    for (const { command } of await of('command=OpenAccount,ChangeAccount')) expect(command).toMatch(/Account$/u);
    for (const { type } of await of('type=InvoiceFinalized,InvoicePaid')) expect(type).toMatch(/^Invoice/u);
    for (const { actor, command } of await of('actor=reactor')) {
      expect(actor.type).toBe('reactor');
      expect(command).toBeNull();
    }
    const [{ actor, recordedAt }] = (await of('account=external:ada&command=ChangeAccount')) as [Any];
    expect((await of(`actor=${actor.id}`)).every((entry) => entry.actor.id === actor.id)).toBe(true);
    const before = await of(`to=${recordedAt}`);
    const since = await of(`from=${recordedAt}`);
    expect(before.every((entry) => Date.parse(entry.recordedAt) <= Date.parse(recordedAt))).toBe(true);
    expect(since.every((entry) => Date.parse(entry.recordedAt) >= Date.parse(recordedAt))).toBe(true);
    expect(await entries(`from=${recordedAt}&to=${recordedAt}`)).toEqual([]);
  });

  it('is each tenant’s own, and says nothing that is personal', async () => {
    const other = await recount.manualTenant();
    const opened = await openAccount(other, { name: 'Secret Name', email: 'secret@mail.example' });
    const own = await entries('', other);
    expect(own.map(({ type }) => type)).toContain('AccountOpened');
    expect(JSON.stringify(own)).not.toContain('ecret');
    expect(await entries(`account=${account.id}`, other)).toEqual([]);
    expect(await entries(`account=${opened.id}`)).toEqual([]);
  });

  it('does not tell of commands that changed nothing', async () => {
    expect(await audited('PATCH', 'accounts/external:ada', { netTermsDays: 14 })).toEqual([]);
    const requestId = randomUUID();
    expect((await client.post('accounts', {}, { 'x-request-id': requestId })).status).toBe(400);
    expect(await entries(`requestId=${requestId}`)).toEqual([]);
  });
});
