import { join } from 'node:path';
import { credentials, loadPackageDefinition, Metadata } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NatsDoorClient } from '../e2e/doors/nats-client.js';
import { EventStream } from '../services/event-stream.js';
import { Stopping } from '../services/stopping.js';
import { TestClient, type Any } from '../services/test-client.js';
import { TestNats } from '../services/test-nats.js';
import { FollowedPage } from './followed-page.js';
import { openInvoice } from './invoiced.js';
import type { Product } from './product.js';

const NEW = 'libs/billing/src/invoice/use-cases/record-payment-promise.handler.ts';
const CHANGED = [
  'libs/contracts/src/facts/invoice.ts',
  'libs/billing/src/invoice/invoice.commands.ts',
  'libs/billing/src/invoice/invoice.ts',
  'libs/billing/src/invoice/invoice.decider.ts',
  'libs/billing/src/invoice/invoice.decider.spec.ts',
  'libs/billing/src/invoice/index.ts',
  'apps/server/src/rest/billing/billing.dto.ts',
  'apps/server/src/rest/billing/invoices.controller.ts',
];

const WRITTEN = [
  'libs/contracts/schemas/PaymentPromised.v1.json',
  'libs/contracts/proto/recount/v1/field-numbers.json',
  'docs/openapi.json',
  'docs/asyncapi.json',
  'docs/events.md',
  'docs/stored-events.md',
  'apps/server/src/metadata.ts',
];

/** The page that tells a newcomer how a command is added, done as it says. */
describe('a command that is added as the page says', () => {
  const stopping = new Stopping();
  const page = new FollowedPage('docs/adding-a-command.md');
  let nats: TestNats;
  let product: Product;
  let client: TestClient;
  let path: string;
  let invoiceId: string;

  beforeAll(async () => {
    page.follow();
    // It refuses what does not compile.
    page.run('docs');
    page.specs('libs/contracts', { UPDATE_SCHEMAS: '1' });
    nats = await stopping.use(TestNats.start());
    product = await page.start(stopping, { NATS_URL: nats.url });
    client = new TestClient(product.url, product.key!);
    invoiceId = (await openInvoice(client)).id;
    path = `invoices/${invoiceId}/record-payment-promise`;
  }, 240_000);

  afterAll(() => page.remove());

  it('takes one new file and eight that are changed by hand', () =>
    expect([...page.files].sort()).toEqual([NEW, ...CHANGED].sort()));

  it('is written by programs into the files that the page names', () =>
    expect(WRITTEN.filter((file) => !page.changed(file))).toEqual([]));

  it('keeps its rule, and the shape of its fact', () =>
    page.specs('libs/billing/src/invoice/invoice.decider libs/contracts'));

  it('is carried out by every transport, and told to whoever listens', async () => {
    const events = await EventStream.open<Any>(client, 'events?from=start&types=invoice.payment_promised');
    expect(await client.create(path, { payBy: '2099-03-01' })).toMatchObject({ id: invoiceId, status: 'open' });
    await client.create(path, { payBy: '2099-03-01' });

    const byNats = await stopping.use(NatsDoorClient.connect(nats.url, client.key));
    const asked = JSON.stringify({ id: invoiceId, payBy: '2099-03-02' });
    const subject = 'recount.commands.RecordPaymentPromise';
    expect(await byNats.raw(subject, asked, { 'Idempotency-Key': 'second' })).toMatchObject({ status: 200 });

    expect(await promisedByGrpc('2099-03-03')).toMatchObject({ status: 'open' });

    const told = await events.take(3);
    expect(told.map(({ type, data }) => [type, data])).toEqual(
      ['2099-03-01', '2099-03-02', '2099-03-03'].map((payBy) => ['invoice.payment_promised', { invoiceId, payBy }]),
    );
    await events.close();
  });

  it('refuses what makes no sense', async () => {
    const problems = [
      [{ payBy: '2020-01-01' }, 422, 'date_too_long_ago'],
      [{ payBy: 'soon' }, 400, 'invalid_request'],
      [{}, 400, 'invalid_request'],
    ] as const;
    for (const [body, status, code] of problems)
      expect(await client.post(path, body)).toMatchObject({ status, body: { code } });
    await client.create(`invoices/${invoiceId}/mark-uncollectible`);
    expect(await client.post(path, { payBy: '2099-03-04' })).toMatchObject({ body: { code: 'invoice_not_open' } });
  });

  /** As a program does that was made from the new `.proto`. */
  const promisedByGrpc = async (payBy: string): Promise<Any> => {
    const folder = join(page.folder, 'libs/contracts/proto');
    const loaded: Any = loadPackageDefinition(loadSync('recount/v1/billing.proto', { includeDirs: [folder] }));
    const billing = new loaded.recount.v1.Billing(product.grpcAddress, credentials.createInsecure());
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${client.key}`);
    metadata.set('idempotency-key', 'third');
    try {
      return await new Promise((resolve, reject) =>
        billing.recordPaymentPromise({ id: invoiceId, payBy }, metadata, (error: Error | null, answer: Any) =>
          error ? reject(error) : resolve(answer),
        ),
      );
    } finally {
      billing.close();
    }
  };
});
