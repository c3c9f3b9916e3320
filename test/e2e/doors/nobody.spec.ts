import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, credentials, loadPackageDefinition, status as StatusCode } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { protoPath as HEALTH_PROTO } from 'grpc-health-check';
import { AccessSettings } from '../../../apps/server/src/access/access-settings.js';
import { GrpcDoor } from '../../../apps/server/src/doors/grpc/grpc.door.js';
import { Stopping } from '../../services/stopping.js';
import type { Any, TestClient } from '../../services/test-client.js';
import { TestNats } from '../../services/test-nats.js';
import { TestRecount } from '../../services/test-recount.js';
import { GrpcDoorClient } from './grpc-client.js';
import { NatsDoorClient } from './nats-client.js';

const FAILURES = 5;
const UNREADABLE = Buffer.from([0xff, 0xff]);
const SHUT_OUT = { status: 429, body: { code: 'too_many_failed_credentials' } };
const UNKNOWN = { status: 401, body: { code: 'unauthenticated' } };

describe('whom nobody knows', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let address: string;
  let door: GrpcDoorClient;

  beforeAll(async () => {
    const nats = await stopping.use(TestNats.start());
    const access = new AccessSettings(1_000_000, null, FAILURES, ['127.0.0.0/8']);
    recount = await stopping.use(TestRecount.start({ roles: ['api', 'projector'], access, natsUrl: nats.url }));
    const patience = { headersMilliseconds: 300, requestMilliseconds: 300, idleMilliseconds: 500 };
    address = `127.0.0.1:${await recount.app.get(GrpcDoor).open(recount.app, '127.0.0.1', 0, patience)}`;
    client = await recount.manualTenant();
    door = await stopping.use(GrpcDoorClient.connect(address, client.key));
    nobodyByNats = await stopping.use(NatsDoorClient.connect(nats.url, 'rk_unknown'));
  });
  let nobodyByNats: NatsDoorClient;

  /** Each from an address of its own, so that none is shut out. */
  let caller = 0;
  const from = (): Record<string, string> => ({ 'x-forwarded-for': `198.51.100.${++caller}` });

  it('is not listened to by REST: the answer comes before the body does', async () => {
    const { hostname, port } = new URL(recount.url);
    for (const authorization of ['', 'authorization: Bearer rk_unknown\r\n']) {
      const socket = connect(Number(port), hostname);
      socket.write(
        `POST /v1/plans HTTP/1.1\r\nhost: x\r\n${authorization}x-forwarded-for: ${from()['x-forwarded-for']}\r\n` +
          'content-type: application/json\r\ncontent-length: 4000000\r\n\r\n{',
      );
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1\.1 401 /);
      socket.destroy();
    }
    const broken = await client.withKey('rk_unknown').ask('POST', 'plans', undefined, { text: '{', headers: from() });
    expect(broken).toMatchObject(UNKNOWN);
  });

  it('is not listened to by gRPC: not a byte of the message is decoded', async () => {
    for (const key of ['', 'rk_unknown']) {
      expect(await door.withKey(key).raw('CreatePlan', UNREADABLE, from())).toMatchObject(UNKNOWN);
      expect(
        await door.withKey(key).raw('CreatePlan', UNREADABLE, { ...from(), authorization: 'Basic x' }),
      ).toMatchObject(UNKNOWN);
    }
    expect(await door.raw('CreatePlan', UNREADABLE)).toMatchObject({ status: 400 });
    // Two million empty charges, which take seconds to decode.
    const hostile = Buffer.alloc(3_700_000);
    for (let index = 0; index < hostile.length; index += 2) hostile[index] = CHARGES_TAG;
    const before = process.cpuUsage();
    for (let call = 0; call < 20; call++)
      expect(await door.withKey('rk_unknown').raw('CreatePlan', hostile, from())).toMatchObject(UNKNOWN);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 20 / 1_000).toBeLessThan(500);
    expect(await door.ask('ListPlans', {})).toMatchObject({ status: 200 });
  });

  it('is not listened to by NATS: what came is not read', async () => {
    expect(await nobodyByNats.raw('recount.commands.ArchivePlan', '{')).toMatchObject(UNKNOWN);
    expect(await nobodyByNats.raw('recount.commands.CreatePlan', '{')).toMatchObject(UNKNOWN);
    // A message says not where it comes from: nobody is shut out for another.
    for (let message = 0; message < 2 * FAILURES; message++)
      expect(await nobodyByNats.raw('recount.commands.CreatePlan', '{')).toMatchObject(UNKNOWN);
  });

  it('is shut out for a while after some failures, at all doors that know the address, and keeps nobody out', async () => {
    const attacker = { 'x-forwarded-for': '203.0.113.1' };
    const spoofing = { 'x-forwarded-for': '8.8.8.8, 203.0.113.1' };
    const fresh = await client.create('api-keys', { name: 'fresh' });
    await recount.caughtUp();
    expect((await client.get('plans', attacker)).status).toBe(200);
    for (let failure = 0; failure < FAILURES; failure++) {
      const nobody = client.withKey(`rk_guess_${failure}`);
      const heard =
        failure % 2 === 0 ? nobody.get('plans', attacker) : door.withKey('x').ask('ListPlans', {}, attacker);
      expect(await heard).toMatchObject(UNKNOWN);
    }
    for (const headers of [attacker, spoofing]) {
      const refused = await client.withKey('rk_guess').post('plans', {}, headers);
      expect(refused).toMatchObject(SHUT_OUT);
      const wait = Number(refused.headers.get('retry-after'));
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(60);
      expect(await door.withKey('rk_guess').raw('CreatePlan', UNREADABLE, headers)).toMatchObject({
        body: { code: 'too_many_failed_credentials', grpc: StatusCode.RESOURCE_EXHAUSTED },
      });
      expect(await client.withKey('').get('plans', headers)).toMatchObject(SHUT_OUT);
      expect((await client.ask('GET', '/health', undefined, { headers })).status).toBe(200);
      // Whoever came in lately, from the same address, is heard; an unknown key waits.
      expect((await client.get('plans', headers)).status).toBe(200);
      expect(await door.ask('ListPlans', {}, headers)).toMatchObject({ status: 200 });
      expect(await client.withKey(fresh.secret).get('plans', headers)).toMatchObject(SHUT_OUT);
    }
    expect((await client.withKey(fresh.secret).get('plans', from())).status).toBe(200);
    expect((await client.withKey(fresh.secret).get('plans', attacker)).status).toBe(200);
    expect(await client.withKey('rk_guess').get('plans', from())).toMatchObject(UNKNOWN);
  });

  it('sends no large message to what everybody may ask', async () => {
    const { grpc } = loadPackageDefinition(loadSync(HEALTH_PROTO, { enums: String })) as Any;
    const health = new grpc.health.v1.Health(address, credentials.createInsecure());
    const check = (service: string): Promise<number> =>
      new Promise((resolve) => health.Check({ service }, (error: Any) => resolve(error?.code ?? 0)));
    expect(await check('recount.v1.Billing')).toBe(StatusCode.OK);
    expect(await check('x'.repeat(5_000))).toBe(StatusCode.RESOURCE_EXHAUSTED);
    (health as Client).close();
  });

  it('is hung up on where nothing is said, before a call and after the last one', async () => {
    const [hostname, port] = address.split(':') as [string, string];
    const silent: Socket = connect(Number(port), hostname);
    silent.on('error', () => undefined).resume();
    const idle = connectHttp2(`http://${address}`);
    idle.on('error', () => undefined);
    await Promise.all([once(silent, 'close'), once(idle, 'close')]);
  });

  it('waits for no message that never comes, though its sender is known', async () => {
    const session = connectHttp2(`http://${address}`);
    const stream = session.request({
      ':method': 'POST',
      ':path': '/recount.v1.Billing/ListPlans',
      'content-type': 'application/grpc',
      te: 'trailers',
      authorization: `Bearer ${client.key}`,
    });
    const [headers] = (await once(stream, 'response')) as [Record<string, string>];
    expect(headers['grpc-status']).toBe(String(StatusCode.DEADLINE_EXCEEDED));
    session.destroy();
  });
});

/** The tag of `charges` in `CreatePlanRequest`; each is followed by a length of nothing. */
const CHARGES_TAG = 0x2a;
