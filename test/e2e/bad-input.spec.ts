import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import type { Answer, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { BAD_REQUESTS } from './bad-requests.js';
import { billedAccount, PLAN, subscribe, withCatalog } from './samples.js';

const shown = (body: unknown): string => {
  const text = JSON.stringify(body);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
};

describe('bad input', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let invoiceId: string;
  let head: bigint;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
    const { account, invoice } = await billedAccount(client, { externalId: 'ada' });
    invoiceId = invoice.id;
    await subscribe(client, account.id, { externalId: 'ada-pro' });
    await client.create('plans', { ...PLAN, key: 'euro', currency: 'EUR' });
    await client.create('plans', { ...PLAN, key: 'old' });
    await client.create('plans/old/archive');
    await recount.caughtUp();
  });

  beforeEach(async () => {
    head = await recount.store.lastPosition();
  });

  /** The problem as RFC 9457 and the house have it, and nothing written. */
  const expectProblem = async (
    { headers, body, status: answered }: Answer,
    status: number,
    code: string,
  ): Promise<void> => {
    expect({ status: answered, code: body.code }).toEqual({ status, code });
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({
      type: `urn:recount:problem:${code}`,
      title: expect.any(String),
      status,
      detail: expect.any(String),
      instance: expect.any(String),
    });
    expect(await recount.store.lastPosition()).toBe(head);
  };

  describe.each(Object.entries(BAD_REQUESTS))('%s', (_, requests) => {
    it.each(
      requests.map((request) => {
        const { method = 'POST', path, at, body, wrong, code } = request;
        return [`${method} ${path} ${at ?? ''} ${wrong ?? code}: ${shown(body)}`, request] as const;
      }),
    )('%s', async (__, { method = 'POST', path, body, status, code, at, wrong }) => {
      const answer = await client.ask(method, path.replace('{invoice}', invoiceId), body);
      await expectProblem(answer, status, code);
      if (at !== undefined && at !== '') {
        expect(answer.body.errors).toContainEqual({ pointer: at, code: wrong, message: expect.any(String) });
      }
    });
  });

  it('is told all at once', async () => {
    const { body } = await client.post('accounts', { name: '', currency: 'x', netTermsDays: -1, colour: 'red' });
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/colour',
      '/currency',
      '/name',
      '/netTermsDays',
    ]);
  });

  it('in a reading is told of that reading alone, the others count', async () => {
    const at = '2025-01-20T00:00:00Z';
    const base = { event: 'llm_request', accountId: 'external:ada', at };
    const { results } = await client.create('usage', {
      events: [
        { ...base, id: 'a', properties: { tokens: 1 } },
        { ...base, id: 'b', accountId: 'external:nobody' },
        { ...base, id: 'c', accountId: 'not an id' },
        { ...base, id: 'd', subscriptionId: 'external:nothing' },
        { ...base, id: 'e', at: '1900-01-01T00:00:00Z' },
        { ...base, id: 'f', at: '2999-01-01T00:00:00Z' },
        { ...base, id: 'g', properties: { tokens: 'many' } },
        { ...base, id: 'h', properties: { tokens: true } },
        { ...base, id: 'i', event: 'other', properties: { tokens: 'many' } },
      ],
    });
    expect(results.map(({ id, status, code }: Record<string, string>) => [id, code ?? status])).toEqual([
      ['a', 'accepted'],
      ['b', 'account_not_found'],
      ['c', 'account_not_found'],
      ['d', 'subscription_not_found'],
      ['e', 'usage_outside_window'],
      ['f', 'usage_outside_window'],
      ['g', 'invalid_decimal'],
      ['h', 'invalid_decimal'],
      ['i', 'accepted'],
    ]);
  });

  const NOT_OBJECTS = { array: '[]', string: '"name"', number: '7', null: 'null', true: 'true', nothing: '' };

  it.each(Object.entries(NOT_OBJECTS))('%s as a body', async (_, text) => {
    for (const path of ['accounts', 'meters', 'subscriptions', 'billing-runs', 'usage']) {
      await expectProblem(await client.ask('POST', path, undefined, { text }), 400, 'invalid_request');
    }
    if (text === '') return;
    const answer = await client.ask('POST', 'meters/tokens/archive', undefined, { text });
    await expectProblem(answer, 400, 'invalid_request');
  });

  const TEXTS: Readonly<Record<string, readonly [text: string, pointer: string, code: string]>> = {
    'NUL in a value': [String.raw`{"name":"a\u0000b","currency":"USD"}`, '/name', 'invalid_text'],
    'NUL in a key': [String.raw`{"na\u0000me":"a","currency":"USD"}`, '', 'invalid_text'],
    'NUL deep inside': [String.raw`{"metadata":{"a/b":"\u0000"}}`, '/metadata/a~1b', 'invalid_text'],
    'half a surrogate pair': [String.raw`{"name":"\ud83d","currency":"USD"}`, '/name', 'invalid_text'],
    'the other half': [String.raw`{"name":"x\ude00x","currency":"USD"}`, '/name', 'invalid_text'],
    'pairs the wrong way round': [String.raw`{"name":"\ude00\ud83d","currency":"USD"}`, '/name', 'invalid_text'],
    'half a pair in a key': [String.raw`{"metadata":{"\udead":"x"}}`, '/metadata', 'invalid_text'],
    prototypes: ['{"__proto__":{"name":"Ada"},"currency":"USD"}', '', 'invalid_json'],
    'escaped prototypes': [String.raw`{"\u005f_proto__":{"name":"Ada"}}`, '', 'invalid_json'],
    'prototypes deep inside': [
      '{"name":"Ada","currency":"USD","metadata":{"__proto__":{"a":"b"}}}',
      '',
      'invalid_json',
    ],
    'a constructor’s prototype': ['{"constructor":{"prototype":{"name":"Ada"}}}', '', 'invalid_json'],
    'no JSON': ['{"name":', '', 'invalid_json'],
    'two values': ['{}{}', '', 'invalid_json'],
    comments: ['{/* */}', '', 'invalid_json'],
    'numbers that are none': ['{"netTermsDays":NaN}', '', 'invalid_json'],
    'numbers beyond all': ['{"name":"Ada","currency":"USD","netTermsDays":1e999}', '/netTermsDays', 'invalid_int'],
    'nesting without end': [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, '', 'too_deep'],
    'nesting beyond reason': [`{"metadata":${'{"a":'.repeat(64)}1${'}'.repeat(64)}}`, '', 'too_deep'],
  };

  it.each(Object.entries(TEXTS))('JSON with %s', async (_, [text, pointer, code]) => {
    const answer = await client.ask('POST', 'accounts', undefined, { text });
    await expectProblem(answer, 400, 'invalid_request');
    expect(answer.body.errors).toContainEqual({ pointer, code, message: expect.any(String) });
  });

  it('JSON that is not UTF-8', async () => {
    for (const bytes of [
      [0xff, 0xfe],
      [0xc3, 0x28],
      [0xed, 0xa0, 0x80],
    ]) {
      const text = Buffer.concat([Buffer.from('{"name":"'), Buffer.from(bytes), Buffer.from('","currency":"USD"}')]);
      const answer = await client.ask('POST', 'accounts', undefined, { text: new Uint8Array(text) });
      await expectProblem(answer, 400, 'invalid_request');
      expect(answer.body.errors).toMatchObject([{ pointer: '', code: 'invalid_encoding' }]);
    }
  });

  it('well-formed pairs are no bad input', async () => {
    const text = String.raw`{"name":"\ud83d\ude00 \\u0000","currency":"USD"}`;
    const { status, body } = await client.ask('POST', 'accounts', undefined, { text });
    expect({ status, name: body.name }).toEqual({ status: 201, name: '😀 \\u0000' });
  });

  it('a body without end', async () => {
    const text = JSON.stringify({ name: 'x'.repeat(5 * 1024 * 1024) });
    await expectProblem(await client.ask('POST', 'accounts', undefined, { text }), 413, 'payload_too_large');
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'json',
    'application/jsonx',
  ])('a body that is %s', async (type) => {
    const answer = await client.ask('POST', 'accounts', undefined, {
      text: 'name=Ada&currency=USD',
      headers: { 'content-type': type },
    });
    await expectProblem(answer, 415, 'unsupported_media_type');
  });
});
