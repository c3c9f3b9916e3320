import { beforeAll, describe, expect, it } from '@jest/globals';
import { PROJECTION_NAMES } from '../../apps/server/src/projecting/read-models.js';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import { TestClient, type Answer } from '../services/test-client.js';
import { TestNats } from '../services/test-nats.js';
import { TestRecount } from '../services/test-recount.js';
import { openAccount } from './samples.js';

describe('health', () => {
  const stopping = new Stopping();
  let nats: TestNats;
  let recount: TestRecount;
  let anybody: TestClient;

  const ready = (status: string): Promise<Answer> =>
    eventually(
      () => anybody.get('/health/ready'),
      ({ body }) => body.status === status,
      `readiness that is ${status}`,
    );

  beforeAll(async () => {
    nats = await stopping.use(TestNats.start());
    recount = await stopping.use(TestRecount.start({ natsUrl: nats.url }));
    anybody = new TestClient(recount.url, '');
  });

  it('is told to everybody: event store, PostgreSQL, NATS and each projection', async () => {
    expect(await anybody.get('/health')).toMatchObject({
      status: 200,
      body: { status: 'ok', timeZones: process.versions.tz },
    });
    const { status, body } = await eventually(
      () => ready('ok'),
      ({ body: well }) => well.details['projection:invoices'].lagPositions === '0',
    );
    expect(status).toBe(200);
    const parts = ['eventStore', 'postgres', 'clock', 'nats', ...PROJECTION_NAMES.map((name) => `projection:${name}`)];
    expect(Object.keys(body.details).sort()).toEqual(parts.sort());
    expect(body.details['projection:invoices']).toEqual({ status: 'up', lagPositions: '0', lagSeconds: 0 });
  });

  it('is degraded while NATS is away, requests are served, and it is well again when NATS is back', async () => {
    await nats.goDown();
    const { status, body } = await ready('degraded');
    expect(status).toBe(200);
    expect(body.error).toEqual({
      nats: { status: 'down', lagPositions: expect.any(String), message: 'It does not answer.' },
    });
    const { id } = await openAccount(recount.client);
    expect(await recount.client.read(`accounts/${id}`)).toMatchObject({ id });
    await nats.comeBack();
    await eventually(
      () => ready('ok'),
      ({ body: well }) => well.details.nats.lagPositions === '0',
    );
  });

  it('is degraded while a projection stands still', async () => {
    await recount.client.done('POST', 'projections/mrr/pause', {});
    const { status, body } = await ready('degraded');
    expect(status).toBe(200);
    expect(body.error).toEqual({ 'projection:mrr': expect.objectContaining({ message: 'It is paused.' }) });
    await recount.client.done('POST', 'projections/mrr/resume', {});
    await ready('ok');
  });
});
