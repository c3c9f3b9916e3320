import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../../services/stopping.js';
import type { TestClient } from '../../services/test-client.js';
import { TestRecount } from '../../services/test-recount.js';
import { METER, PLAN } from '../samples.js';
import { GrpcDoorClient } from './grpc-client.js';

describe('the gRPC door', () => {
  const stopping = new Stopping();
  let client: TestClient;
  let door: GrpcDoorClient;

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start({ roles: ['api', 'projector'] }));
    client = await recount.manualTenant();
    await client.create('meters', METER);
    door = await stopping.use(GrpcDoorClient.connect(recount.grpcAddress, client.key));
  });

  it('carries out commands, and repeats what REST answered to the same key', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const first = await door.ask('CreatePlan', PLAN, headers);
    expect(first).toMatchObject({ status: 200, body: { key: 'pro', version: 1 } });
    const again = await client.post('plans', PLAN, headers);
    expect(again).toMatchObject({ status: 201, body: { key: 'pro', version: 1 } });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });
});
