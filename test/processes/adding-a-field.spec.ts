import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import { TestClient } from '../services/test-client.js';
import { FollowedPage } from './followed-page.js';
import { openInvoice } from './invoiced.js';

const CHANGED = [
  'libs/contracts/src/facts/invoice.ts',
  'libs/billing/src/invoice/finalization.ts',
  'libs/billing/src/invoice/invoice.record.ts',
  'projections/invoices/src/invoices.projection.ts',
  'apps/server/src/rest/billing/invoice.resource.ts',
];

const WRITTEN = [
  'libs/contracts/schemas/InvoiceFinalized.v2.json',
  'libs/contracts/proto/recount/v1/field-numbers.json',
  'docs/openapi.json',
  'docs/stored-events.md',
  'apps/server/src/metadata.ts',
];

/** The page that tells a newcomer how a field is added, done as it says. */
describe('a field that is added as the page says', () => {
  const stopping = new Stopping();
  const page = new FollowedPage('docs/adding-a-field.md');
  let client: TestClient;

  beforeAll(async () => {
    page.follow();
    page.run('docs');
    page.specs('libs/contracts', { UPDATE_SCHEMAS: '1' });
    const product = await page.start(stopping);
    client = new TestClient(product.url, product.key!);
  }, 240_000);

  afterAll(() => page.remove());

  it('takes five files', () => expect(page.files).toEqual(CHANGED));

  it('is written by programs into the files that the page names', () =>
    expect(WRITTEN.filter((file) => !page.changed(file))).toEqual([]));

  it('compiles', () => page.run('typecheck'), 180_000);

  it('is in the answer, as it is served and as it is replayed', async () => {
    const { id, accountId } = await openInvoice(client);
    expect(await client.done('GET', `invoices/${id}`)).toMatchObject({ id, lineCount: 1 });
    const state = await client.done('GET', `accounts/${accountId}/state`);
    expect(state.invoices).toMatchObject([{ id, lineCount: 1 }]);
  });
});
