import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { openAccount, withCatalog } from './samples.js';

const AT = '2025-01-10T00:00:00Z';

describe('usage is taken row by row', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let account: Any;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
    account = await openAccount(client, { externalId: 'ada' });
  });

  const event = (fields: object = {}) => ({
    id: randomUUID(),
    event: 'llm_request',
    accountId: account.id,
    at: AT,
    properties: { tokens: '1' },
    ...fields,
  });
  const post = async (text: string): Promise<Any> => {
    const { status, body } = await client.ask('POST', 'usage', undefined, { text });
    expect([status, body.code]).toEqual([200, undefined]);
    return body.results;
  };
  const record = (events: readonly unknown[]): Promise<Any> => post(JSON.stringify({ events }));
  const kept = async (id: string): Promise<Any> =>
    (await client.read(`usage/${id}?accountId=${account.id}`)).properties;

  /** The middle one of three as JSON, the pointer into it, and what is said of it. */
  const BAD_ROWS: readonly (readonly [title: string, row: () => string, pointer: string, code: string])[] = [
    ['a time without a zone', () => JSON.stringify(event({ at: '2026-09-09 00:00:00' })), '/at', 'invalid_instant'],
    [
      'a day that does not exist',
      () => JSON.stringify(event({ at: '2026-02-30T00:00:00Z' })),
      '/at',
      'invalid_instant',
    ],
    ['a time that is a number', () => JSON.stringify(event({ at: 1767225600 })), '/at', 'invalid_type'],
    [
      'a nested property',
      () => JSON.stringify(event({ properties: { n: { m: 1 } } })),
      '/properties/n',
      'invalid_type',
    ],
    [
      'a property that is a list',
      () => JSON.stringify(event({ properties: { n: [1] } })),
      '/properties/n',
      'invalid_type',
    ],
    ['properties that are a list', () => JSON.stringify(event({ properties: [] })), '/properties', 'invalid_type'],
    ['no id', () => JSON.stringify(event({ id: undefined })), '/id', 'required'],
    ['no event', () => JSON.stringify(event({ event: undefined })), '/event', 'required'],
    ['no account', () => JSON.stringify(event({ accountId: undefined })), '/accountId', 'required'],
    ['an id that is a number', () => JSON.stringify(event({ id: 7 })), '/id', 'invalid_type'],
    ['an id that is too long', () => JSON.stringify(event({ id: 'x'.repeat(256) })), '/id', 'invalid_max_length'],
    [
      'a text that is too long',
      () => JSON.stringify(event({ properties: { 'a/b': 'x'.repeat(1025) } })),
      '/properties/a~1b',
      'invalid_max_length',
    ],
    ['a member that is not there', () => JSON.stringify(event({ colour: 'red' })), '/colour', 'unknown_field'],
    ['a row that is a list', () => '[]', '', 'invalid_type'],
    ['a row that is null', () => 'null', '', 'invalid_type'],
    ['a row that is a text', () => '"row"', '', 'invalid_type'],
    ['NUL in a text', () => JSON.stringify(event({ properties: { n: '\0' } })), '/properties/n', 'invalid_text'],
    [
      'half a surrogate pair',
      () => JSON.stringify(event({ properties: { n: '\ud83d' } })),
      '/properties/n',
      'invalid_text',
    ],
    [
      'a prototype',
      () => JSON.stringify(event({ properties: 0 })).replace('0}', '{"__proto__":1}}'),
      '/properties/__proto__',
      'reserved_name',
    ],
    [
      'a prototype in escapes',
      () => JSON.stringify(event({ properties: 0 })).replace('0}', String.raw`{"\u005f_proto__":1}}`),
      '/properties/__proto__',
      'reserved_name',
    ],
  ];

  it.each(BAD_ROWS)('%s in the middle is told there, and keeps nobody else out', async (_, row, pointer, code) => {
    const [first, last] = [event(), event()];
    const results = await post(`{"events":[${JSON.stringify(first)},${row()},${JSON.stringify(last)}]}`);
    expect(results.map(({ status }: Any) => status)).toEqual(['accepted', 'rejected', 'accepted']);
    expect(results[1]).toMatchObject({ code, message: expect.any(String) });
    expect(results[1].errors[0]).toMatchObject({ pointer: `/events/1${pointer}`, code });
    expect([results[0].id, results[2].id]).toEqual([first.id, last.id]);
  });

  it('takes what is null for absent', async () => {
    const one = event({ properties: { n: 1, region: null } });
    expect(await record([event(), one, event()])).toMatchObject([{}, { status: 'accepted' }, {}]);
    expect(await kept(one.id)).toEqual({ n: '1' });
  });

  it('refuses whole only what is no list of events', async () => {
    for (const body of [{}, [], { events: {} }, { events: [] }, { events: [event()], source: 'me' }, 'x'])
      expect((await client.post('usage', body)).status).toBe(400);
    expect((await client.ask('POST', 'usage', undefined, { text: '{"events":[{]}' })).status).toBe(400);
    expect((await client.post('usage', event({ at: 'now' }))).body.errors[0]).toMatchObject({ pointer: '/at' });
  });

  it.each([
    ['21.44988849635786', '21.44988849635786'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'.slice(0, 26)],
    ['9007199254740993', '9007199254740993'],
    ['1e21', '1000000000000000000000'],
    ['1E-7', '0.0000001'],
    ['-0.0', '0'],
    ['12.50', '12.5'],
  ])('keeps all digits of the number %s', async (source, decimal) => {
    const written = source.length > 26 && source.includes('.') ? source.slice(0, 26) : source;
    const one = event({ properties: { tokens: 0 } });
    const text = JSON.stringify({ events: [one] }).replace('"tokens":0', `"tokens":${written}`);
    expect(await post(text)).toMatchObject([{ status: 'accepted' }]);
    expect(await kept(one.id)).toEqual({ tokens: decimal });
    const amended = await client.ask('POST', `usage/${one.id}/amend`, undefined, {
      text: `{"reason":"x","properties":{"tokens":${written},"gone":null}}`,
    });
    expect(amended.status).toBe(200);
    expect(await kept(one.id)).toEqual({ tokens: decimal });
  });

  it('refuses a number that no meter can hold, in its row', async () => {
    const text = JSON.stringify({ events: [event({ properties: { tokens: 0 } }), event()] });
    const results = await post(text.replace('"tokens":0', '"tokens":1e40'));
    expect(results).toMatchObject([{ status: 'rejected', code: 'invalid_decimal' }, { status: 'accepted' }]);
  });

  describe('an id that comes again', () => {
    const x = (n: unknown, fields: object = {}) => event({ id: 'x', properties: { tokens: n }, ...fields });
    const DUPLICATE = { id: 'x', status: 'duplicate' };
    const DIFFERS = { id: 'x', status: 'rejected', code: 'reading_differs' };

    it('is a repetition or a contradiction: in one request, beside it, and later', async () => {
      expect(await record([x(5), x(5), x(7)])).toMatchObject([{ status: 'accepted' }, DUPLICATE, DIFFERS]);
      expect(await record([x(7), x('5.00'), x(5)])).toMatchObject([DIFFERS, DUPLICATE, DUPLICATE]);
      await recount.caughtUp();
      expect(await record([x(7), x(5), x(5, { at: '2025-01-10T00:00:01Z' })])).toMatchObject([
        DIFFERS,
        DUPLICATE,
        DIFFERS,
      ]);
      expect(await record([x(5, { at: '2025-01-10T01:00:00+01:00' })])).toMatchObject([DUPLICATE]);
      expect(await record([x(5, { at: undefined })])).toMatchObject([DUPLICATE]);
      expect(await record([x(5, { event: 'other' })])).toMatchObject([DIFFERS]);
      expect(await kept('x')).toEqual({ tokens: '5' });
      const total = await client.read(
        `accounts/${account.id}/usage?meter=tokens&from=2025-01-10T00:00:00Z&to=2025-01-11T00:00:00Z`,
      );
      expect(total.data[0].count).toBeGreaterThan(0);
    });

    it('is one of several that were sent at once', async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => record([x(n % 2, { id: 'raced' })])));
      const statuses = answers.map(([{ code, status }]: Any) => code ?? status).sort();
      expect(statuses).toEqual([
        'accepted',
        ...Array.from({ length: 5 }, () => 'duplicate'),
        ...Array.from({ length: 6 }, () => 'reading_differs'),
      ]);
    });

    it('may say what was amended, or what was sent at first; what was retracted stays so', async () => {
      expect(await record([x(5, { id: 'mended' })])).toMatchObject([{ status: 'accepted' }]);
      await recount.caughtUp();
      await client.create('usage/mended/amend', { properties: { tokens: 7 }, reason: 'x' });
      await recount.caughtUp();
      const again = await record([5, 7, 9].map((n) => x(n, { id: 'mended' })));
      expect(again).toMatchObject([{ status: 'duplicate' }, { status: 'duplicate' }, { code: 'reading_differs' }]);
      await client.create('usage/mended/retract', { reason: 'x' });
      await recount.caughtUp();
      expect(await record([x(5, { id: 'mended' })])).toMatchObject([{ status: 'duplicate' }]);
      expect((await client.read(`usage/mended?accountId=${account.id}`)).status).toBe('retracted');
    });
  });
});
