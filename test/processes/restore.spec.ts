import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, jest } from '@jest/globals';
import { JANUARY, bill, openAccount, reading, recordUsage, subscribe, usd, withCatalog } from '../e2e/samples.js';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import { TestClient } from '../services/test-client.js';
import { Product, TemporaryFolder } from './product.js';

const EVENT_STORE = fileURLToPath(new URL('../../dist/packages/eventstore/src/main.js', import.meta.url));
const TOLD = [
  'accounts',
  'accounts?name=Ada',
  'accounts/external:ada/state',
  'accounts/external:ada/book',
  'accounts/external:ada/usage?meter=tokens&from=2025-01-01T00:00:00Z&to=2025-02-01T00:00:00Z',
  'subscriptions',
  'invoices',
  'payments',
  'meters',
  'plans',
  'usage/one?accountId=external:ada',
  'reports/trial-balance',
  'reports/mrr?from=2025-01-01&to=2025-02-01',
];

// Two starts, while other specs have the machine, too.
jest.setTimeout(240_000);

describe('the log, the master key and the key ring', () => {
  const stopping = new Stopping();

  const told = async (client: TestClient, position: string): Promise<Record<string, unknown>> => {
    const headers = { 'recount-consistent-with': position };
    const answers: Record<string, unknown> = {};
    for (const path of TOLD) answers[path] = await client.done('GET', path, undefined, headers);
    return answers;
  };

  it('give everything back without the database, and nobody who was erased', async () => {
    const folder = await stopping.use(Promise.resolve(new TemporaryFolder()));
    const [data, backup] = [folder.join('data'), folder.join('backup')];
    const product = await stopping.use(Product.start({ RECOUNT_DATA_DIR: data }));
    const key = product.key!;
    const client = new TestClient(product.url, key);
    await client.done('PUT', 'settings/billing', { billing: 'manual' });
    await withCatalog(client);
    await openAccount(client, { externalId: 'ada', name: 'Ada Lovelace', email: 'ada@example.com' });
    const { id: erased } = await openAccount(client, { externalId: 'charles', name: 'Charles Babbage' });
    await subscribe(client, 'external:ada');
    await recordUsage(client, [reading('external:ada', 1_500, '2025-01-10T12:00:00Z', { id: 'one' })]);
    await bill(client, JANUARY.end);

    mkdirSync(backup);
    for (const file of ['master-key', 'key-ring']) copyFileSync(`${data}/${file}`, `${backup}/${file}`);
    // The copy of the key ring is older than this, and could still open what it erases.
    await client.create(`accounts/${erased}/erase`, { reason: 'asked for' });
    const { log } = await client.create('accounts/external:ada/payments', { amount: usd('10.00') });
    const before = await told(client, log.position);
    expect(JSON.stringify(before)).toContain('Ada Lovelace');
    expect(JSON.stringify(before)).not.toContain('Charles');
    const store = ['--data', `${data}/eventstore`, '--backup', `${backup}/eventstore`];
    await promisify(execFile)(process.execPath, [EVENT_STORE, ...store]);
    await product.stop();

    expect(readdirSync(backup).sort()).toEqual(['eventstore', 'key-ring', 'master-key']);
    const restored = await stopping.use(Product.start({ RECOUNT_DATA_DIR: backup }));
    expect(restored.key).toBe(key);
    const again = new TestClient(restored.url, key);
    await eventually(
      () => again.done('GET', `accounts/${erased}`, undefined, { 'recount-consistent-with': log.position }),
      ({ name }) => name === null,
    );
    expect(await told(again, log.position)).toEqual(before);
  });
});
