import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { usd } from '../e2e/samples.js';
import { Stopping } from '../services/stopping.js';
import { TestClient } from '../services/test-client.js';
import { FollowedPage } from './followed-page.js';
import { openInvoice } from './invoiced.js';

const NEW = [
  'projections/write-offs/src/write-offs.projection.ts',
  'projections/write-offs/src/write-offs.query.ts',
  'projections/write-offs/src/index.ts',
  'apps/server/src/rest/reports/write-offs.controller.ts',
];

/** The page that tells a newcomer how a report is added, done as it says. */
describe('a report that is added as the page says', () => {
  const stopping = new Stopping();
  const page = new FollowedPage('docs/adding-a-report.md');
  let client: TestClient;

  beforeAll(async () => {
    page.follow();
    page.run('build');
    const product = await page.start(stopping);
    client = new TestClient(product.url, product.key!);
  }, 180_000);

  afterAll(() => page.remove());

  it('takes four new files, and no other', () => {
    expect(page.files).toEqual(NEW);
    expect(NEW.filter((file) => existsSync(file))).toEqual([]);
  });

  it('compiles', () => page.run('typecheck'), 180_000);

  it('answers what was given up, and is known at once to whoever asks what there is', async () => {
    const { id } = await openInvoice(client);
    const { log } = await client.create(`invoices/${id}/mark-uncollectible`, { reason: 'gone' });
    const { body } = await client.get('reports/write-offs', { 'recount-consistent-with': log.position });
    expect(body).toEqual([{ month: expect.stringMatching(/^20\d\d-\d\d$/), amount: usd('30.00'), invoices: 1 }]);
    const { paths } = (await client.get('/openapi.json')).body;
    expect(Object.keys(paths)).toContain('/v1/reports/write-offs');
  });
});
