import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { HttpSettings } from '../../apps/server/src/http-settings.js';
import { Stopping } from '../services/stopping.js';
import type { Any, Answer, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { openAccount, withCatalog } from './samples.js';

describe('usage comes in several formats', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let account: Any;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start({ http: new HttpSettings({ requestMilliseconds: 1_500 }) }));
    client = await recount.manualTenant();
    await withCatalog(client);
    account = await openAccount(client, { externalId: 'ada/1' });
  });

  const send = (type: string, text: string, headers: Record<string, string> = {}): Promise<Answer> =>
    client.ask('POST', 'usage', undefined, { text, headers: { 'content-type': type, ...headers } });
  const statuses = ({ body }: Answer): string[] => body.results.map(({ code, status }: Any) => code ?? status);
  const kept = (id: string): Promise<Any> => client.read(`usage/${encodeURIComponent(id)}?accountId=${account.id}`);

  describe('as CloudEvents', () => {
    const event = (fields: object = {}) => ({
      specversion: '1.0',
      id: randomUUID(),
      source: '/gateway',
      type: 'llm_request',
      subject: 'ada/1',
      time: '2025-01-10T12:00:00.123456+01:00',
      data: { tokens: 374, region: null, model: 'large' },
      ...fields,
    });
    const single = (one: object) => send('application/cloudevents+json', JSON.stringify(one));
    const batch = (events: readonly unknown[]) =>
      send('application/cloudevents-batch+json; charset=utf-8', JSON.stringify(events));

    it('one by one, with all their digits', async () => {
      const one = event({ id: 'ce-1' });
      const answer = await single(one);
      expect(answer).toMatchObject({
        status: 200,
        body: { results: [{ id: 'ce-1', status: 'accepted', readingId: '/gateway#ce-1' }] },
      });
      expect(await kept('/gateway#ce-1')).toMatchObject({
        event: 'llm_request',
        accountId: account.id,
        at: '2025-01-10T11:00:00.123456Z',
        properties: { tokens: '374', model: 'large' },
      });
      expect(statuses(await single(one))).toEqual(['duplicate']);
      expect(statuses(await single({ ...one, data: { tokens: 7 } }))).toEqual(['reading_differs']);
      expect(statuses(await single({ ...one, source: '/another' }))).toEqual(['accepted']);
    });

    it('of accounts by their id, by external:… or by the external id alone', async () => {
      for (const subject of [account.id, 'external:ada/1', 'ada/1'])
        expect(statuses(await single(event({ subject })))).toEqual(['accepted']);
      expect(statuses(await single(event({ subject: 'nobody' })))).toEqual(['account_not_found']);
    });

    it('in batches, of which one bad event keeps no other out', async () => {
      const bad: readonly (readonly [object | string, string, string])[] = [
        [event({ time: '2025-02-30T00:00:00Z' }), '/time', 'invalid_instant'],
        [event({ time: undefined }), '/time', 'required'],
        [event({ subject: undefined }), '/subject', 'required'],
        [event({ source: 5 }), '/source', 'invalid_type'],
        [event({ specversion: '0.3' }), '/specversion', 'invalid_specversion'],
        [event({ data: { tokens: { n: 1 } } }), '/data/tokens', 'invalid_type'],
        [event({ data: [1] }), '/data', 'invalid_type'],
        [event({ type: 'x'.repeat(129) }), '/type', 'invalid_max_length'],
        [event({ data_base64: 'AA==' }), '/data_base64', 'invalid_data'],
        [event({ datacontenttype: 'text/xml' }), '/datacontenttype', 'invalid_data'],
        ['event', '', 'invalid_type'],
      ];
      const events = bad.flatMap(([one]) => [event(), one]);
      const { status, body } = await batch(events);
      expect([status, body.counts]).toEqual([200, { accepted: bad.length, duplicates: 0, rejected: bad.length }]);
      for (const [index, [, pointer, code]] of bad.entries()) {
        const result = body.results[index * 2 + 1];
        expect(result).toMatchObject({ status: 'rejected', code });
        expect(result.errors[0]).toMatchObject({ pointer: `/${index * 2 + 1}${pointer}`, code });
      }
    });

    it('as headers and data', async () => {
      const headers = {
        'ce-specversion': '1.0',
        'ce-id': 'bin-1',
        'ce-source': '/gateway',
        'ce-type': 'llm_request',
        'ce-subject': 'external:ada%2F1',
        'ce-time': '2025-01-10T12:00:00Z',
      };
      expect(statuses(await send('application/json', '{"tokens": 12345678901234567890}', headers))).toEqual([
        'accepted',
      ]);
      expect((await kept('/gateway#bin-1')).properties).toEqual({ tokens: '12345678901234567890' });
    });

    it('and nothing else: no list of them is a 400, elsewhere they are not taken', async () => {
      for (const text of ['{}', '[]', '{"events":[]}', 'x'])
        expect((await send('application/cloudevents-batch+json', text)).status).toBe(400);
      expect((await send('application/cloudevents+json', '[]')).status).toBe(400);
      expect((await single(event({ time: 'now' }))).body.errors[0]).toMatchObject({ pointer: '/time' });
      for (const type of ['application/cloudevents+json', 'application/x-ndjson']) {
        const answer = await client.ask('POST', 'accounts', undefined, {
          text: '{}',
          headers: { 'content-type': type },
        });
        expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
      }
    });
  });

  describe('as a stream of lines', () => {
    const line = (fields: object = {}) =>
      JSON.stringify({
        id: randomUUID(),
        event: 'llm_request',
        accountId: 'external:ada/1',
        at: '2025-01-11T00:00:00Z',
        properties: { tokens: 1 },
        ...fields,
      });
    const lines = (text: string) => send('application/x-ndjson', text);

    it('counts them, and tells of those that it rejects', async () => {
      const twice = line({ id: 'twice' });
      const text = [
        `\ufeff${twice}`,
        '',
        '{"id":',
        twice,
        line({ id: 'twice', properties: { tokens: 2 } }),
        line({ at: '2025-02-30T00:00:00Z', id: 'no-day' }),
        '[]',
        `{"id":"${'x'.repeat(70_000)}"}`,
        line({ properties: { tokens: 0 } }).replace('"tokens":0', '"tokens":21.44988849635786'),
      ].join('\r\n');
      const { status, body } = await lines(text);
      expect(status).toBe(200);
      expect(body.counts).toEqual({ accepted: 2, duplicates: 1, rejected: 5 });
      expect(body.results).toMatchObject([
        { line: 3, id: null, code: 'invalid_json' },
        { line: 5, id: 'twice', code: 'reading_differs' },
        { line: 6, id: 'no-day', code: 'invalid_instant', errors: [{ pointer: '/at' }] },
        { line: 7, id: null, code: 'invalid_type' },
        { line: 8, id: null, code: 'line_too_long' },
      ]);
    });

    it('of any length, and again', async () => {
      const many = Array.from({ length: 6_000 }, (_, index) =>
        line({ id: `m${index}`, properties: { tokens: 1, pad: 'x'.repeat(900) } }),
      );
      const text = many.join('\n');
      expect(text.length).toBeGreaterThan(5 * 1024 * 1024);
      expect((await lines(text)).body.counts).toEqual({ accepted: 6_000, duplicates: 0, rejected: 0 });
      expect((await lines(text)).body.counts).toEqual({ accepted: 0, duplicates: 6_000, rejected: 0 });
      const junk = await lines('x\n'.repeat(3_000));
      expect(junk.body.counts).toEqual({ accepted: 0, duplicates: 0, rejected: 3_000 });
      expect(junk.body.results).toHaveLength(1_000);
    });

    it('that come slowly, for longer than another body may take', async () => {
      const asked = request(`${recount.url}/v1/usage`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-ndjson',
          authorization: `Bearer ${client.key}`,
          'transfer-encoding': 'chunked',
        },
      });
      const answered = once(asked, 'response') as Promise<[Any]>;
      for (let index = 0; index < 6; index++) {
        asked.write(`${line({ id: `slow${index}` })}\n`);
        await sleep(500);
      }
      asked.end();
      const [answer] = await answered;
      expect(answer.statusCode).toBe(200);
      expect(((await json(answer)) as Any).counts).toEqual({ accepted: 6, duplicates: 0, rejected: 0 });
    });

    it('and not of nothing', async () => {
      expect((await lines('\n\n')).status).toBe(400);
    });
  });
});
