import { metadataOf } from '#contracts';
import { ProjectionStatuses } from '#projection';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { PROJECTION_NAMES } from '../../apps/server/src/projecting/read-models.js';
import { Product, TemporaryFolder } from '../processes/product.js';
import { eventually } from '../services/eventually.js';
import { OtlpReceiver, type ReceivedSpan } from '../services/otlp-receiver.js';
import { Stopping } from '../services/stopping.js';
import { TestClient } from '../services/test-client.js';
import { TestDatabase } from '../services/test-database.js';
import { TestEventStore } from '../services/test-event-store.js';
import { billedAccount, METER, withCatalog } from './samples.js';

const PATIENCE_MILLISECONDS = 30_000;
const SERVER = 2;
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

/** The product as it is started, with a collector that the standard variables name. */
describe('traces', () => {
  const stopping = new Stopping();
  let receiver: OtlpReceiver;
  let store: TestEventStore;
  let client: TestClient;

  const span = (what: string, wanted: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan> =>
    eventually(
      () => Promise.resolve(receiver.spans.find(wanted)),
      (found) => found !== undefined,
      what,
    ).then((found) => found!);
  const named = (name: string, traceId = TRACE): Promise<ReceivedSpan> =>
    span(name, (found) => found.name === name && found.traceId === traceId);
  const linked = (name: string, { traceId, spanId }: Pick<ReceivedSpan, 'traceId' | 'spanId'>): Promise<ReceivedSpan> =>
    span(
      `${name}, linked`,
      (found) =>
        found.name === name && found.links?.some((link) => link.spanId === spanId && link.traceId === traceId) === true,
    );

  beforeAll(async () => {
    receiver = await stopping.use(OtlpReceiver.start());
    const database = await stopping.use(TestDatabase.create());
    store = await stopping.use(TestEventStore.start());
    const folder = await stopping.use(new TemporaryFolder());
    const product = await stopping.use(
      await Product.start({
        RECOUNT_DATA_DIR: folder.join('data'),
        DATABASE_URL: database.url,
        EVENTSTORE_URL: store.url,
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_BSP_SCHEDULE_DELAY: '50',
      }),
    );
    const statuses = new ProjectionStatuses(database.owner);
    client = new TestClient(product.url, product.key!, async () =>
      statuses.waitFor(PROJECTION_NAMES, await store.lastPosition(), PATIENCE_MILLISECONDS),
    );
  });

  it('lead from the caller through the door and the command to the append, and by a link to the read model', async () => {
    const { status } = await client.post(
      'meters',
      { ...METER, key: 'traced' },
      { traceparent: `00-${TRACE}-${CALLER}-01` },
    );
    expect(status).toBe(201);
    const request = await named('DefineMeter');
    expect(request).toMatchObject({ parentSpanId: CALLER, kind: SERVER });
    const command = await named('ChangeMeters');
    expect(command.parentSpanId).toBe(request.spanId);
    const append = await named('append catalog');
    expect(append.parentSpanId).toBe(command.spanId);
    const projected = await linked('project', append);
    expect(projected.traceId).not.toBe(TRACE);
    const write = await span(
      'a write of rows',
      ({ name, parentSpanId }) => parentSpanId === projected.spanId && name.startsWith('pg.query:INSERT'),
    );
    expect(write.traceId).toBe(projected.traceId);
  });

  it('travel with the event, in its metadata', async () => {
    const { spanId } = await named('append catalog');
    const found: (string | undefined)[] = [];
    for await (const event of store.log.readAll({ filter: { typePrefixes: ['MeterDefined'] } }))
      found.push(metadataOf(event).traceparent);
    expect(found).toEqual([`00-${TRACE}-${spanId}-01`]);
  });

  it('go on in what reactors do about an event', async () => {
    await withCatalog(client);
    await billedAccount(client);
    const reaction = await span(
      'a reaction',
      ({ name, links = [] }) => name === 'react assign-number-on-invoice-finalized' && links.length > 0,
    );
    const run = await span(
      'a billing run',
      ({ name, traceId }) => name === 'run billing' && traceId === reaction.links![0]!.traceId,
    );
    expect(run.parentSpanId ?? '').toBe('');
    const append = await named('append numbering', reaction.traceId);
    const numbering = await linked('react number-invoice-on-numbers-assigned', append);
    const command = await named('NumberInvoice', numbering.traceId);
    expect(command.parentSpanId).toBe(numbering.spanId);
  });

  it('say nothing of what was sent', async () => {
    const secrets = { name: 'Marked Name', email: 'marked@example.com' };
    const headers = { 'idempotency-key': 'marked-key', traceparent: `00-${'1'.repeat(32)}-${CALLER}-01` };
    const { status, body } = await client.post(
      'accounts',
      { ...secrets, externalId: 'marked-id', currency: 'USD' },
      headers,
    );
    expect(status).toBe(201);
    const consistent = { ...headers, 'recount-consistent-with': body.log.position };
    expect((await client.get('accounts/external:marked-id', consistent)).status).toBe(200);
    await named('OpenAccount', '1'.repeat(32));
    await named('GetAccount', '1'.repeat(32));
    expect(JSON.stringify(receiver.spans)).not.toMatch(/marked/iu);
    expect(JSON.stringify(receiver.spans)).not.toContain(client.key);
  });
});
