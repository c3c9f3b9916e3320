import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { freePort } from '#embedded';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import { TestClient } from '../services/test-client.js';
import { gone, Product, TemporaryFolder } from './product.js';

const EXIT_REFUSED = 2;

/** One installation, in the order in which a newcomer meets it. */
describe('an installation', () => {
  const stopping = new Stopping();
  const folders = stopping.use(new TemporaryFolder());
  let environment: NodeJS.ProcessEnv;
  let running: Product;
  let key: string;

  const start = async (): Promise<Product> => {
    environment ??= { RECOUNT_DATA_DIR: (await folders).join('data'), PORT: String(await freePort()) };
    return stopping.use(await Product.start(environment));
  };
  const accounts = async (): Promise<string[]> => {
    const { body } = await new TestClient(running.url, key).get('accounts?limit=100');
    return body.data.map(({ name }: { readonly name: string }) => name);
  };
  const open = async (name: string): Promise<void> => {
    const client = new TestClient(running.url, key);
    const { log } = await client.create('accounts', { name, currency: 'USD' });
    const { status } = await client.get('accounts', { 'recount-consistent-with': log.position });
    expect(status).toBe(200);
  };

  it('says at its first start where it is, where its data are, its first key, and how to stop it', async () => {
    running = await start();
    const url = `http://127.0.0.1:${environment['PORT']}`;
    expect(running.output).toContain(`${url}/v1`);
    expect(running.output).toContain(`${url}/docs`);
    expect(running.output).toContain(environment['RECOUNT_DATA_DIR']);
    expect(running.output).toMatch(/Event store\s+embedded, esdb:\/\//u);
    expect(running.output).toMatch(/PostgreSQL\s+embedded, postgresql:\/\/recount:…@/u);
    expect(running.output).toMatch(/Ctrl-C/u);
    key = running.key!;
    expect(running.output.split(key)).toHaveLength(2);
    const headers = { authorization: `Bearer ${key}` };
    const places = (await (await fetch(url)).json()) as Record<string, string>;
    for (const name of ['documentation', 'openapi', 'health', 'readiness', 'metrics'])
      expect({ name, status: (await fetch(`${url}${places[name]}`, { headers })).status }).toEqual({
        name,
        status: 200,
      });
    expect(await (await fetch(`${url}/openapi.json`)).text()).toMatch(/\}\n$/u);
    await open('Ada');
    expect(await accounts()).toEqual(['Ada']);
  });

  it('is not started a second time on the same folder, nor another one on the same port', async () => {
    const second = Product.launch({ ...environment, PORT: '0' });
    expect(await second.ended).toBe(EXIT_REFUSED);
    expect(second.lines).toEqual([`Another Recount is running on the data folder ${environment['RECOUNT_DATA_DIR']}.`]);
    const elsewhere = (await folders).join('elsewhere');
    const other = Product.launch({ ...environment, RECOUNT_DATA_DIR: elsewhere });
    expect(await other.ended).toBe(EXIT_REFUSED);
    expect(other.lines).toEqual([`Port ${environment['PORT']} is taken: stop what uses it, or set PORT.`]);
    expect(existsSync(elsewhere)).toBe(false);
    expect(await accounts()).toEqual(['Ada']);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'stops whole at %s, and comes back with its data, without the key',
    async (signal) => {
      const children = running.descendants;
      expect(children.length).toBeGreaterThanOrEqual(3);
      expect(await running.signal(signal)).toBe(0);
      await gone(children);
      running = await start();
      expect(running.key).toBeUndefined();
      expect(running.output).not.toContain(key);
      expect(await accounts()).toContain('Ada');
    },
  );

  it('leaves nobody behind when it is killed, and has everything that it answered', async () => {
    const children = running.descendants;
    await open('Bob');
    await running.signal('SIGKILL');
    await gone(children);
    running = await start();
    expect(await accounts()).toEqual(['Bob', 'Ada']);
  });

  it('can be started at once after it was killed', async () => {
    await open('Cleo');
    await running.signal('SIGKILL');
    running = await start();
    expect(await accounts()).toEqual(['Cleo', 'Bob', 'Ada']);
  });
});

describe('a start', () => {
  const stopping = new Stopping();
  const launched: Product[] = [];

  afterEach(async () => {
    await Promise.all(launched.splice(0).map((product) => product.stop()));
  });

  const refused = async (environment: NodeJS.ProcessEnv): Promise<string[]> => {
    const product = Product.launch(environment);
    launched.push(product);
    expect(await product.ended).toBe(EXIT_REFUSED);
    expect(product.isRunning).toBe(false);
    return product.lines;
  };

  it('names every value that is wrong, each in a line, and touches nothing', async () => {
    const folder = await stopping.use(new TemporaryFolder());
    const lines = await refused({ RECOUNT_DATA_DIR: folder.join('data'), PORT: 'http', ROLE: 'api,cook' });
    expect(lines.sort()).toEqual([
      'PORT="http": PORT is a port number, 0 to 65535.',
      'ROLE="api,cook": ROLE is a list of api, projector, worker.',
    ]);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('names the protocols by which traces can be sent', async () => {
    const folder = await stopping.use(new TemporaryFolder());
    expect(
      await refused({
        RECOUNT_DATA_DIR: folder.join('data'),
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/xml',
      }),
    ).toEqual(['OTEL_EXPORTER_OTLP_PROTOCOL="http/xml": it is one of http/protobuf, http/json, grpc.']);
  });

  it('says that its folder is a file, or lies in one', async () => {
    const folder = await stopping.use(new TemporaryFolder());
    writeFileSync(folder.join('file'), '');
    const path = folder.join('file');
    expect(await refused({ RECOUNT_DATA_DIR: path })).toEqual([
      `The data folder ${path} is a file: set RECOUNT_DATA_DIR to a folder.`,
    ]);
    expect(await refused({ RECOUNT_DATA_DIR: folder.join('file', 'data') })).toEqual([
      expect.stringContaining('set RECOUNT_DATA_DIR to a folder'),
    ]);
  });

  it('says that no folder can be made where it was told to, at once', async () => {
    const path = existsSync('/proc/self') ? '/proc/x' : '/dev/null/x';
    expect(await refused({ RECOUNT_DATA_DIR: path })).toEqual([expect.stringContaining(`The data folder ${path} `)]);
  });

  it.each(['PORT', 'GRPC_PORT', 'MEMBER_PORT'])('says that its %s is taken by another program', async (name) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const folder = await stopping.use(new TemporaryFolder());
    expect(await refused({ RECOUNT_DATA_DIR: folder.join('data'), [name]: String(port) })).toEqual([
      `Port ${port} is taken: stop what uses it, or set ${name}.`,
    ]);
    expect(readdirSync(folder.path)).toEqual([]);
    server.close();
  });

  it('divided, needs a port for the worker next to that of the projector', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const folder = await stopping.use(new TemporaryFolder());
    const environment = { RECOUNT_DATA_DIR: folder.join('data'), RECOUNT_PROCESSES: 'by_role' };
    expect(await refused({ ...environment, HEALTH_PORT: String(port - 1) })).toEqual([
      `Port ${port} is taken: stop what uses it, or set HEALTH_PORT.`,
    ]);
    expect(await refused({ ...environment, HEALTH_PORT: '65535' })).toEqual([expect.stringContaining('HEALTH_PORT')]);
    server.close();
  });

  it('says that a given database does not answer, and stops what it had started', async () => {
    const folder = await stopping.use(new TemporaryFolder());
    const DATABASE_URL = `postgresql://user:secret@127.0.0.1:${await freePort()}/recount`;
    const lines = await refused({ RECOUNT_DATA_DIR: folder.join('data'), DATABASE_URL });
    expect(lines).toEqual([expect.stringContaining('The database cannot be used: ')]);
    expect(lines.join()).not.toContain('secret');
  });

  it('says that a given NATS does not answer, but not the password', async () => {
    const folder = await stopping.use(new TemporaryFolder());
    const place = `127.0.0.1:${await freePort()}`;
    expect(await refused({ RECOUNT_DATA_DIR: folder.join('data'), NATS_URL: `nats://user:secret@${place}` })).toEqual([
      expect.stringContaining(`NATS does not answer at nats://user:…@${place}: `),
    ]);
  });

  it('says that a given event store does not answer', async () => {
    const folder = await stopping.use(new TemporaryFolder());
    const EVENTSTORE_URL = `esdb://127.0.0.1:${await freePort()}?tls=false`;
    expect(await refused({ RECOUNT_DATA_DIR: folder.join('data'), EVENTSTORE_URL })).toEqual([
      expect.stringContaining('The event store does not answer: '),
    ]);
  });

  it('says that the master key is another one, before anything is sealed with it', async () => {
    const folder = await stopping.use(new TemporaryFolder());
    const environment = { RECOUNT_DATA_DIR: folder.join('data') };
    const product = await Product.start(environment);
    await product.stop();
    writeFileSync(folder.join('data', 'master-key'), Buffer.alloc(32, 1).toString('base64'));
    expect(await refused(environment)).toEqual([
      'The master key is not the one that this installation began with: check RECOUNT_MASTER_KEY.',
    ]);
  });

  it('can be interrupted while it is on its way', async () => {
    const folder = await stopping.use(new TemporaryFolder());
    const product = Product.launch({ RECOUNT_DATA_DIR: folder.join('data') });
    launched.push(product);
    while (product.descendants.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const children = product.descendants;
    expect(await product.signal('SIGINT')).toBe(0);
    await gone(children);
  });
});
