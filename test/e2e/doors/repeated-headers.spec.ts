import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { connect, headers as natsHeaders } from '@nats-io/transport-node';
import { requestToken } from '#client';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../../services/stopping.js';
import type { Any, TestClient } from '../../services/test-client.js';
import { TestNats } from '../../services/test-nats.js';
import { TestRecount } from '../../services/test-recount.js';
import { billedAccount, usd, withCatalog } from '../samples.js';
import { encoded } from './grpc-client.js';

/** The values of each header, in their order. */
type Said = Readonly<Record<string, readonly string[]>>;

const REPEATED: readonly (readonly [title: string, said: Said])[] = [
  ['the same key twice', { 'Idempotency-Key': ['k', 'k'] }],
  ['two keys', { 'Idempotency-Key': ['k', 'l'] }],
  ['a key that a proxy made of two', { 'Idempotency-Key': ['k, k'] }],
  ['a key that a proxy made of two without a blank', { 'Idempotency-Key': ['k,k'] }],
  ['two revisions', { 'If-Match': ['"1"', '"2"'] }],
  ['a revision that a proxy made of two', { 'If-Match': ['"1", "1"'] }],
  ['two positions', { 'Recount-Consistent-With': ['1', '1'] }],
  ['a position that a proxy made of two', { 'Recount-Consistent-With': ['1, 1'] }],
  ['two reasons', { 'X-Reason': ['asked by mail', 'asked by phone'] }],
];

describe('a header that may be given once', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let invoice: Any;
  let nats: TestNats;

  beforeAll(async () => {
    nats = await stopping.use(TestNats.start());
    recount = await stopping.use(TestRecount.start({ natsUrl: nats.url, grpc: true }));
    client = await recount.manualTenant();
    await withCatalog(client);
    ({ invoice } = await billedAccount(client));
  });

  const RUN = { billThrough: '2024-01-01T00:00:00Z' };
  const bearer = () => [`Bearer ${client.key}`];

  const post = async (path: string, body: object, said: Said): Promise<readonly [number, string]> => {
    const asked = request(`${recount.url}/v1/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': ['application/json'], Authorization: bearer(), ...said },
    });
    asked.end(JSON.stringify(body));
    const [answer] = (await once(asked, 'response')) as [Any];
    return [answer.statusCode, ((await json(answer)) as Any).code];
  };

  const byRest = (said: Said) => post('billing-runs', RUN, said);

  const byNats = async (said: Said): Promise<readonly [number, string]> => {
    const connection = await connect({ servers: nats.url });
    const headers = natsHeaders();
    const [subject, body] = ['recount.commands.RunBilling', JSON.stringify(RUN)];
    const once = Object.fromEntries(Object.entries(said).map(([name, [value]]) => [name, value!]));
    const signed = [`Bearer ${await requestToken(client.key, { subject, headers: once, body })}`];
    for (const [name, values] of Object.entries({ Authorization: signed, ...said }))
      for (const value of values) headers.append(name, value);
    const answer = await connection.request(subject, body, {
      headers,
      timeout: 60_000,
    });
    await connection.close();
    return [Number(answer.headers!.get('Recount-Status')), answer.json<Any>().code];
  };

  /** By HTTP/2 itself: clients of gRPC in Node say these headers once at the most, others do not. */
  const byGrpc = async (said: Said): Promise<readonly [number, string]> => {
    const session = connectHttp2(`http://${recount.grpcAddress}`, {
      strictSingleValueFields: false,
    } as object);
    const message = encoded('RunBilling', RUN);
    const frame = Buffer.alloc(5 + message.length);
    frame.writeUInt32BE(message.length, 1);
    message.copy(frame, 5);
    const fields = Object.entries({ authorization: bearer(), ...said }).flatMap(([name, values]) =>
      values.flatMap((value) => [name.toLowerCase(), value]),
    );
    const pseudo = [':method', 'POST', ':path', '/recount.v1.Billing/RunBilling'];
    const call = session.request([...pseudo, 'content-type', 'application/grpc', 'te', 'trailers', ...fields]);
    let trailers: Any = {};
    for (const event of ['response', 'trailers'])
      call.on(event, (told: object) => (trailers = { ...trailers, ...told }));
    call.resume().end(frame);
    await once(call, 'close');
    session.close();
    const details = Buffer.from(String(trailers['grpc-status-details-bin'] ?? ''), 'base64').toString();
    return [Number(trailers['grpc-status']), /header_repeated/.exec(details)?.[0] ?? details];
  };

  const DOORS = { REST: [byRest, 400], NATS: [byNats, 400], gRPC: [byGrpc, 3] } as const;

  describe.each(Object.entries(DOORS))('by %s', (_, [ask, refused]) => {
    it.each([...REPEATED, ['the same credentials twice', null] as const])('%s', async (_title, said) => {
      const head = await recount.store.lastPosition();
      expect(await ask(said ?? { Authorization: [...bearer(), ...bearer()] })).toEqual([refused, 'header_repeated']);
      expect(await recount.store.lastPosition()).toBe(head);
    });
  });

  describe('of a payment', () => {
    const PAYMENT = { amount: usd('10.00') };
    const due = async () => (await client.read(`invoices/${invoice.id}`)).amountDue;
    const pay = (headers: Said) => post(`invoices/${invoice.id}/payments`, PAYMENT, headers);

    it('refused as twice is not carried out, and taken when it comes once', async () => {
      expect(await due()).toEqual(usd('45.00'));
      expect(await pay({ 'Idempotency-Key': ['k', 'k'] })).toEqual([400, 'header_repeated']);
      expect(await due()).toEqual(usd('45.00'));
      expect((await pay({ 'Idempotency-Key': ['k'] }))[0]).toBe(201);
      expect(await due()).toEqual(usd('35.00'));
    });

    it('may hold a comma, and a reason whole sentences', async () => {
      expect((await pay({ 'Idempotency-Key': ['pay,1'], 'X-Reason': ['by mail, then by phone'] }))[0]).toBe(201);
      expect(await due()).toEqual(usd('25.00'));
    });
  });
});
