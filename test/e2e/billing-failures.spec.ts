import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import {
  bill,
  invoicesOf,
  JANUARY,
  openAccount,
  reading,
  recordUsage,
  subscribe,
  usd,
  withCatalog,
} from './samples.js';

describe('an account that cannot be billed', () => {
  const stopping = new Stopping();
  let client: TestClient;

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
  });

  it('is reported, and keeps no other from being billed', async () => {
    const accounts: Any[] = [];
    for (const externalId of ['beyond-measure', 'ada']) {
      const account = await openAccount(client, { externalId });
      await subscribe(client, account.id);
      accounts.push(account);
    }
    const [beyond, ada] = accounts;
    const greatest = { properties: { tokens: '9'.repeat(38) } };
    await recordUsage(client, [
      reading(beyond.id, 0, '2025-01-10T12:00:00Z', greatest),
      reading(beyond.id, 0, '2025-01-11T12:00:00Z', greatest),
      reading(ada.id, 1_500, '2025-01-10T12:00:00Z'),
    ]);
    const run = await bill(client, JANUARY.end);
    expect(run).toMatchObject({
      status: 'completed',
      accounts: { due: 2, billed: 1, failed: 1 },
      failures: [{ accountId: beyond.id, code: 'invalid_decimal' }],
    });
    const invoices = await invoicesOf(client, run);
    expect(invoices.map(({ accountId, total }) => [accountId, total])).toEqual([[ada.id, usd('45.00')]]);
  });
});
