import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Disk, diskIn } from '../services/disk.js';
import { eventually } from '../services/eventually.js';
import { namesOf } from '../services/every-row.js';
import { Stopping } from '../services/stopping.js';
import { type Answer, TestClient } from '../services/test-client.js';
import { Product, TemporaryFolder } from './product.js';

const CALLERS = 4;

/** What is promised of a stop, whatever hangs. */
const STOP_MILLISECONDS_MAX = 30_000;

// Two starts, while other specs have the machine, too.
jest.setTimeout(240_000);

/** One disk for all that the embedded parts write, as users have it. */
describe('a disk that is full', () => {
  const stopping = new Stopping();
  const acknowledged: string[] = [];
  let disk: Disk;
  let product: Product;
  let key: string;
  let client: TestClient;

  const start = async (): Promise<void> => {
    const environment = { ...disk.environment, RECOUNT_DATA_DIR: join(disk.folder, 'data'), RATE_LIMIT: '1000000' };
    product = await stopping.use(Product.start(environment));
    key ??= product.key!;
    client = new TestClient(product.url, key);
  };
  const open = async (name: string): Promise<Answer> => {
    const answer = await client.post('accounts', { name, currency: 'USD' }, { 'idempotency-key': name });
    if (answer.status === 201 && !acknowledged.includes(name)) acknowledged.push(name);
    return answer;
  };
  const expectAllThere = async (): Promise<void> => {
    const { log } = await client.create('accounts', { name: 'The last one', currency: 'USD' });
    const names = await namesOf(client, log.position);
    const ours = names.filter((name) => name !== 'The last one').sort();
    expect(ours).toEqual([...acknowledged].sort());
  };

  beforeAll(async () => {
    const folder = await stopping.use(new TemporaryFolder());
    disk = await stopping.use(diskIn(folder.path));
    await start();
  });

  it('is said, while commands are refused and reads go on; nothing that was acknowledged before is lost', async () => {
    const calling = Array.from({ length: CALLERS }, async (_, caller) => {
      for (let number = 0; ; number++) {
        const { status, body } = await open(`caller-${caller}-${number}`);
        if (status === 201) continue;
        expect(status).toBe(503);
        // An append that was under way as the last byte was taken may have to be asked for again.
        expect(['disk_full', 'outcome_unknown', 'unavailable']).toContain(body.code);
        return;
      }
    });
    while (acknowledged.length < CALLERS) await sleep(1);
    await disk.fill();
    await Promise.all(calling);

    const full = { status: 503, body: { code: 'disk_full' } };
    expect(await open('refused')).toMatchObject(full);
    expect(await client.put('settings/billing', { billing: 'manual' })).toMatchObject(full);
    expect(await client.get('/health')).toMatchObject(full);
    expect(await client.get('/health/ready')).toMatchObject(full);
    for (const path of ['accounts', 'invoices', 'plans', 'reports/trial-balance', 'events?from=start'])
      await eventually(
        () => client.get(path),
        ({ status }) => status === 200,
        path,
      );
  });

  it('is forgotten as soon as there is room, without a restart', async () => {
    await disk.empty();
    // What has grown quiet while nothing could be written may need a moment.
    await eventually(
      () => open('refused'),
      ({ status }) => status === 201,
    );
    expect(await client.get('/health')).toMatchObject({ status: 200 });
    await expectAllThere();
  });

  it('does not keep a server from stopping, nor anything that it acknowledged from being there after the next start', async () => {
    await disk.fill();
    expect(await open('refused-too')).toMatchObject({ status: 503, body: { code: 'disk_full' } });
    const late = sleep(STOP_MILLISECONDS_MAX, 'late', { ref: false });
    expect(await Promise.race([product.signal('SIGTERM'), late])).toBe(0);
    await disk.empty();
    await start();
    await expectAllThere();
    expect(await open('refused-too')).toMatchObject({ status: 201 });
  });
});
