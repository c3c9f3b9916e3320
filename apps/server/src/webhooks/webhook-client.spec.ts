import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { WebhookClient, WebhookSettings } from './webhook-client.js';

const LOOPBACK = new WebhookSettings(['127.0.0.0/8'], true);
const PATIENCE_MILLISECONDS = 300;

describe('what is posted to others', () => {
  const ending: (() => void)[] = [];

  afterEach(() => {
    for (const end of ending.splice(0)) end();
  });

  const using = async (server: Server | TcpServer): Promise<string> => {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => sockets.add(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ending.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  };
  const client = (settings = LOOPBACK): WebhookClient => {
    const made = new WebhookClient(settings, PATIENCE_MILLISECONDS);
    ending.push(() => made.onApplicationShutdown());
    return made;
  };
  const posted = (url: string, from = client()) => from.post(url, { 'content-type': 'application/json' }, '{}');

  it('comes as it was sent, and its answer is told', async () => {
    const heard: unknown[] = [];
    const url = await using(
      createServer((request, response) => {
        request.on('data', (chunk: Buffer) => heard.push(request.method, String(chunk)));
        request.on('end', () => response.writeHead(503, { 'retry-after': '7' }).end('later\0'));
      }),
    );
    expect(await posted(url)).toEqual({ status: 503, body: 'later', retryAfter: 7, tls: null });
    expect(heard).toEqual(['POST', '{}']);
  });

  it.each([
    'http://127.0.0.1:9/',
    'http://localhost:9/',
    'http://[::1]:9/',
    'http://10.0.0.1/',
    'http://169.254.169.254/',
    'http://0.0.0.0:9/',
    'http://[::ffff:127.0.0.1]:9/',
    'http://2130706433:9/',
  ])('reaches no address that is not public: %s', async (url) => {
    await expect(posted(url, client(new WebhookSettings([], true)))).rejects.toMatchObject({
      code: 'address_not_allowed',
    });
  });

  it('is not sent on to where an answer leads', async () => {
    let asked = 0;
    const there = await using(createServer((_, response) => response.end(String(asked++))));
    const here = await using(createServer((_, response) => response.writeHead(302, { location: there }).end()));
    expect(await posted(here)).toMatchObject({ status: 302 });
    expect(asked).toBe(0);
  });

  it('waits no longer than its patience for what hangs, whether it accepts, answers in half, or drips', async () => {
    const silent = await using(createTcpServer(() => undefined));
    const halfway = await using(createServer((_, response) => void response.writeHead(200).write('a')));
    const dripping = await using(
      createTcpServer((socket) => {
        const drop = setInterval(() => socket.write('H'), 20);
        socket.on('close', () => clearInterval(drop));
        socket.on('error', () => undefined);
      }),
    );
    for (const url of [silent, halfway, dripping]) {
      const failure = await posted(url).catch((error: unknown) => error);
      expect(failure).toMatchObject({ name: 'WebhookFailed' });
    }
    await expect(posted(silent)).rejects.toMatchObject({ code: 'timeout' });
  });

  it('waits for no other one at the same host that hangs', async () => {
    const url = await using(
      createServer((request, response) => void (request.url === '/hook' ? undefined : response.end('ok'))),
    );
    const from = client();
    const hanging = Array.from({ length: 32 }, () => posted(url, from).catch((error: unknown) => error));
    expect(await posted(`${url}/other`, from)).toMatchObject({ status: 200 });
    for (const failure of await Promise.all(hanging)) expect(failure).toMatchObject({ code: 'timeout' });
  });

  it('reads the beginning of an answer that never ends', async () => {
    const url = await using(
      createServer((_, response) => {
        response.writeHead(200);
        const more = (): boolean => response.write('x'.repeat(65_536), () => response.destroyed || more());
        more();
      }),
    );
    const { status, body } = await posted(url);
    expect([status, body.length]).toEqual([200, 1_024]);
  });

  it('says that the connection was reset, or refused', async () => {
    const reset = await using(createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
    await expect(posted(reset)).rejects.toMatchObject({ code: 'ECONNRESET' });
    const gone = await using(createServer());
    for (const end of ending.splice(0)) end();
    await expect(posted(gone)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('is sent again at once where a connection that was kept had been closed', async () => {
    let connections = 0;
    const url = await using(
      createTcpServer((socket) => {
        connections += 1;
        socket.once('data', () => {
          socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
          socket.once('data', () => socket.resetAndDestroy());
        });
      }),
    );
    const from = client();
    await posted(url, from);
    expect(await posted(url, from)).toMatchObject({ status: 200 });
    expect(connections).toBe(2);
  });
});
