import { beforeAll, describe, expect, it } from '@jest/globals';
import { declaredRoutes } from '../../apps/server/src/rest/declared-routes.js';
import { Stopping } from '../services/stopping.js';
import type { TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';

describe('what the REST door answers with', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = recount.client;
  });

  const ask = (method: string, path: string, accept?: string): Promise<Response> =>
    fetch(`${recount.url}/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${client.key}`,
        'content-type': 'application/json',
        ...(accept === undefined ? {} : { accept }),
      },
      ...(method === 'GET' ? {} : { body: JSON.stringify({ name: 'Ada', currency: 'USD' }) }),
    });

  it('is refused to whoever does not take it, at every operation', async () => {
    for (const { method, path, operation } of declaredRoutes()) {
      const answer = await ask(method, path.replaceAll(/:\w+/g, 'x'), 'image/png');
      const { code, status } = (await answer.json()) as { readonly code: string; readonly status: number };
      expect({ operation: operation?.name, code, status }).toEqual({
        operation: operation?.name,
        code: 'not_acceptable',
        status: 406,
      });
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    }
  });

  it('is refused before anything is done', async () => {
    const before = await recount.store.lastPosition();
    expect((await ask('POST', 'v1/accounts', 'text/html')).status).toBe(406);
    expect(await recount.store.lastPosition()).toBe(before);
    expect((await ask('POST', 'v1/accounts', 'application/json;q=0.1, text/html')).status).toBe(201);
  });

  it.each([undefined, '*/*', 'application/*', 'application/json', 'text/html, */*;q=0.8'])(
    'is JSON for whoever sends %j',
    async (accept) => {
      const answer = await ask('GET', 'v1/meters', accept);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain('application/json');
    },
  );

  it.each(['application/json', 'text/html', 'text/event-stream;q=0'])(
    'is no stream for whoever sends %s',
    async (accept) => expect((await ask('GET', 'v1/events', accept)).status).toBe(406),
  );

  it('ends as lines do, and is of the length that it says', async () => {
    for (const path of ['', 'health', 'v1/meters', 'v1/accounts', 'v1/invoices/none', 'nowhere']) {
      const answer = await ask('GET', path);
      const text = await answer.text();
      expect(`${path} ${text.slice(-2)}`).toMatch(/^\S* [^\n]\n$/u);
      expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
    }
  });

  it('is told at the root', async () => {
    const places = (await (await fetch(recount.url)).json()) as Record<string, string>;
    expect(places).toMatchObject({ product: 'Recount', api: '/v1' });
    const headers = { authorization: `Bearer ${recount.firstKey}` };
    for (const name of ['health', 'readiness', 'metrics']) {
      const { status } = await fetch(`${recount.url}${places[name]}`, { headers });
      expect({ name, status }).toEqual({ name, status: 200 });
    }
  });
});
