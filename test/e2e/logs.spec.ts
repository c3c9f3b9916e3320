import { beforeAll, describe, expect, it } from '@jest/globals';
import { Product, TemporaryFolder } from '../processes/product.js';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import { TestClient, type Any } from '../services/test-client.js';
import { TestDatabase } from '../services/test-database.js';
import { TestEventStore } from '../services/test-event-store.js';
import { reading, withCatalog } from './samples.js';

/** In every value that nobody but the sender and the receiver should see. */
const MARK = /zebra/iu;
const ERROR = 50;
const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('the log of a server that tells everything', () => {
  const stopping = new Stopping();
  let product: Product;
  let client: TestClient;
  let tenantKey: string;
  let tenantId: string;

  const lines = (): Any[] => product.lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  const answered = async (requestId: string): Promise<Any> => {
    const found = await eventually(
      () => Promise.resolve(lines().find((line) => line.requestId === requestId && line.status !== undefined)),
      (line) => line !== undefined,
      `the line of ${requestId}`,
    );
    return found;
  };

  beforeAll(async () => {
    const database = await stopping.use(TestDatabase.create());
    const store = await stopping.use(TestEventStore.start());
    const folder = await stopping.use(new TemporaryFolder());
    product = await stopping.use(
      await Product.start({
        RECOUNT_DATA_DIR: folder.join('data'),
        DATABASE_URL: database.url,
        EVENTSTORE_URL: store.url,
        LOG_LEVEL: 'trace',
      }),
    );
    const first = new TestClient(product.url, product.key!);
    const tenant = await first.create('tenants', { name: 'Zebra Inc' });
    ({ id: tenantId, apiKey: tenantKey } = tenant);
    client = first.withKey(tenantKey);
  });

  it('has one JSON line for each request, which says what it was, whose, how it ended and how long it took', async () => {
    await client.post('meters', {}, { 'x-request-id': 'request-1', traceparent: TRACEPARENT });
    expect(await answered('request-1')).toMatchObject({
      operation: 'DefineMeter',
      door: 'rest',
      tenantId,
      status: 400,
      durationMilliseconds: expect.any(Number),
    });
    expect((await client.get('meters', { 'x-request-id': 'request-2' })).headers.get('x-request-id')).toBe('request-2');
    expect(await answered('request-2')).toMatchObject({ operation: 'ListMeters', status: 200 });
    const { headers } = await client.withKey('rk_zebra').get('meters');
    const unknown = await answered(headers.get('x-request-id')!);
    expect(unknown).toMatchObject({ operation: 'ListMeters', status: 401 });
    expect(unknown).not.toHaveProperty('tenantId');
    const nowhere = await client.get('/v1/zebra?email=zebra@example.com');
    expect(await answered(nowhere.headers.get('x-request-id')!)).toMatchObject({ status: 404 });
  });

  it('has neither secrets nor personal data, whatever is sent and however it ends', async () => {
    await withCatalog(client);
    const personal = {
      externalId: 'zebra-17',
      name: 'Zebra Zoe',
      email: 'zebra@example.com',
      address: { line1: 'Zebra Street 1', city: 'Zebraville', country: 'DE' },
      taxIds: ['DE-ZEBRA-1'],
    };
    const headers = { 'idempotency-key': 'zebra-key', 'x-reason': 'zebra asked for it' };
    await client.post('accounts', { ...personal, currency: 'USD' }, headers);
    const { email: _, name, externalId } = personal;
    const account = await client.done(
      'POST',
      'accounts',
      { name, externalId, currency: 'USD' },
      { 'idempotency-key': 'zebra-2' },
    );
    await client.done('PATCH', `accounts/${account.id}`, { email: 'zebra@example.org' });
    await client.get(`accounts?externalId=zebra-17`);
    await client.get('accounts/external:zebra-17');
    await client.get('accounts/external:zebra-18');
    const event = reading('external:zebra-17', 7, new Date().toISOString(), {
      id: 'zebra-reading',
      properties: { user: 'zebra' },
    });
    await client.post(
      'usage',
      { events: [event, { ...event, id: 'zebra-other', accountId: 'external:zebra-19' }] },
      headers,
    );
    await client.post('subscriptions', { accountId: 'external:zebra-17', plan: 'zebra' }, headers);
    await client.ask('POST', 'accounts', undefined, { text: '{"name": "zebra' });
    await client.ask('POST', 'accounts', undefined, { text: 'zebra', headers: { 'content-type': 'text/zebra' } });
    await client.ask('GET', '/v1/accounts/%00zebra');
    await client.ask('GET', '/v1/accounts/%zebra');
    const issued = await client.create('api-keys', { name: 'zebra' });
    await client.withKey(`${issued.secret}zebra`).get('accounts');
    await client.withKey('zebra\u00e9').get('accounts');
    await client.get('accounts', { 'x-request-id': 'last' });
    await answered('last');
    expect(product.output).not.toMatch(MARK);
    expect(lines().filter(({ level }) => level >= ERROR)).toEqual([]);
    for (const secret of [tenantKey, issued.secret]) expect(product.output).not.toContain(secret);
    expect(product.output.split(product.key!)).toHaveLength(2);
  });
});
