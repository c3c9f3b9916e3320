import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { freePort } from '#embedded';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FEBRUARY, JANUARY, openAccount, subscribe, withCatalog } from './samples.js';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import { TestClient, type Any } from '../services/test-client.js';
import { Product, type TemporaryFolder } from '../processes/product.js';
import { SCRAPER, sharedEnvironment } from '../processes/shared-environment.js';

/** Three processes share the machine with whatever else is tested on it. */
const START_PATIENCE_MILLISECONDS = 120_000;
const WAITS = 'The read models are not there yet';

jest.setTimeout(2 * START_PATIENCE_MILLISECONDS);

describe('an installation of several processes', () => {
  const stopping = new Stopping();
  let environment: NodeJS.ProcessEnv;
  let folder: TemporaryFolder;

  beforeEach(async () => {
    ({ environment, folder } = await sharedEnvironment(stopping));
  });

  const launched: Product[] = [];
  afterEach(async () => {
    await Promise.all(launched.splice(0).map((product) => product.stop()));
  });
  const launch = (ROLE: string, more: NodeJS.ProcessEnv = {}): Product => {
    const product = Product.launch({ ...environment, ...more, ROLE });
    launched.push(product);
    return product;
  };
  const up = async (...products: readonly Product[]): Promise<void> => {
    await eventually(
      () => Promise.resolve(products.filter(({ isRunning }) => !isRunning).map(({ output }) => output)),
      (others) => others.length === 0,
      'a start of all',
      START_PATIENCE_MILLISECONDS,
    );
  };
  const scraped = async (url: string): Promise<Map<string, number>> => {
    const text = await (
      await fetch(`${url}/metrics?include=mrr`, { headers: { authorization: `Bearer ${SCRAPER}` } })
    ).text();
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
  };

  /** Once all invoices have a number: these. A projector on another process may be behind what was asked for. */
  const billed = async (client: TestClient, billThrough: string, invoices: number): Promise<string[]> => {
    await client.create('billing-runs', { billThrough });
    const numbers = await eventually(
      async () => (await client.done('GET', 'invoices')).data.map(({ number }: Any) => number),
      (found: readonly Any[]) => found.length === invoices && !found.includes(null),
      'the numbers of all invoices',
    );
    return [...numbers].sort() as string[];
  };

  it('comes up when all start at once on an empty database; one of them shows the key; figures add up', async () => {
    const asked = { RECOUNT_TENANT_NAME: 'Acme', RECOUNT_TENANT_INVOICE_PREFIX: 'ACME-', RATE_LIMIT: '100000' };
    const processes = ['api', 'projector', 'worker'].map((role) => launch(role, asked));
    const [api, projector, worker] = processes as [Product, Product, Product];
    await up(...processes);
    const shown = processes.filter(({ output }) => output.includes('It is shown this once'));
    expect(shown).toHaveLength(1);
    expect(processes.flatMap(({ output }) => output.match(/rk_[A-Za-z0-9_-]+/gu) ?? [])).toHaveLength(1);
    for (const { output } of processes) expect(output.split(WAITS).length).toBeLessThanOrEqual(2);

    const client = new TestClient(api.url, shown[0]!.key!);
    await client.done('PUT', 'settings/billing', { billing: 'manual' });
    await withCatalog(client);
    for (const name of ['one', 'two', 'three']) {
      const { id } = await openAccount(client, { externalId: name });
      await subscribe(client, id);
    }
    await billed(client, JANUARY.end, 3);
    const urls = [api.url, projector.healthUrl, worker.healthUrl];
    const scrapes = await eventually(
      () => Promise.all(urls.map(scraped)),
      (all) => sumOf(all, 'recount_projection_events_total{projection="invoices"}') >= 3,
      'all invoices projected',
    );
    const ofProcesses = (figure: string) => sumOf(scrapes, figure);
    expect(ofProcesses('recount_invoices_generated_total')).toBe(3);
    expect(ofProcesses('recount_commands_total{command="OpenAccount",result="ok",code=""}')).toBe(3);
    // One projects; what the others tell of it is nought, so that the sum is right.
    const projected = scrapes.map(
      (scrape) => scrape.get('recount_projection_events_total{projection="accounts"}') ?? 0,
    );
    expect(projected).toEqual([0, expect.any(Number), 0]);
    expect(projected[1]).toBeGreaterThanOrEqual(3);
    // What is told of the whole is the same at each of them.
    for (const scrape of scrapes) expect(scrape.get('recount_projection_running{projection="accounts"}')).toBe(1);

    for (const url of urls) {
      expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok', timeZones: process.versions.tz });
      const ready = await fetch(`${url}/health/ready`);
      expect([ready.status, await ready.json()]).toMatchObject([200, { status: 'ok' }]);
    }
    for (const url of urls.slice(1)) expect((await fetch(`${url}/v1/accounts`)).status).toBe(404);

    expect(await client.done('GET', 'tenant')).toMatchObject({ name: 'Acme', invoiceNumbers: { prefix: 'ACME-' } });
    await client.done('PATCH', 'tenant', { invoiceNumbers: { prefix: 'NEXT-', digits: 2 } });
    expect(await billed(client, FEBRUARY.end, 6)).toEqual([
      ...['ACME-000001', 'ACME-000002', 'ACME-000003'],
      ...['NEXT-04', 'NEXT-05', 'NEXT-06'],
    ]);
    expect(await Promise.all(processes.map((product) => product.signal('SIGTERM')))).toEqual([0, 0, 0]);
  });

  it('says once that it waits for tables, and refuses as unavailable what needs them', async () => {
    const port = await freePort();
    const [api, worker] = [launch('api', { PORT: String(port) }), launch('worker')];
    const waits = (product: Product) => product.output.includes(WAITS);
    await eventually(
      () => Promise.resolve([api, worker].filter((product) => !waits(product)).map(({ output }) => output)),
      (others) => others.length === 0,
      'processes that say what they wait for',
      START_PATIENCE_MILLISECONDS,
    );
    const asked = await eventually(
      () =>
        fetch(`http://127.0.0.1:${port}/v1/accounts`, { headers: { authorization: 'Bearer rk_x' } }).catch(() => null),
      (answer) => answer !== null,
      'an answer',
    );
    expect([asked!.status, await asked!.json()]).toMatchObject([
      503,
      { code: 'unavailable', detail: expect.stringContaining('a process with the role projector makes them') },
    ]);
    const projector = launch('projector');
    await up(api, worker, projector);
    for (const { output } of [api, worker]) {
      expect(output.split(WAITS)).toHaveLength(2);
      expect(output).not.toContain('"level":50');
    }
  });

  it('writes the key to a file instead, for its owner alone, and no file where it was shown', async () => {
    const file = folder.join('first-key');
    const first = launch('api,projector', { RECOUNT_FIRST_KEY_FILE: file });
    await up(first);
    expect(first.output).not.toContain('rk_');
    expect(first.output).toContain(`First API key in ${file}`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const key = readFileSync(file, 'utf8').trim();
    expect((await new TestClient(first.url, key).get('accounts')).status).toBe(200);
    await first.stop();
    const again = launch('api,projector', {
      RECOUNT_FIRST_KEY_FILE: folder.join('second'),
      RECOUNT_RECOVERY_KEY: 'lost',
    });
    await up(again);
    expect(again.output).not.toContain('First API key');
    expect(existsSync(folder.join('second'))).toBe(false);
    const recovery = /Recovery key +(rk_\S+)/.exec(again.output)![1]!;
    expect(recovery).not.toBe(key);
    const issued = await new TestClient(again.url, recovery).create('api-keys', {
      name: 'found again',
      scopes: ['super_admin'],
    });
    expect(issued.secret).toMatch(/^rk_/);
  });

  it('overwrites no file with the key, and shows it when there is a place for it', async () => {
    const file = folder.join('taken');
    writeFileSync(file, 'somebody else\n');
    const refused = launch('api,projector', { RECOUNT_FIRST_KEY_FILE: file });
    expect(await refused.ended).toBe(2);
    expect(refused.output).toContain(`The first API key cannot be written to ${file}: it exists.`);
    expect(readFileSync(file, 'utf8')).toBe('somebody else\n');
    const again = launch('api,projector');
    await up(again);
    expect(again.key).toBeDefined();
  });
});

const sumOf = (scrapes: readonly ReadonlyMap<string, number>[], figure: string): number =>
  scrapes.reduce((sum, scrape) => sum + (scrape.get(figure) ?? 0), 0);
