import { randomUUID } from 'node:crypto';
import { answerOf, ApiProblem, createRecountClient, type RecountClient, type Resource } from '#client';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import { TestRecount } from '../services/test-recount.js';

/** A month that is over, whenever the spec runs; and the one after it. */
const MONTH = { start: '2025-10-01T00:00:00Z', end: '2025-11-01T00:00:00Z' } as const;

describe('a program with the typed client', () => {
  const stopping = new Stopping();
  let recount: RecountClient;
  let nobody: RecountClient;
  let account: Resource<'AccountResource'>;

  beforeAll(async () => {
    const running = await stopping.use(TestRecount.start());
    const { key, url: baseUrl } = await running.manualTenant();
    recount = createRecountClient({ baseUrl, key });
    nobody = createRecountClient({ baseUrl, key: 'rk_unknown' });
  });

  const invoiceOf = (runId: string): Promise<Resource<'InvoiceSummaryResource'>> =>
    eventually(
      async () => {
        const query = { billingRunId: runId };
        const { data } = await answerOf(recount.GET('/v1/invoices', { params: { query } }));
        return data[0]!;
      },
      (invoice: Resource<'InvoiceSummaryResource'> | undefined) =>
        invoice?.number !== undefined && invoice.number !== null,
      'an invoice with its number',
    );

  it('says what is sold, to whom, and bills what was used', async () => {
    const usageWindow = { pastDays: 36_500, futureHours: 1 };
    await answerOf(recount.PUT('/v1/settings/billing', { body: { billing: 'manual', usageWindow } }));
    await answerOf(
      recount.POST('/v1/meters', {
        body: { key: 'tokens', name: 'Tokens', eventName: 'llm.request', aggregation: 'sum', valueProperty: 'tokens' },
      }),
    );
    const plan = await answerOf(
      recount.POST('/v1/plans', {
        body: {
          key: 'pro',
          name: 'Pro',
          currency: 'USD',
          interval: { unit: 'month', count: 1 },
          charges: [
            {
              key: 'base',
              name: 'Base fee',
              kind: 'recurring',
              timing: 'in_advance',
              price: { model: 'flat', amount: '49.00' },
            },
            {
              key: 'tokens',
              name: 'Tokens',
              kind: 'usage',
              timing: 'in_arrears',
              meter: 'tokens',
              price: {
                model: 'graduated',
                tiers: [
                  { upTo: '1000000', unitAmount: '0' },
                  { upTo: null, unitAmount: '0.000012' },
                ],
              },
            },
          ],
        },
      }),
    );
    expect(plan.version).toBe(1);
    account = await answerOf(
      recount.POST('/v1/accounts', { body: { externalId: 'acme', name: 'Acme Ltd', currency: 'USD' } }),
    );
    await answerOf(
      recount.POST('/v1/subscriptions', { body: { accountId: 'external:acme', plan: 'pro', startAt: MONTH.start } }),
    );
    const readings = [900_000, 650_000].map((tokens, index) => ({
      id: `r${index}`,
      event: 'llm.request',
      accountId: 'external:acme',
      at: '2025-10-17T15:30:00Z',
      properties: { tokens },
    }));
    const recorded = await answerOf(recount.POST('/v1/usage', { body: { events: [...readings, readings[0]!] } }));
    expect(recorded.results.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'duplicate']);
    const run = await answerOf(recount.POST('/v1/billing-runs', { body: { billThrough: MONTH.end } }));
    const invoice = await invoiceOf(run.id);
    expect([invoice.total, invoice.accountId]).toEqual([{ amount: '104.60', currency: 'USD' }, account.id]);
  });

  it('gets the first answer again for the same key', async () => {
    const header = { 'Idempotency-Key': randomUUID() };
    const once = (name: string) =>
      recount.POST('/v1/accounts', { params: { header }, body: { name, currency: 'USD' } });
    const first = await once('Once');
    const again = await once('Once');
    expect(again.data).toEqual(first.data);
    expect(again.response.headers.get('idempotency-replayed')).toBe('true');
    const other = await once('Twice');
    expect(other.error).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  });

  it('sends a key of its own with each command that names none', async () => {
    const open = () => answerOf(recount.POST('/v1/accounts', { body: { name: 'Same', currency: 'USD' } }));
    expect((await open()).id).not.toBe((await open()).id);
  });

  it('learns what was refused as a problem', async () => {
    const path = { id: 'external:nobody' };
    const refused = await answerOf(recount.GET('/v1/accounts/{id}', { params: { path } })).catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(ApiProblem);
    expect(refused).toMatchObject({ status: 404, code: 'account_not_found' });
    await expect(answerOf(nobody.GET('/v1/accounts'))).rejects.toMatchObject({ status: 401, code: 'unauthenticated' });
  });
});
