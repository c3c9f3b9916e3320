import { execFileSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import { type Answer, TestClient } from '../services/test-client.js';
import { gone, Product, TemporaryFolder } from './product.js';

const stopping = new Stopping();

/** By the arguments that each was started with. */
const HOSTS = ['eventstore/src/main.js', 'postgres-host.js', 'nats-host.js'];

const commandOf = (pid: number): string => {
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return ''; // It came and went.
  }
};

const hostsOf = (product: Product): number[] =>
  product.descendants.filter((pid) => HOSTS.some((host) => commandOf(pid).includes(host)));

it('starts its embedded parts again when they are killed, and lives on', async () => {
  const folder = await stopping.use(new TemporaryFolder());
  // It is asked again and again until all parts are back.
  const environment = { RECOUNT_DATA_DIR: folder.join('data'), RATE_LIMIT: '1000000' };
  const product = await stopping.use(await Product.start(environment));
  const client = new TestClient(product.url, product.key!);
  const open = (name: string): Promise<Answer> =>
    client.post('accounts', { name, currency: 'USD' }, { 'idempotency-key': name });
  expect(await open('before')).toMatchObject({ status: 201 });

  const hosts = hostsOf(product);
  expect(hosts.length).toBeGreaterThanOrEqual(2);
  for (const pid of hosts) process.kill(pid, 'SIGKILL');
  await gone(hosts);
  expect(await client.get('/health')).toMatchObject({ status: 200 });
  const { body } = await eventually(
    () => open('after'),
    ({ status }) => status === 201,
    'parts that are back',
    60_000,
  );
  const ready = (): Promise<Answer> => client.get('/health/ready');
  await eventually(ready, (answer) => answer.body.status === 'ok', 'a server that is well', 60_000);
  const found = await client.get('accounts', { 'recount-consistent-with': body.log.position });
  const names = found.body.data.map(({ name }: { readonly name: string }) => name);
  expect(names.sort()).toEqual(['after', 'before']);
  expect(product.output).toContain('The embedded event store is back.');

  const children = product.descendants;
  expect(await product.signal('SIGTERM')).toBe(0);
  await gone(children);
}, 180_000);
