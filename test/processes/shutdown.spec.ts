import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, describe, expect, it } from '@jest/globals';
import { printFigures } from '../services/figures.js';
import { namesOf } from '../services/every-row.js';
import { Stopping } from '../services/stopping.js';
import { TestClient } from '../services/test-client.js';
import { Product, TemporaryFolder } from './product.js';

const IN_FLIGHT = 50;
const CALLERS = 8;

/** A request that the server has taken up, but has not heard the end of. */
class OpenRequest {
  private heard = '';

  private constructor(
    private readonly socket: Socket,
    private readonly body: string,
  ) {
    socket.on('data', (chunk: Buffer) => (this.heard += chunk.toString()));
    socket.on('error', () => undefined);
  }

  /** Until the server said that it waits for the body. */
  static async begin({ url }: Product, key: string, name: string): Promise<OpenRequest> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const body = JSON.stringify({ name, currency: 'USD' });
    const request = new OpenRequest(socket, body);
    await once(socket, 'connect');
    socket.write(
      [
        'POST /v1/accounts HTTP/1.1',
        'host: recount',
        `authorization: Bearer ${key}`,
        'content-type: application/json',
        `content-length: ${Buffer.byteLength(body)}`,
        'expect: 100-continue',
        '',
        '',
      ].join('\r\n'),
    );
    while (!request.heard.includes('100 Continue')) await once(socket, 'data');
    return request;
  }

  /** Sends the rest. Answers the status. */
  async finish(): Promise<number> {
    const closed = once(this.socket, 'close');
    this.socket.write(this.body);
    await closed;
    return Number(/HTTP\/1\.1 (?!100)(\d{3})/.exec(this.heard)?.[1]);
  }
}

/** Until the server has taken the connection up; nothing is said on it. */
const silentConnection = async (address: string): Promise<Socket> => {
  const { hostname, port } = new URL(address);
  // Flowing: a socket that nobody reads never hears of its end.
  const socket = connect(Number(port), hostname)
    .on('error', () => undefined)
    .resume();
  await once(socket, 'connect');
  return socket;
};

describe('a server that is told to stop', () => {
  const stopping = new Stopping();

  // Node would wait for them for two minutes, and the gRPC door for five seconds.
  it('does not wait for connections that say nothing, at no door', async () => {
    const folder = await stopping.use(new TemporaryFolder());
    const product = await stopping.use(await Product.start({ RECOUNT_DATA_DIR: folder.join('data') }));
    const sockets = await Promise.all([
      silentConnection(product.url),
      silentConnection(`http://${product.grpcAddress}`),
    ]);
    const keptAlive = await fetch(`${product.url}/health`);
    expect(await keptAlive.json()).toMatchObject({ status: 'ok' });
    const closed = Promise.all(sockets.map((socket) => once(socket, 'close')));
    expect(await product.signal('SIGTERM')).toBe(0);
    await closed;
  });

  const figures: Record<string, number> = {};

  afterAll(() => printFigures('shutdown', figures));

  it('answers what it has begun, refuses what comes after, and has everything that it answered', async () => {
    const folder = await stopping.use(new TemporaryFolder());
    const environment = { RECOUNT_DATA_DIR: folder.join('data'), RATE_LIMIT: '1000000' };
    const product = await stopping.use(await Product.start(environment));
    const key = product.key!;
    const client = new TestClient(product.url, key);

    const open = await Promise.all(
      Array.from({ length: IN_FLIGHT }, (_, index) => OpenRequest.begin(product, key, `open-${index}`)),
    );
    const answered: string[] = [];
    let refused = 0;
    let sent = 0;
    const keepAsking = async (caller: number): Promise<void> => {
      for (let index = 0; ; index++) {
        const name = `caller-${caller}-${index}`;
        try {
          sent += 1;
          const { status } = await client.post('accounts', { name, currency: 'USD' });
          if (status !== 201) {
            expect(status).toBe(503);
            refused += 1;
            return;
          }
          answered.push(name);
        } catch {
          // Nobody listens any more.
          refused += 1;
          return;
        }
      }
    };
    const asking = Array.from({ length: CALLERS }, (_, caller) => keepAsking(caller));
    while (answered.length < CALLERS) await new Promise((resolve) => setImmediate(resolve));

    const ended = product.signal('SIGTERM');
    const statuses = await Promise.all(open.map((request) => request.finish()));
    await Promise.all(asking);
    expect(await ended).toBe(0);
    expect(statuses).toEqual(statuses.map(() => 201));

    const again = await stopping.use(await Product.start(environment));
    const after = new TestClient(again.url, key);
    const { log } = await after.create('accounts', { name: 'after', currency: 'USD' });
    const names = await namesOf(after, log.position);
    const expected = [...answered, ...open.map((_, index) => `open-${index}`)];
    expect(expected.filter((name) => !names.includes(name))).toEqual([]);
    expect(names).toHaveLength(new Set(names).size);
    figures['requests in flight at SIGTERM'] = open.length;
    figures['answered of these'] = statuses.length;
    figures['sent until nobody listened any more'] = sent;
    figures['answered of these, too'] = answered.length;
    figures['told that it stops, or found nobody'] = refused;
    figures['answered and lost'] = expected.filter((name) => !names.includes(name)).length;
  });
});
