import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TreeCopy } from '../architecture/tree-copy.js';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import { TestClient, type Any } from '../services/test-client.js';
import { usd } from '../e2e/samples.js';
import { Product, TemporaryFolder } from './product.js';
import { addLines, stepsIn } from './written-steps.js';

const PAGE = 'docs/adding-a-report.md';

/** The page that tells a newcomer how a report is added, done as it says. */
describe('a report that is added as the page says', () => {
  const stopping = new Stopping();
  const tree = new TreeCopy();
  let client: TestClient;

  const follow = (): void => {
    const steps = stepsIn(readFileSync(PAGE, 'utf8'));
    expect(steps.map(({ kind }) => kind)).toEqual([
      ...Array<string>(4).fill('file'),
      ...Array<string>(6).fill('lines'),
    ]);
    for (const step of steps) {
      if (step.kind === 'file') tree.plant(step);
      else addLines(tree.folder, step);
    }
  };

  beforeAll(async () => {
    tree.plant({ file: '.swcrc', source: readFileSync('.swcrc', 'utf8') });
    follow();
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    execFileSync(join('node_modules', '.bin', scripts['build']!.split(' ')[0]!), argumentsOf(scripts['build']!), {
      cwd: tree.folder,
    });
    const data = (await stopping.use(Promise.resolve(new TemporaryFolder()))).join('data');
    const main = join(tree.folder, 'dist', 'apps', 'server', 'src', 'main.js');
    const product = await stopping.use(Product.start({ RECOUNT_DATA_DIR: data }, main));
    client = new TestClient(product.url, product.key!);
  }, 180_000);

  afterAll(() => tree.remove());

  it('answers what was given up, and is known at once to whoever asks what there is', async () => {
    const period = { startAt: '2026-01-01T00:00:00Z', anchor: { align: 'calendar' } };
    await client.create('plans', {
      key: 'solo',
      name: 'Solo',
      currency: 'USD',
      interval: { unit: 'month', count: 1 },
      charges: [
        { key: 'fee', name: 'Fee', kind: 'recurring', timing: 'in_advance', price: { model: 'flat', amount: '30.00' } },
      ],
    });
    const account = await client.create('accounts', { name: 'Ada', currency: 'USD' });
    await client.create('subscriptions', { accountId: account.id, plan: 'solo', ...period });
    await client.create('billing-runs', { billThrough: '2026-01-01T00:00:00Z' });
    const [invoice] = await eventually(
      async () => (await client.done('GET', 'invoices')).data as Any[],
      ([first]) => first?.status === 'open',
    );
    const { log } = await client.create(`invoices/${invoice.id}/mark-uncollectible`, { reason: 'gone' });
    const { body } = await client.get('reports/write-offs', { 'recount-consistent-with': log.position });
    expect(body).toEqual([{ month: expect.stringMatching(/^20\d\d-\d\d$/), amount: usd('30.00'), invoices: 1 }]);
    const { paths } = (await client.get('/openapi.json')).body;
    expect(Object.keys(paths)).toContain('/v1/reports/write-offs');
  });
});

/** As a shell would read them. */
const argumentsOf = (script: string): string[] =>
  script
    .split(' ')
    .slice(1)
    .map((word) => word.replaceAll("'", ''));
