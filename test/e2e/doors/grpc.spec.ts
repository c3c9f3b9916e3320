import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, credentials, loadPackageDefinition, status as StatusCode } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { protoPath as HEALTH_PROTO } from 'grpc-health-check';
import { Stopping } from '../../services/stopping.js';
import type { Any, TestClient } from '../../services/test-client.js';
import { TestRecount } from '../../services/test-recount.js';
import { METER, openAccount, PLAN, reading, withCatalog } from '../samples.js';
import { GrpcDoorClient } from './grpc-client.js';

describe('the gRPC door', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let door: GrpcDoorClient;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start({ roles: ['api', 'projector'], grpc: true }));
    client = await recount.manualTenant();
    await withCatalog(client);
    await recount.caughtUp();
    door = await stopping.use(GrpcDoorClient.connect(recount.grpcAddress, client.key));
  });

  it('says by the status of gRPC and by details of google.rpc what went wrong', async () => {
    expect(await door.ask('CreatePlan', { ...PLAN, name: undefined })).toMatchObject({
      status: 400,
      body: {
        grpc: StatusCode.INVALID_ARGUMENT,
        domain: 'recount',
        code: 'invalid_request',
        errors: [{ pointer: '/name', code: 'required', message: '“name” is missing.' }],
      },
    });
    const codes: readonly (readonly [
      operation: string,
      payload: object,
      headers: Record<string, string>,
      code: number,
    ])[] = [
      ['GetPlan', { key: 'none' }, {}, StatusCode.NOT_FOUND],
      ['CreatePlan', PLAN, {}, StatusCode.ALREADY_EXISTS],
      [
        'CreatePlan',
        { ...PLAN, key: 'other', charges: [{ ...PLAN.charges[1], meter: 'none' }] },
        {},
        StatusCode.FAILED_PRECONDITION,
      ],
      ['GetPlan', { key: 'pro' }, { authorization: 'Bearer rk_other' }, StatusCode.UNAUTHENTICATED],
    ];
    for (const [operation, payload, headers, code] of codes) {
      const { body } = await door.ask(operation, payload, headers);
      expect([operation, body.code, body.grpc]).toEqual([operation, body.code, code]);
    }
  });

  it('says when to try again what cannot be waited for any longer', async () => {
    const { body } = await door.ask('GetPlan', { key: 'pro' }, { 'recount-consistent-with': '999999999999' });
    expect(body).toMatchObject({ grpc: StatusCode.DEADLINE_EXCEEDED, code: 'read_model_behind' });
  });

  it('refuses what it does not know at any depth, and bytes that are no message', async () => {
    const account = await openAccount(client);
    const unknown = Buffer.from([0xba, 0x3e, 0x01, 0x78]);
    const event = Buffer.concat([field(1, 'id'), field(2, 'event'), field(3, account.id), unknown]);
    expect(await door.raw('RecordUsage', field(1, event))).toMatchObject({
      status: 200,
      body: { results: [{ status: 'rejected', errors: [{ pointer: '/events/0/999', code: 'unknown_field' }] }] },
    });
    expect(await door.raw('RecordUsage', Buffer.from([0xff, 0xff]))).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ pointer: '', code: 'invalid_protobuf' }] },
    });
    // A number where the message has a text.
    expect(await door.raw('GetPlan', Buffer.from([0x08, 0x01]))).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  });

  it('carries a thousand readings in a call, and answers them all', async () => {
    const account = await openAccount(client);
    const events = Array.from({ length: 1_000 }, (_, index) =>
      reading(account.id, index, '2025-01-10T00:00:00Z', {
        properties: { tokens: String(index), note: 'x'.repeat(500) },
      }),
    );
    const { body } = await door.ask('RecordUsage', { events });
    expect(body.results).toHaveLength(1_000);
    expect(new Set(body.results.map(({ status }: Any) => status))).toEqual(new Set(['accepted']));
    const tooLarge = events.map((event) => ({
      ...event,
      properties: { ...event.properties, more: 'x'.repeat(6_000) },
    }));
    expect((await door.ask('RecordUsage', { events: tooLarge })).body.grpc).toBe(StatusCode.RESOURCE_EXHAUSTED);
  });

  it('tells of itself by reflection', async () => {
    const { grpc } = loadPackageDefinition(loadSync('reflection.proto', { includeDirs: [REFLECTION] })) as Any;
    const reflection = new grpc.reflection.v1.ServerReflection(recount.grpcAddress, credentials.createInsecure());
    const asking = reflection.ServerReflectionInfo();
    const services = new Promise<string[]>((resolve, reject) => {
      asking.on('error', reject);
      asking.on('data', ({ listServicesResponse }: Any) =>
        resolve(listServicesResponse.service.map(({ name }: Any) => name)),
      );
    });
    asking.write({ listServices: '' });
    expect(await services).toEqual(expect.arrayContaining(['recount.v1.Billing', 'grpc.health.v1.Health']));
    asking.end();
    (reflection as Client).close();
  });

  it('says that it serves', async () => {
    const { grpc } = loadPackageDefinition(loadSync(HEALTH_PROTO, { enums: String })) as Any;
    const health = new grpc.health.v1.Health(recount.grpcAddress, credentials.createInsecure());
    for (const service of ['', 'recount.v1.Billing']) {
      const answer = await new Promise((resolve, reject) =>
        health.Check({ service }, (error: Error | null, found: unknown) => (error ? reject(error) : resolve(found))),
      );
      expect(answer).toEqual({ status: 'SERVING' });
    }
    (health as Client).close();
  });

  it('ends what it took before the server stops', async () => {
    const own = await TestRecount.start({ roles: ['api', 'projector'], grpc: true });
    const theirs = await own.manualTenant();
    await theirs.create('meters', METER);
    const calls = GrpcDoorClient.connect(own.grpcAddress, theirs.key);
    await calls.ask('ListPlans', {});
    const asked = Array.from({ length: 50 }, (_, index) => calls.ask('CreatePlan', { ...PLAN, key: `plan-${index}` }));
    // The first answer shows that calls are on their way.
    await asked[0];
    const stopped = own.stop();
    const replies = await Promise.all(asked);
    await stopped;
    expect(replies.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    // A call is answered, or was never taken: nothing ends half way.
    const codes = new Set(replies.filter(({ status }) => status !== 200).map(({ body }) => body.grpc));
    expect([...codes].filter((code) => code !== StatusCode.UNAVAILABLE)).toEqual([]);
    await calls.stop();
  });
});

const REFLECTION = new URL('../../../node_modules/@grpc/reflection/build/proto/grpc/reflection/v1', import.meta.url)
  .pathname;

/** A field of bytes, as the wire has it. */
const field = (number: number, value: string | Buffer): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
};
