import { randomUUID } from 'node:crypto';
import { keyDigest, requestDigest, requestToken } from '#client';
import { connect, headers } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { eventually } from '../../services/eventually.js';
import { Stopping } from '../../services/stopping.js';
import type { Any, TestClient } from '../../services/test-client.js';
import { TestNats } from '../../services/test-nats.js';
import { TestRecount } from '../../services/test-recount.js';
import { METER, PLAN } from '../samples.js';
import { NatsDoorClient } from './nats-client.js';

describe('the NATS door', () => {
  const stopping = new Stopping();
  let nats: TestNats;
  let recount: TestRecount;
  let client: TestClient;
  let door: NatsDoorClient;
  let answeredMeanwhile = 0;

  beforeAll(async () => {
    nats = await stopping.use(TestNats.start());
    recount = await stopping.use(TestRecount.start({ roles: ['api', 'projector'], natsUrl: nats.url }));
    client = await recount.manualTenant();
    await client.create('meters', METER);
    await client.create('plans', PLAN);
    await recount.caughtUp();
    door = await stopping.use(NatsDoorClient.connect(nats.url, client.key));
  });

  afterAll(() => {
    process.stdout.write(
      `NATS away: ${answeredMeanwhile} commands by REST meanwhile, the door was open again after it\n`,
    );
  });

  it('answers what is no JSON, what is no object and what nobody knows with problems, and says so as services do', async () => {
    const answers = {
      '{': { code: 'invalid_request', errors: [{ pointer: '', code: 'invalid_json' }] },
      '[]': { code: 'invalid_request', errors: [{ pointer: '', code: 'invalid_object' }] },
      '{"__proto__": {}}': { code: 'invalid_request', errors: [{ pointer: '', code: 'invalid_json' }] },
      '{"key": "\\u0000"}': { code: 'invalid_request', errors: [{ pointer: '/key', code: 'invalid_text' }] },
      '{}': { code: 'invalid_request', errors: [{ pointer: '/key', code: 'required' }] },
      '': { code: 'invalid_request', errors: [{ pointer: '/key', code: 'required' }] },
      '{"key": {}}': { code: 'invalid_request', errors: [{ pointer: '/key', code: 'invalid_string' }] },
      '{"key": ".."}': { code: 'invalid_request', errors: [{ pointer: '/key', code: 'invalid_string' }] },
      [`${'['.repeat(65)}${']'.repeat(65)}`]: { code: 'invalid_request', errors: [{ pointer: '', code: 'too_deep' }] },
    };
    for (const [text, body] of Object.entries(answers)) {
      expect([text, await door.raw('recount.commands.ArchivePlan', text)]).toMatchObject([
        text,
        { status: 400, headers: { 'nats-service-error-code': '400', 'nats-service-error': 'Bad Request' }, body },
      ]);
    }
    for (const subject of ['recount.commands.GetPlan', 'recount.queries.CreatePlan', 'recount.commands.Nothing']) {
      expect(await door.raw(subject, '{}')).toMatchObject({ status: 404, body: { code: 'operation_not_found' } });
    }
  });

  it('takes no key that others could read, but a token for this request alone', async () => {
    const [subject, body] = ['recount.queries.GetPlan', '{"key":"pro"}'];
    const connection = await connect({ servers: nats.url });
    await stopping.use({ stop: () => connection.close() });
    const say = async (authorization: string, at = subject, text = body, more: Record<string, string> = {}) => {
      const said = headers();
      for (const [name, value] of Object.entries({ Authorization: authorization, ...more })) said.set(name, value);
      const answer = await connection.request(at, text, { headers: said, timeout: 30_000 });
      return [Number(answer.headers!.get('Recount-Status')), answer.json<Any>().code];
    };
    const token = await requestToken(client.key, { subject, body });
    expect(await say(`Bearer ${client.key}`)).toEqual([401, 'unauthenticated']);
    expect(await say(`Bearer ${client.key}`, subject, body, { traceparent: 'x' })).toEqual([401, 'unauthenticated']);
    expect(await say(`Bearer ${token}`)).toEqual([200, undefined]);
    const elsewhere: Parameters<typeof say>[] = [
      [`Bearer ${token}`, 'recount.queries.ListPlans'],
      [`Bearer ${token}`, subject, '{"key":"other"}'],
      [`Bearer ${token}`, subject, body, { 'Recount-Consistent-With': '1' }],
      [`Bearer ${token.slice(0, -2)}AA`],
      [`Bearer ${await requestToken(`${client.key}x`, { subject, body })}`],
    ];
    for (const told of elsewhere) expect(await say(...told)).toEqual([401, 'unauthenticated']);
    const old = new SignJWT({ req: requestDigest({ body }) })
      .setProtectedHeader({ alg: 'HS256', kid: keyDigest(client.key) })
      .setAudience(subject)
      .setJti('old')
      .setIssuedAt(Math.floor(Date.now() / 1000) - 120)
      .setExpirationTime('1h');
    expect(await say(`Bearer ${await old.sign(Buffer.from(client.key))}`)).toEqual([401, 'unauthenticated']);
  });

  it('carries out a command once, however often the same message is sent again', async () => {
    const [subject, body] = ['recount.commands.OpenAccount', JSON.stringify({ name: 'Once Ltd', currency: 'USD' })];
    const connection = await connect({ servers: nats.url });
    await stopping.use({ stop: () => connection.close() });
    const send = async (token: string): Promise<string> => {
      const said = headers();
      said.set('Authorization', `Bearer ${token}`);
      return (await connection.request(subject, body, { headers: said, timeout: 30_000 })).json<Any>().id;
    };
    const token = await requestToken(client.key, { subject, body });
    const first = await send(token);
    expect(first).toMatch(/^acc_/);
    expect(await send(token)).toBe(first);
    expect(await send(await requestToken(client.key, { subject, body }))).not.toBe(first);
  });

  it('is nobody else: what a caller says of its door is not heard', async () => {
    const forged = {
      'x-forwarded-for': '10.0.0.1',
      'content-length': '1',
      host: 'elsewhere',
      'content-type': 'text/plain',
    };
    expect(await door.ask('GetPlan', { key: 'pro' }, forged)).toMatchObject({ status: 200, body: { key: 'pro' } });
  });

  it('refuses an answer that no message could hold', async () => {
    const charges = Array.from({ length: 200 }, (_, index) => ({
      ...PLAN.charges[1],
      key: `charge-${index}`,
      price: { model: 'matrix', dimensions: ['model'], cells: CELLS },
    }));
    for (let index = 0; index < 5; index++) await client.create('plans', { ...PLAN, key: `large-${index}`, charges });
    await recount.caughtUp();
    expect(await door.ask('ListPlans', {})).toMatchObject({ status: 422, body: { code: 'answer_too_large' } });
    expect(await door.ask('ListPlans', { limit: 1 })).toMatchObject({ status: 200 });
  });

  it('closes when NATS goes away, while everything else goes on, and opens when it comes back', async () => {
    await nats.goDown();
    for (let index = 0; index < 10; index++) {
      expect(await client.post('meters', { ...METER, key: randomUUID() })).toMatchObject({ status: 201 });
      answeredMeanwhile += 1;
    }
    await nats.comeBack();
    const key = randomUUID();
    const impatient = await stopping.use(NatsDoorClient.connect(nats.url, client.key, 1_000));
    const made = await eventually(
      () => impatient.ask('CreatePlan', { ...PLAN, key }, { 'idempotency-key': key }).catch(() => undefined),
      (reply) => reply !== undefined,
      'an answer after NATS came back',
    );
    expect(made).toMatchObject({ status: 201, body: { key, version: 1 } });
  });

  it('is opened once for all servers: each request is carried out by one of them', async () => {
    const second = await stopping.use(TestRecount.start({ roles: ['api', 'projector'], natsUrl: nats.url }));
    const theirs = await second.manualTenant();
    // The connection from before may still be on its way back to where NATS went down.
    const fresh = await stopping.use(NatsDoorClient.connect(nats.url, client.key));
    const asked = Array.from({ length: 40 }, () => fresh.ask('GetPlan', { key: 'pro' }));
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    // The other installation does not know our key: that both answer shows that they share the requests.
    expect(new Set(statuses)).toEqual(new Set([200, 401]));
    expect(theirs.key).not.toBe(client.key);
  });
});

const CELLS = Array.from({ length: 18 }, (_, index) => ({
  match: { model: `a-model-with-a-long-name-${index}` },
  unitAmount: '0.000001',
}));
