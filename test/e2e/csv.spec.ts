import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { Stopping } from '../services/stopping.js';
import type { Answer, Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { documented } from './documented.js';
import { billedAccount, openAccount, reading, recordUsage, usd, withCatalog } from './samples.js';

const COUNT = 205;

describe('lists and reports as CSV', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let account: Any;
  let invoice: Any;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = documented(await recount.manualTenant());
    await withCatalog(client);
    ({ account, invoice } = await billedAccount(client, {
      externalId: 'ada',
      name: '=cmd|"x", Ada',
      metadata: { tier: 'gold' },
    }));
    const numbered = (index: number) => openAccount(client, { name: `Account ${index}` });
    await Promise.all(Array.from({ length: COUNT - 2 }, (_, index) => numbered(index + 1)));
    await numbered(COUNT - 1);
    await client.create(`invoices/${invoice.id}/payments`, { amount: usd('5.00'), reference: '-1+1' });
    await recordUsage(client, [reading(account.id, 7, '2025-01-20T12:00:00Z', { event: 'other' })]);
    await recount.caughtUp();
  });

  const csv = async (path: string): Promise<Answer> => client.get(path, { accept: 'text/csv' });
  const table = async (path: string): Promise<Any[]> => {
    await recount.caughtUp();
    const { status, headers, body } = await csv(path);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
    return parse(body, { columns: true, record_delimiter: '\r\n' });
  };

  it('hold all rows, not a page of them', async () => {
    const rows = await table('accounts?sort=openedAt');
    expect(rows).toHaveLength(COUNT);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(COUNT);
    expect(rows[0]).toMatchObject({
      id: account.id,
      externalId: 'ada',
      name: `'=cmd|"x", Ada`,
      taxExempt: 'false',
      metadata: '{"tier":"gold"}',
      'billingAddress.line1': '',
      erasedAt: '',
    });
    expect(rows.at(-1)).toMatchObject({ name: `Account ${COUNT - 1}` });
  });

  it('hold a page where one is asked for, and what a filter lets through', async () => {
    expect(await table('accounts?limit=3')).toHaveLength(3);
    expect(await table('accounts?name=account%2020')).toHaveLength(6);
    expect(await table('accounts?status=closed')).toEqual([]);
    expect((await csv('accounts?status=closed')).body).toMatch(/^id,externalId,name,.*\r\n$/u);
  });

  it('tell amounts as decimals, with a currency where the row has none of its own', async () => {
    const [row] = await table('invoices');
    expect(row).toMatchObject({
      id: invoice.id,
      accountId: account.id,
      status: 'open',
      currency: 'USD',
      'period.start': invoice.period.start,
      total: '45.00',
      amountPaid: '5.00',
      amountDue: '40.00',
    });
    expect(row).not.toHaveProperty('total.currency');
    expect(await table('payments')).toEqual([
      expect.objectContaining({
        amount: '5.00',
        'amount.currency': 'USD',
        reference: "'-1+1",
        allocations: JSON.stringify([{ invoiceId: invoice.id, amount: usd('5.00') }]),
      }),
    ]);
  });

  it('unfold reports into the rows that their totals are of', async () => {
    const balance = await client.read('reports/trial-balance');
    const rows = await table('reports/trial-balance');
    expect(rows).toHaveLength(balance[0].ledgerAccounts.length);
    const cents = (amount: string): bigint => BigInt(amount.replace('.', ''));
    const debits = rows.reduce((total, row) => total + cents(row.debitsPosted), 0n);
    expect(debits).toBe(cents(balance[0].totalDebits.amount));
    expect(rows[0]).toMatchObject({ currency: 'USD', balanced: 'true' });
    expect(rows[0]).not.toHaveProperty('balance.currency');
    const mrr = await table('reports/mrr?from=2025-01-01&to=2025-03-01');
    expect(mrr.map(({ currency, at, mrr: amount }) => [currency, at, amount])).toEqual([
      ['USD', '2025-01-01T00:00:00Z', '20.00'],
      ['USD', '2025-02-01T00:00:00Z', '20.00'],
    ]);
    expect(mrr[0]).toMatchObject({ 'movements.new': '20.00' });
  });

  it('unfold the usage and the book of an account', async () => {
    const range = 'from=2025-01-01T00:00:00Z&to=2025-02-01T00:00:00Z';
    expect(await table(`accounts/${account.id}/usage?meter=tokens&${range}&window=day`)).toEqual([
      expect.objectContaining({ meter: 'tokens', start: '2025-01-10T00:00:00Z', quantity: '1500', count: '1' }),
    ]);
    const book = await table(`accounts/${account.id}/book`);
    expect(book.find(({ code }) => code === 'receivable')).toMatchObject({ balance: '40.00' });
  });

  it.each([
    'subscriptions',
    'invoices',
    'payments',
    'billing-runs',
    'meters',
    'plans',
    'api-keys',
    'usage/unbilled',
    'accounts/external:ada/transfers',
    'audit/log',
    'audit/personal-data-reads',
    'reports/ar-aging',
    'reports/revenue-recognition?from=2025-01&to=2025-03',
    'reports/deferred-revenue?from=2025-01&to=2025-03',
    'reports/top-consumers?meter=tokens&from=2025-01-01&to=2025-02-01',
  ])('are had of %s, with as many rows as in JSON', async (path) => {
    const page = await client.read(`${path}${path.startsWith('reports') ? '' : '?limit=200'}`);
    const rows = await table(`${path}${path.startsWith('reports') ? '' : '?limit=200'}`);
    const elements =
      page.data ??
      page.flatMap((row: Any) => (row.accounts ?? [row]).flatMap((one: Any) => one.invoices ?? one.months ?? [one]));
    expect(elements.length).toBeGreaterThan(0);
    expect(rows).toHaveLength(elements.length);
  });

  it('are refused like anything else, and are JSON for whoever asks for no CSV', async () => {
    const refused = await csv('accounts?sort=name');
    expect([refused.status, refused.body.code]).toEqual([400, 'invalid_request']);
    expect((await csv('accounts/external:nobody/transfers')).status).toBe(404);
    const json = await client.get('accounts?limit=1', { accept: 'application/json, text/csv' });
    expect(json.body.data).toHaveLength(1);
    expect(json.headers.get('vary')).toContain('Accept');
  });

  it('write down every person whom they tell of', async () => {
    await csv('accounts');
    const { rows } = await recount.database.owner.query(
      `SELECT count(DISTINCT account_id)::int AS people FROM ops.personal_data_reads
        WHERE operation = 'ListAccounts' GROUP BY request_id ORDER BY max(read_id) DESC LIMIT 1`,
    );
    expect(rows).toEqual([{ people: COUNT }]);
  });
});
