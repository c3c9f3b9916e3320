import { decodeEvent } from '#contracts';
import { EventLog } from '#kernel';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import type { ForkedService } from '../services/forked-service.js';
import { Stopping } from '../services/stopping.js';
import { startTaxService, taxProviderAt } from '../services/tax-service.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { bill, openAccount, subscribe, usd, withCatalog } from './samples.js';
import { expectVerified } from './verified.js';

const stopping = new Stopping();
const ADDRESS = { billingAddress: { line1: '1 Secret Street', country: 'US', region: 'NY', postalCode: '10001' } };
let service: ForkedService;
let recount: TestRecount;
let client: TestClient;

beforeAll(async () => {
  service = await stopping.use(startTaxService());
  recount = await stopping.use(TestRecount.start({ taxProvider: taxProviderAt(service) }));
  client = await recount.manualTenant('Acme');
  await withCatalog(client);
  await client.done('PUT', 'settings/tax', { provider: 'http', country: 'US', region: 'NY' });
});

const billed = async (fields: object = {}): Promise<Any> => {
  const account = await openAccount(client, { ...ADDRESS, ...fields });
  await subscribe(client, account.id);
  await bill(client, '2025-01-15T00:00:00Z', { accounts: [account.id] });
  const { data } = await client.read(`invoices?accountId=${account.id}`);
  return client.read(`invoices/${data[0].id}`);
};
/** What the log says of telling it, in order. */
const reported = async (accountId: string): Promise<Any[]> => {
  const facts = recount.app.get(EventLog).readAll({ filter: { typePrefixes: ['TaxDocument'] } });
  const decoded = (await Array.fromAsync(facts)).map(decodeEvent);
  return decoded.filter(({ metadata }) => metadata.accountId === accountId).map(({ fact }) => fact);
};
const told = (accountId: string, count: number): Promise<Any[]> =>
  eventually(
    () => reported(accountId),
    ({ length }) => length >= count,
    'what is told',
  );
const keysOf = (id: string): string[] =>
  service.asked.map(({ headers }) => headers['idempotency-key']!).filter((key) => key.startsWith(`${id}:`));
/** Nobody who tests waits for the next try. */
const again = (): Promise<unknown> =>
  recount.database.owner.query('UPDATE ops.effects SET due_at = now() WHERE over_at IS NULL');
const status = async (): Promise<Any> =>
  (await recount.client.read('reactors')).find(({ name }: Any) => name === 'report-taxes');

/** One story, told in order. */
describe('the service that says taxes', () => {
  it('hears that an invoice was issued, credited and voided, each once and in order', async () => {
    const invoice = await billed();
    const { accountId, id } = invoice;
    expect((await told(accountId, 1))[0]).toMatchObject({
      type: 'TaxDocumentReported',
      data: { invoiceId: id, report: 'issued', reference: expect.stringMatching(/^doc-/u) },
    });
    const [issued] = service.asked.filter(({ headers }) => headers['idempotency-key'] === `${id}:issued`);
    expect(JSON.parse(issued!.body)).toMatchObject({
      documentId: id,
      type: 'invoice',
      quote: invoice.taxProvider.reference,
      issueDate: invoice.issueDate,
      taxTotal: invoice.taxTotal.amount,
      total: invoice.total.amount,
    });
    const note = await client.create(`invoices/${id}/credit-notes`, { amount: usd('1.00'), reason: 'outage' });
    await told(accountId, 2);
    await client.create(`credit-notes/${note.id}/void`, {});
    await told(accountId, 3);
    await client.create(`invoices/${id}/void`, {});
    expect(
      (await told(accountId, 4)).map(({ data }) => `${data.creditNoteId ?? data.invoiceId} ${data.report}`),
    ).toEqual([`${id} issued`, `${note.id} issued`, `${note.id} voided`, `${id} voided`]);
    expect([keysOf(id), keysOf(note.id)]).toEqual([
      [`${id}:issued`, `${id}:voided`],
      [`${note.id}:issued`, `${note.id}:voided`],
    ]);
    const heard = JSON.stringify(service.asked);
    for (const secret of ['Ada', 'Secret Street']) expect(heard).not.toContain(secret);
    await expectVerified(client, { id: accountId });
  });

  it('hears later, and still in order, of what came while it was away', async () => {
    const invoice = await billed();
    await told(invoice.accountId, 1);
    const other = await billed();
    const { accountId, id } = other;
    await told(accountId, 1);
    await service.behaves('down');
    const note = await client.create(`invoices/${id}/credit-notes`, { amount: usd('1.00'), reason: 'outage' });
    await client.create(`credit-notes/${note.id}/void`, {});
    await eventually(status, ({ failing }) => failing >= 2, 'failures');
    expect((await status()).lastFailure).toBe('It answers 503.');
    await service.behaves('well');
    await eventually(
      async () => {
        await again();
        return status();
      },
      ({ waiting }) => waiting === 0,
      'nothing to wait',
    );
    expect((await reported(accountId)).map(({ data }) => data.report)).toEqual(['issued', 'issued', 'voided']);
  });

  it('is not told again what it refuses, and not what follows from that', async () => {
    await client.done('PUT', 'settings/tax', {
      provider: 'http',
      country: 'US',
      region: 'NY',
      flat: { basisPoints: 800, b2bExempt: false },
      onOutage: 'fallback_rate',
    });
    await service.behaves('refuses');
    const { accountId, id } = await billed();
    expect((await told(accountId, 1))[0]).toMatchObject({
      type: 'TaxDocumentReportFailed',
      data: { invoiceId: id, report: 'issued', code: 'refused' },
    });
    await client.create(`invoices/${id}/void`, {});
    expect((await told(accountId, 2))[1]).toMatchObject({
      type: 'TaxDocumentReportFailed',
      data: { invoiceId: id, report: 'voided', code: 'not_taken_before' },
    });
    await service.behaves('well');
  });

  it('hears nothing of taxes that were found here, and of what is tried out', async () => {
    const test = await billed({ test: true });
    await client.done('PUT', 'settings/tax', {
      provider: 'flat',
      country: 'US',
      flat: { basisPoints: 800, b2bExempt: false },
    });
    const own = await billed();
    await client.create(`invoices/${own.id}/void`, {});
    // What came before was looked at by the time that what comes after is told.
    await client.done('PUT', 'settings/tax', { provider: 'http', country: 'US', region: 'NY' });
    await told((await billed()).accountId, 1);
    await eventually(status, ({ waiting }) => waiting === 0, 'nothing to wait');
    expect([...keysOf(own.id), ...keysOf(test.id)].filter((key) => key.includes(':'))).toEqual([]);
    expect(await reported(own.accountId)).toEqual([]);
  });
});
