import { execFileSync } from 'node:child_process';
import { freePorts } from '#embedded';
import { describe, expect, it, beforeAll, afterAll } from '@jest/globals';
import { openAccount } from '../e2e/samples.js';
import { eventually } from '../services/eventually.js';
import { TestClient } from '../services/test-client.js';
import { descendantsOf, gone, Product, TemporaryFolder } from './product.js';

const START_PATIENCE_MILLISECONDS = 240_000;

describe('a start that divides the work', () => {
  let folder: TemporaryFolder;
  let product: Product;
  let client: TestClient;
  let key: string;

  beforeAll(async () => {
    folder = new TemporaryFolder();
    product = await start();
    key = product.key!;
    client = new TestClient(product.url, key);
  }, START_PATIENCE_MILLISECONDS);

  afterAll(async () => {
    await product.stop();
    await folder.stop();
  });

  const start = (more: NodeJS.ProcessEnv = {}) =>
    Product.start({ RECOUNT_DATA_DIR: folder.join('data'), RECOUNT_PROCESSES: 'by_role', ...more });
  const processOf = (role: string): Promise<number> =>
    eventually(
      () => Promise.resolve(rolesOf(product.pid).get(role)),
      (pid) => pid !== undefined,
      `a process of ${role}`,
    ) as Promise<number>;

  it('has a process of each role, and tells of all of them once', () => {
    expect([...rolesOf(product.pid).keys()].sort()).toEqual(['api', 'projector', 'worker']);
    expect(product.output.match(/Recount is running/gu)).toHaveLength(1);
    expect(product.output.match(/rk_/gu)).toHaveLength(1);
    expect(product.output).toContain('  Processes     api, projector, worker');
    expect(product.output).toContain('  Event store   embedded, ');
    expect(product.output).not.toContain('next start');
  });

  it('tells where each of them is to be scraped', async () => {
    await Promise.all(['api', 'projector', 'worker'].map((role) => expectHealthy(product, role)));
  });

  it.each(['api', 'projector', 'worker'])(
    'goes on after the death of %s, which is started again where it was',
    async (role) => {
      const before = await processOf(role);
      process.kill(before, 'SIGKILL');
      await gone([before]);
      await eventually(
        () => Promise.resolve(product.output),
        (output) => output.includes(`The process of the role ${role} is back.`),
        'its return',
        START_PATIENCE_MILLISECONDS,
      );
      expect(await processOf(role)).not.toBe(before);
      await expectHealthy(product, role);
      const { id } = await openAccount(client, { externalId: `after ${role}` });
      const path = `accounts?externalId=${encodeURIComponent(`after ${role}`)}`;
      await eventually(
        async () => (await client.done('GET', path)).data.map((account: { id: string }) => account.id),
        (ids) => ids.length === 1 && ids[0] === id,
        'the account in its read model',
      );
    },
    START_PATIENCE_MILLISECONDS,
  );

  it(
    'ends with all of them when it is told to, and with its own death',
    async () => {
      const pids = product.descendants;
      expect(await product.signal('SIGTERM')).toBe(0);
      await gone(pids);
      const HEALTH_PORT = await twoFreePorts();
      product = await start({ HEALTH_PORT: String(HEALTH_PORT) });
      expect(product.output).not.toContain('First API key');
      expect(product.output).toContain(`  Projector     http://127.0.0.1:${HEALTH_PORT}/metrics`);
      expect(product.output).toContain(`  Worker        http://127.0.0.1:${HEALTH_PORT + 1}/metrics`);
      await Promise.all(['projector', 'worker'].map((role) => expectHealthy(product, role)));
      client = new TestClient(product.url, key);
      expect((await client.done('GET', 'accounts')).data).toHaveLength(3);
      const again = product.descendants;
      await product.signal('SIGKILL');
      await gone(again);
    },
    START_PATIENCE_MILLISECONDS,
  );
});

/** Where the start said that it is: with `/v1` of the API, with `/metrics` of the others. */
const expectHealthy = async ({ url, output }: Product, role: string): Promise<void> => {
  const [, place = role === 'api' ? url : undefined] =
    new RegExp(`^  ${role}\\s+(\\S+)/metrics$`, 'imu').exec(output) ?? [];
  expect({ role, status: (await fetch(`${place}/health`)).status }).toEqual({ role, status: 200 });
};

/** The first of two that follow each other. */
const twoFreePorts = async (): Promise<number> => {
  for (;;) {
    const [first, second] = await freePorts(2);
    if (second === first! + 1) return first!;
  }
};

/** Processes that a start has divided its work among, by role. */
const rolesOf = (pid: number): Map<string, number> =>
  new Map(
    descendantsOf(pid).flatMap((one): [string, number][] => {
      const [, role] = /role-host\.js (\S+)/u.exec(commandOf(one)) ?? [];
      return role === undefined ? [] : [[role, one]];
    }),
  );

const commandOf = (pid: number): string => {
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    // It has ended meanwhile.
    return '';
  }
};
