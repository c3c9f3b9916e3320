import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { rawRequest } from '../services/raw-request.js';
import { Stopping } from '../services/stopping.js';
import type { Answer, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { billedAccount, withCatalog } from './samples.js';

const cursor = (text: string): string => Buffer.from(text).toString('base64url');

/** Paths with their queries, what is said of them, and where. */
const BAD_QUERIES: Readonly<Record<string, readonly [code: string, pointer: string, wrong: string]>> = {
  'accounts?limit=0': ['invalid_request', '/limit', 'min'],
  'accounts?limit=201': ['invalid_request', '/limit', 'max'],
  'accounts?limit=-1': ['invalid_request', '/limit', 'invalid_int'],
  'accounts?limit=1.5': ['invalid_request', '/limit', 'invalid_int'],
  'accounts?limit=many': ['invalid_request', '/limit', 'invalid_int'],
  'accounts?limit=': ['invalid_request', '/limit', 'invalid_int'],
  'accounts?limit=1&limit=2': ['invalid_request', '/limit', 'invalid_int'],
  'accounts?limit[]=1': ['invalid_request', '/limit', 'invalid_int'],
  'accounts?colour=red': ['invalid_request', '/colour', 'unknown_field'],
  'accounts?constructor=x': ['invalid_request', '/constructor', 'reserved_name'],
  'accounts?__proto__=x': ['invalid_request', '/__proto__', 'reserved_name'],
  'accounts?after=': ['invalid_request', '/after', 'invalid_length'],
  'accounts?after=x': ['invalid_cursor', '/after', 'invalid_cursor'],
  'accounts?after=%FF': ['invalid_cursor', '/after', 'invalid_cursor'],
  'accounts?after=a&after=b': ['invalid_request', '/after', 'invalid_string'],
  [`accounts?after=${cursor('-1')}`]: ['invalid_cursor', '/after', 'invalid_cursor'],
  [`accounts?after=${cursor('1e3')}`]: ['invalid_cursor', '/after', 'invalid_cursor'],
  [`accounts?before=${cursor('9223372036854775808')}`]: ['invalid_cursor', '/before', 'invalid_cursor'],
  [`accounts?after=${'x'.repeat(513)}`]: ['invalid_request', '/after', 'invalid_length'],
  'accounts?status=gone': ['invalid_request', '/status', 'invalid_in'],
  'accounts?status=open,gone': ['invalid_request', '/status', 'invalid_in'],
  'invoices?status=': ['invalid_request', '/status', 'invalid_in'],
  'invoices?createdAt[gte]=2026-02-30T00:00:00Z': ['invalid_request', '/createdAt[gte]', 'invalid_instant'],
  'invoices?createdAt[gte]=0000-01-01T00:00:00Z': ['invalid_request', '/createdAt[gte]', 'invalid_instant'],
  'invoices?createdAt[lte]=2026-01-01T00:00:00Z': ['invalid_request', '/createdAt[lte]', 'unknown_field'],
  'usage/unbilled?before=x': ['invalid_request', '/before', 'invalid_request'],
  'usage/unbilled?after=x': ['invalid_cursor', '/after', 'invalid_cursor'],
  [`usage/unbilled?after=${cursor('{"a":1}')}`]: ['invalid_cursor', '/after', 'invalid_cursor'],
  [`usage/unbilled?after=${cursor('["acc","\\u0000"]')}`]: ['invalid_cursor', '/after', 'invalid_cursor'],
  [`usage/unbilled?after=${cursor('["acc","\\ud800"]')}`]: ['invalid_cursor', '/after', 'invalid_cursor'],
  'accounts/external:ada?asOf=': ['invalid_request', '/asOf', 'invalid_length'],
  'accounts/external:ada?effectiveAt=2026-02-30T00:00:00Z': ['invalid_request', '/effectiveAt', 'invalid_instant'],
  'accounts/external:ada/usage?meter=tokens&from=x&to=2025-02-01T00:00:00Z': [
    'invalid_request',
    '/from',
    'invalid_instant',
  ],
  'accounts/external:ada/usage?meter=tokens&from=2025-02-01T00:00:00Z': ['invalid_request', '/to', 'required'],
  'accounts/external:ada/usage?meter=tokens&from=2025-02-01T00:00:00Z&to=2025-03-01T00:00:00Z&window=week': [
    'invalid_request',
    '/window',
    'invalid_in',
  ],
  'reports/mrr?from=2025-01-01': ['invalid_request', '/to', 'required'],
  'reports/mrr?from=2025-02-30&to=2025-03-01': ['invalid_request', '/from', 'invalid_instant'],
  'reports/mrr?from=2025-03-01&to=2025-01-01': ['invalid_request', '/to', 'invalid_request'],
  'reports/mrr?from=1000-01-01&to=2025-01-01&interval=day': ['too_many_points', '/interval', 'too_many_points'],
  'reports/mrr?from=2025-01-01&to=2025-03-01&interval=decade': ['invalid_request', '/interval', 'invalid_in'],
  'reports/trial-balance?at=2026-02-30': ['invalid_request', '/at', 'invalid_date'],
  'reports/trial-balance?at=0000-01-01': ['invalid_request', '/at', 'invalid_date'],
  'settings/billing?x=1': ['invalid_request', '/x', 'unknown_field'],
  'health?x=1': ['invalid_request', '/x', 'unknown_field'],
};

/** Request lines that no route, or no server, should take. */
const BAD_LINES: Readonly<Record<string, readonly [status: number, code: string]>> = {
  'GET /v1/nothing': [404, 'not_found'],
  'GET /V1/accounts': [404, 'not_found'],
  'GET /v1/accounts/': [404, 'not_found'],
  'GET /v1//accounts': [404, 'not_found'],
  'PUT /v1/accounts': [404, 'not_found'],
  'DELETE /v1/accounts/external:ada': [404, 'not_found'],
  'PATCH /v1/plans/pro': [404, 'not_found'],
  'OPTIONS /v1/accounts': [404, 'not_found'],
  'GET /v1/accounts/%ZZ': [400, 'invalid_request'],
  'GET /v1/accounts/%': [400, 'invalid_request'],
  'GET /v1/accounts/%C3%28': [400, 'invalid_request'],
  'GET /v1/accounts/%ED%A0%80': [400, 'invalid_request'],
  'GET /v1/accounts/%00': [400, 'invalid_request'],
  'GET /v1/accounts?externalId=%00': [400, 'invalid_request'],
  'GET /v1/accounts/external:%00': [400, 'invalid_request'],
  'GET /v1/accounts/acc_x': [404, 'account_not_found'],
  'GET /v1/accounts/ACC_01J9ZQ6E4HF0FVWPN5T5JZQ3CD': [404, 'account_not_found'],
  'GET /v1/accounts/external:': [404, 'account_not_found'],
  [`GET /v1/accounts/${'x'.repeat(600)}`]: [414, 'uri_too_long'],
  'GET /v1/accounts/..%2F..%2Fetc': [404, 'account_not_found'],
  'GET /v1/invoices/sub_00000000000000000000000000': [404, 'invoice_not_found'],
  'GET /v1/plans/pro/versions/0': [404, 'plan_not_found'],
  'GET /v1/plans/pro/versions/1.0': [404, 'plan_not_found'],
  'GET /v1/plans/pro/versions/99999999999': [404, 'plan_not_found'],
  'GET /v1/plans/__proto__': [404, 'plan_not_found'],
  'GET /v1/meters/constructor': [404, 'meter_not_found'],
  'GET /v1/usage/nothing': [404, 'reading_not_found'],
  'GET /v1/projections/none': [404, 'not_found'],
  'GET /v1/accounts/external:ada/usage?meter=none&from=2025-01-01T00:00:00Z&to=2025-02-01T00:00:00Z': [
    404,
    'meter_not_found',
  ],
  'GET /v1/accounts/external:ada/usage?meter=tokens&from=2025-01-01T00:00:00Z&to=2025-02-01T00:00:00Z&groupBy=model': [
    422,
    'group_not_found',
  ],
};

describe('bad URLs and headers', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let head: bigint;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
    await billedAccount(client, { externalId: 'ada' });
    await recount.caughtUp();
  });

  beforeEach(async () => {
    head = await recount.store.lastPosition();
  });

  const expectProblem = async (
    { status: answered, headers, body }: Answer,
    status: number,
    code: string,
  ): Promise<void> => {
    expect({ status: answered, code: body.code }).toEqual({ status, code });
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ status, code, title: expect.any(String), instance: expect.any(String) });
    expect(await recount.store.lastPosition()).toBe(head);
  };

  const authorized = (headers: Readonly<Record<string, string>> = {}) => ({
    authorization: `Bearer ${client.key}`,
    ...headers,
  });

  it.each(Object.entries(BAD_QUERIES))('GET %s', async (path, [code, pointer, wrong]) => {
    const answer = await client.get(path === 'health?x=1' ? `/${path}` : path);
    await expectProblem(answer, 400, code);
    expect(answer.body.errors).toContainEqual({ pointer, code: wrong, message: expect.any(String) });
  });

  it.each(Object.entries(BAD_LINES))('%s', async (line, [status, code]) => {
    await expectProblem(await rawRequest(recount.url, line, authorized()), status, code);
  });

  it.each(['x-reason', 'traceparent', 'idempotency-key', 'if-match'])('%s with what is not printable', async (name) => {
    for (const value of ['ü', 'a\tb', 'x'.repeat(256)]) {
      const headers = authorized({ [name]: value, 'content-type': 'application/json' });
      const body = '{"name":"Ada","currency":"USD"}';
      const answer = await rawRequest(recount.url, 'POST /v1/accounts', headers, body);
      await expectProblem(answer, 400, 'invalid_request');
      expect(answer.body.errors).toMatchObject([{ pointer: `/headers/${name}` }]);
    }
  });

  it('bytes that are no HTTP are not answered with a failure', async () => {
    for (const line of ['GET', 'GET /v1/accounts HTTP/9.9 x', 'G\0T /v1/accounts', 'GET /v1/acc\0unts']) {
      const { status } = await rawRequest(recount.url, line, authorized());
      expect(status).toBe(400);
    }
    const { status } = await rawRequest(recount.url, `GET /v1/accounts?x=${'y'.repeat(100_000)}`, authorized());
    expect([414, 431]).toContain(status);
    expect((await client.get('/health')).status).toBe(200);
  });
});
