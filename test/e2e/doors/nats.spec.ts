import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../../services/stopping.js';
import type { TestClient } from '../../services/test-client.js';
import { TestNats } from '../../services/test-nats.js';
import { TestRecount } from '../../services/test-recount.js';
import { PLAN, METER } from '../samples.js';
import { NatsDoorClient } from './nats-client.js';

describe('the NATS door', () => {
  const stopping = new Stopping();
  let client: TestClient;
  let door: NatsDoorClient;

  beforeAll(async () => {
    const nats = await stopping.use(TestNats.start());
    const recount = await stopping.use(TestRecount.start({ roles: ['api', 'projector'], natsUrl: nats.url }));
    client = await recount.manualTenant();
    await client.create('meters', METER);
    door = await stopping.use(NatsDoorClient.connect(nats.url, client.key));
  });

  it('carries out commands, and repeats what REST answered to the same key', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const first = await door.ask('CreatePlan', PLAN, headers);
    expect(first).toMatchObject({ status: 201, body: { key: 'pro', version: 1 } });
    const again = await client.post('plans', PLAN, headers);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  it('answers what is no JSON, and what nobody knows, with problems', async () => {
    expect(await door.raw('recount.commands.CreatePlan', '{')).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ pointer: '', code: 'invalid_json' }] },
    });
    expect(await door.raw('recount.commands.GetPlan', '{}')).toMatchObject({
      status: 404,
      body: { code: 'operation_not_found' },
    });
    expect(await door.raw('recount.commands.ArchivePlan', '[]')).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ pointer: '', code: 'invalid_object' }] },
    });
  });
});
