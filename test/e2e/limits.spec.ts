import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpSettings } from '../../apps/server/src/http-settings.js';
import { printFigures } from '../services/figures.js';
import { Stopping } from '../services/stopping.js';
import type { Answer, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';

const ORIGIN = 'https://app.example.com';
const SLOW = 50;

const limitsIn = ({ headers }: Answer): readonly (string | null)[] =>
  ['ratelimit-policy', 'ratelimit-limit', 'ratelimit-remaining'].map((name) => headers.get(name));

describe('limits', () => {
  const stopping = new Stopping();
  const figures: Record<string, number> = {};
  let recount: TestRecount;

  beforeAll(async () => {
    const http = new HttpSettings({
      headersMilliseconds: 300,
      requestMilliseconds: 600,
      lookMilliseconds: 50,
      corsOrigins: [ORIGIN],
    });
    recount = await stopping.use(TestRecount.start({ http }));
  });

  afterAll(() => printFigures('limits', figures));

  const tenantOf = async (requestsPerHour: number): Promise<TestClient> => {
    const { apiKey } = await recount.client.create('tenants', { name: 'limited', requestsPerHour });
    return recount.client.withKey(apiKey);
  };

  describe('of requests', () => {
    it('are told with each answer, and hold', async () => {
      const client = await tenantOf(4);
      expect(limitsIn(await client.get('accounts'))).toEqual(['4;w=3600', '4', '3']);
      // What is refused is counted as well.
      expect(limitsIn(await client.get('projections'))).toEqual(['4;w=3600', '4', '2']);
      expect(limitsIn(await client.get('accounts/none'))).toEqual(['4;w=3600', '4', '1']);
      const last = await client.post('accounts', { name: 'Last', currency: 'USD' });
      expect([last.status, ...limitsIn(last)]).toEqual([201, '4;w=3600', '4', '0']);
      const before = await recount.store.lastPosition();
      const refused = await client.post('accounts', { name: 'One too many', currency: 'USD' });
      expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
      expect(limitsIn(refused)).toEqual(['4;w=3600', '4', '0']);
      const wait = Number(refused.headers.get('retry-after'));
      expect(wait).toBeGreaterThan(3_500);
      expect(wait).toBeLessThanOrEqual(3_600);
      expect(refused.headers.get('ratelimit-reset')).toBe(String(wait));
      expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(await recount.store.lastPosition()).toBe(before);
    });

    it('are of one key, whatever else its tenant has', async () => {
      const client = await tenantOf(3);
      const { secret } = await client.create('api-keys', { name: 'slow', requestsPerHour: 1 });
      const slow = client.withKey(secret);
      expect([(await slow.get('accounts')).status, (await slow.get('accounts')).status]).toEqual([200, 429]);
      expect((await client.get('accounts')).status).toBe(200);
    });

    it('are of all keys of a tenant together, too', async () => {
      const client = await tenantOf(6);
      const { secret } = await client.create('api-keys', { name: 'another' });
      const another = client.withKey(secret);
      for (const holder of [client, another, another, another]) expect((await holder.get('accounts')).status).toBe(200);
      // Each has sent less than its own limit.
      for (const holder of [another, client]) {
        const answer = await holder.get('accounts');
        if (holder === another) expect(answer.status).toBe(200);
        else expect(answer).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
        expect(answer.headers.get('retry-after')).toEqual(
          holder === another ? null : expect.stringMatching(/^3\d{3}$/),
        );
      }
      expect((await (await tenantOf(6)).get('accounts')).status).toBe(200);
    });

    it('let exactly as many through as they say, however many come at once', async () => {
      const client = await tenantOf(100);
      const answers = await Promise.all(Array.from({ length: 250 }, () => client.get('meters')));
      const through = answers.filter(({ status }) => status === 200).length;
      const refused = answers.filter(({ status }) => status === 429).length;
      expect([through, refused]).toEqual([100, 150]);
      figures['requests at once with a limit of 100, let through'] = through;
      figures['requests at once with a limit of 100, refused'] = refused;
    });

    it('are not of what is public, nor of whom nobody knows', async () => {
      const client = await tenantOf(1);
      for (const path of ['/health', '/health/ready']) {
        expect(limitsIn(await client.ask('GET', path))).toEqual([null, null, null]);
      }
      expect(limitsIn(await client.withKey('rk_unknown').get('accounts'))).toEqual([null, null, null]);
      expect((await client.get('accounts')).status).toBe(200);
    });
  });

  describe('of time', () => {
    /** Sends the beginning, then a byte now and then, and answers what came until the other side hung up. */
    const sendSlowly = async (beginning: string): Promise<string> => {
      const { hostname, port } = new URL(recount.url);
      const socket: Socket = connect(Number(port), hostname);
      let heard = '';
      socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(beginning);
      const drip = setInterval(() => socket.write('x'), 100);
      await once(socket, 'close');
      clearInterval(drip);
      return heard;
    };

    const slowBody = (authorization: string): string =>
      `POST /v1/accounts HTTP/1.1\r\nhost: x\r\n${authorization}content-type: application/json\r\ncontent-length: 100000\r\n\r\n"`;

    it.each<[what: string, beginning: () => string, code: string]>([
      ['headers', () => 'GET /v1/accounts HTTP/1.1\r\nhost: x\r\nx-slow: ', 'request_timeout'],
      ['body', () => slowBody(`authorization: Bearer ${recount.firstKey}\r\n`), 'request_timeout'],
      ['body of nobody', () => slowBody(''), 'unauthenticated'],
    ])('end what comes with slow %s, and keep nobody else waiting', async (what, beginning, code) => {
      const beginnings = Array.from({ length: SLOW }, () => sendSlowly(beginning()));
      let done = false;
      const ended = Promise.all(beginnings).finally(() => (done = true));
      let answered = 0;
      while (!done) {
        expect((await recount.client.get('meters')).status).toBe(200);
        answered += 1;
      }
      const heard = await ended;
      expect(heard.filter((text) => text.startsWith('HTTP/1.1 4') || text === '')).toHaveLength(SLOW);
      expect(heard.filter((text) => text.includes(`"code":"${code}"`)).length).toBeGreaterThan(0);
      expect(answered).toBeGreaterThan(0);
      figures[`connections with slow ${what}, ended`] = heard.length;
      figures[`requests answered meanwhile (${what})`] = answered;
    });
  });

  it('end a connection on which nothing is said', async () => {
    const { hostname, port } = new URL(recount.url);
    const silent = connect(Number(port), hostname).resume();
    silent.on('error', () => undefined);
    await once(silent, 'close');
  });

  describe('of browsers', () => {
    it('come with every answer', async () => {
      for (const path of ['/health', '/v1/accounts', '/v1/none', '/metrics']) {
        const { headers } = await recount.client.ask('GET', path);
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('content-security-policy')).toContain("default-src 'self'");
        expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
        expect(headers.get('x-powered-by')).toBeNull();
      }
    });

    const allowed = async (origin: string, method = 'GET'): Promise<string | null> =>
      (
        await recount.client.ask(method, 'accounts', undefined, {
          headers: { origin, ...(method === 'OPTIONS' ? { 'access-control-request-method': 'POST' } : {}) },
        })
      ).headers.get('access-control-allow-origin');

    it('let in pages of the origins that are named', async () => {
      expect(await allowed(ORIGIN)).toBe(ORIGIN);
      expect(await allowed(ORIGIN, 'OPTIONS')).toBe(ORIGIN);
      expect(await allowed('https://elsewhere.example.com')).not.toBe('https://elsewhere.example.com');
    });

    it('are counted where a page asks before its request, as any other', async () => {
      const figure = 'recount_requests_total{operation="none",door="rest",status="204"}';
      const counted = async (): Promise<number> => {
        const { body } = await recount.client.ask('GET', '/metrics');
        const line = String(body)
          .split('\n')
          .find((candidate) => candidate.startsWith(figure));
        return Number(line?.slice(figure.length) ?? 0);
      };
      const before = await counted();
      await allowed(ORIGIN, 'OPTIONS');
      expect(await counted()).toBe(before + 1);
    });

    it('let in none unless told', async () => {
      const other = await stopping.use(TestRecount.start({ roles: ['api', 'projector'] }));
      const { headers } = await other.client.get('accounts', { origin: ORIGIN });
      expect(headers.get('access-control-allow-origin')).toBeNull();
    });
  });
});
