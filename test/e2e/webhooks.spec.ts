import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../services/eventually.js';
import { MailServer } from '../services/mail-server.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { REACHES_THIS_MACHINE, WebhookReceiver, type Receiving } from '../services/webhook-receiver.js';
import { openAccount } from './samples.js';

const stopping = new Stopping();
const answering =
  (status: number, headers: Record<string, string> = {}): Receiving =>
  (_, response) =>
    void response.writeHead(status, headers).end(`answered ${status}`);
const open = (_: unknown, response: { end: (text: string) => unknown }): void => void response.end('ok');

describe('webhooks', () => {
  let mail: MailServer;
  let receiver: WebhookReceiver;
  let recount: TestRecount;
  let client: TestClient;
  let count = 0;

  beforeAll(async () => {
    mail = await stopping.use(MailServer.start());
    receiver = await stopping.use(WebhookReceiver.start());
    recount = await stopping.use(TestRecount.start({ mail: mail.settings, webhooks: REACHES_THIS_MACHINE }));
    client = await recount.manualTenant('Acme');
  });

  afterEach(async () => {
    for (const { id } of await client.read('webhook-endpoints'))
      await client.done('POST', `webhook-endpoints/${id}/delete`);
  });

  const endpoint = async (terms: object = {}, behaviour?: Receiving): Promise<Any> => {
    const path = `/hook-${(count += 1)}`;
    if (behaviour) receiver.behaviours.set(path, behaviour);
    const created = await client.create('webhook-endpoints', { url: receiver.url(path), ...terms });
    return { ...created, path };
  };
  const found = (id: string): Promise<Any> => client.read(`webhook-endpoints/${id}`);
  const deliveries = async (id: string, query = ''): Promise<readonly Any[]> =>
    (await client.read(`webhook-endpoints/${id}/deliveries?limit=200${query}`)).data;
  const came = (path: string, times: number) =>
    eventually(
      () => Promise.resolve(receiver.of(path)),
      (messages) => messages.length >= times,
    );
  /** What waits is tried at once, as if its time had come. */
  const hurry = () =>
    recount.database.owner.query(
      `UPDATE ops.webhook_deliveries SET due_at = now() WHERE status = 'pending' AND due_at IS NOT NULL`,
    );
  const inState = (id: string, status: string, times = 1) =>
    eventually(
      () => deliveries(id, `&status=${status}`),
      (rows) => rows.length >= times,
    );

  it('have what the events say, signed as Standard Webhooks wants it, from when the endpoint was created', async () => {
    await openAccount(client);
    const { id, path, secret } = await endpoint({ eventTypes: ['account.*'], description: 'Books' });
    const account = await openAccount(client);
    await came(path, 1);
    await inState(id, 'delivered');
    const [message, ...more] = receiver.of(path);
    expect(more).toEqual([]);
    const body = new Webhook(secret).verify(message!.body, message!.headers) as Any;
    expect(body).toMatchObject({ type: 'account.opened', accountId: account.id, data: { currency: 'USD' } });
    expect(message!.headers['webhook-id']).toBe(body.id);
    const [delivery] = await deliveries(id);
    const detail = await client.read(`webhook-deliveries/${delivery.id}`);
    expect(detail).toMatchObject({ status: 'delivered', attempts: 1, answer: 'ok', requestBody: message!.body });
    expect(detail.history).toEqual([
      { at: expect.any(String), status: 200, milliseconds: expect.any(Number), error: null },
    ]);
  });

  it('are signed with both secrets while one takes the place of the other', async () => {
    const { id, path, secret } = await endpoint({ eventTypes: ['account.opened'] });
    const rotated = await client.done('POST', `webhook-endpoints/${id}/rotate-secret`, { overlapSeconds: 3_600 });
    expect(rotated.secret).not.toBe(secret);
    await openAccount(client);
    const [message] = await came(path, 1);
    for (const known of [secret, rotated.secret]) new Webhook(known).verify(message!.body, message!.headers);
    expect(message!.headers['webhook-signature']!.split(' ')).toHaveLength(2);
  });

  it('are the same to whoever asks with the same key again', async () => {
    const body = { url: receiver.url('/same') };
    const once = await client.post('webhook-endpoints', body, { 'idempotency-key': 'same-endpoint' });
    const again = await client.post('webhook-endpoints', body, { 'idempotency-key': 'same-endpoint' });
    expect(again.body).toEqual(once.body);
    expect(once.body.secret).toMatch(/^whsec_/u);
  });

  it('of one account come one after the other, and one that is not taken holds up its account alone', async () => {
    const [ada, bob] = [await openAccount(client), await openAccount(client)];
    let taken = false;
    const { id, path } = await endpoint({ eventTypes: ['account.payment_terms_changed'] }, ({ body }, response) => {
      const { accountId } = JSON.parse(body);
      if (accountId === ada.id && !taken) return void response.writeHead(500).end();
      open(undefined, response);
    });
    for (const netTermsDays of [1, 2, 3])
      for (const account of [ada, bob]) await client.done('PATCH', `accounts/${account.id}`, { netTermsDays });
    await inState(id, 'delivered', 3);
    expect((await deliveries(id, '&status=pending')).map(({ accountId }) => accountId)).toEqual([
      ada.id,
      ada.id,
      ada.id,
    ]);
    const tried = receiver.of(path).filter(({ body }) => JSON.parse(body).accountId === ada.id);
    expect(new Set(tried.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    taken = true;
    await hurry();
    await inState(id, 'delivered', 6);
    const terms = receiver
      .of(path)
      .map(({ body }) => JSON.parse(body))
      .filter(({ accountId }) => accountId === ada.id)
      .map(({ data }) => data.netTermsDays);
    expect(terms.slice(-3)).toEqual([1, 2, 3]);
  });

  it('wait as long as the receiver asks, and are not sent on to where it leads', async () => {
    const there = `/there-${count}`;
    const busy = await endpoint({ eventTypes: ['account.opened'] }, answering(429, { 'retry-after': '7200' }));
    const moved = await endpoint({ eventTypes: ['account.opened'] }, answering(302, { location: receiver.url(there) }));
    await openAccount(client);
    const [waiting] = await eventually(
      () => deliveries(busy.id),
      ([row]) => row?.attempts === 1 && Date.parse(row.nextAttemptAt) > Date.now() + 7_000_000,
    );
    expect(waiting).toMatchObject({ status: 'pending' });
    await came(moved.path, 1);
    expect(receiver.of(there)).toEqual([]);
    await eventually(
      () => deliveries(moved.id),
      ([row]) => row?.status === 'pending' && row.attempts === 1,
    );
  });

  it('are given up after eleven attempts, and sent again when somebody asks', async () => {
    let status = 404;
    const { id, path } = await endpoint({ eventTypes: ['account.opened'] }, (message, response) =>
      answering(status)(message, response),
    );
    await openAccount(client);
    for (let attempt = 1; attempt <= 11; attempt++) {
      await came(path, attempt);
      await eventually(
        () => deliveries(id),
        ([row]) => row.attempts === attempt && (row.status === 'dead' || Date.parse(row.nextAttemptAt) > Date.now()),
      );
      await hurry();
    }
    const [dead] = await inState(id, 'dead');
    const { history, answer } = await client.read(`webhook-deliveries/${dead.id}`);
    expect([history.length, answer]).toEqual([11, 'answered 404']);
    expect(await found(id)).toMatchObject({ dead: 1, waiting: 0, failures: 11 });
    status = 200;
    await client.done('POST', `webhook-deliveries/${dead.id}/retry`);
    await inState(id, 'delivered');
    expect(new Set(receiver.idsOf(path)).size).toBe(1);
    expect(await found(id)).toMatchObject({ dead: 0, failures: 0 });
    expect((await client.post('webhook-deliveries/whd_01j9zq6e4hf0fvwpn5t5jzq3cd/retry')).body.code).toBe(
      'webhook_delivery_not_found',
    );
  });

  it('stop where the receiver is gone: somebody is told, what waits is kept, and goes when it is enabled', async () => {
    const { data } = await client.read('legal-entities');
    await client.done('PATCH', `legal-entities/${data[0].id}`, { email: 'ops@acme.example' });
    const { id, path } = await endpoint({ eventTypes: ['account.opened'] }, answering(410));
    const hears = await endpoint({ eventTypes: ['webhook_endpoint.disabled'] });
    mail.taken.length = 0;
    await openAccount(client);
    await eventually(
      () => found(id),
      ({ disabled }) => disabled === 'gone',
    );
    const [told] = await came(hears.path, 1);
    expect(JSON.parse(told!.body).data).toEqual({ endpointId: id, cause: 'gone' });
    await eventually(
      () => Promise.resolve(mail.taken),
      (taken) => taken.length === 1,
    );
    await openAccount(client);
    expect((await deliveries(id)).map(({ status }) => status)).toEqual(['pending']);
    expect((await client.post(`webhook-endpoints/${id}/replays`, { from: '0' })).body.code).toBe(
      'webhook_endpoint_disabled',
    );
    receiver.behaviours.delete(path);
    await client.done('POST', `webhook-endpoints/${id}/enable`);
    await inState(id, 'delivered');
    expect(await deliveries(id)).toHaveLength(1);
  });

  it('open a breaker after twenty failures over ten minutes, and give up after five days', async () => {
    let status = 500;
    const { id } = await endpoint({ eventTypes: ['account.opened'], ordering: 'none' }, (message, response) =>
      answering(status)(message, response),
    );
    await openAccount(client);
    await inState(id, 'pending');
    const set = (change: string) =>
      recount.database.owner.query(`UPDATE ops.webhook_endpoints SET ${change} WHERE endpoint_id = '${id}'`);
    await eventually(
      () => found(id),
      ({ failures }) => failures === 1,
    );
    await set(`failures = 19, failing_since = now() - interval '11 minutes'`);
    await hurry();
    const broken = await eventually(
      () => found(id),
      ({ pausedUntil }) => pausedUntil !== null,
    );
    expect(broken).toMatchObject({ failures: 20, disabled: null });
    const [{ attempts }] = (await deliveries(id)) as [Any];
    await hurry();
    await sleep(700);
    expect((await found(id)).failures).toBe(20);
    await set(`open_until = now()`);
    await eventually(
      () => found(id),
      ({ failures }) => failures === 21,
    );
    expect(await deliveries(id)).toMatchObject([{ status: 'pending', attempts }]);
    status = 200;
    await set(`open_until = now()`);
    await inState(id, 'delivered');
    expect(await found(id)).toMatchObject({ failures: 0, pausedUntil: null });
    status = 500;
    await openAccount(client);
    await eventually(
      () => found(id),
      ({ failures }) => failures === 1,
    );
    await set(`failures = 40, failing_since = now() - interval '5 days', open_until = now()`);
    await hurry();
    await eventually(
      () => found(id),
      ({ disabled }) => disabled === 'failing',
    );
  });

  it('are replayed from any position, beside what is new, until somebody cancels that', async () => {
    const account = await openAccount(client);
    const { id, path } = await endpoint({ eventTypes: ['account.*'], accountIds: [account.id] });
    const replay = await client.create(`webhook-endpoints/${id}/replays`, {
      from: '0',
      eventTypes: ['account.opened'],
    });
    await eventually(
      () => client.read(`webhook-replays/${replay.id}`),
      ({ status }) => status === 'queued',
    );
    const [message] = await came(path, 1);
    expect(message!.headers['recount-replay']).toBe('true');
    expect(JSON.parse(message!.body)).toMatchObject({ type: 'account.opened', accountId: account.id });
    expect((await inState(id, 'delivered'))[0]).toMatchObject({ replayId: replay.id });
    receiver.behaviours.set(path, answering(500));
    const slow = await client.create(`webhook-endpoints/${id}/replays`, { from: '0', ratePerSecond: 1 });
    await inState(id, 'pending');
    expect(await client.done('POST', `webhook-replays/${slow.id}/cancel`)).toMatchObject({ status: 'cancelled' });
    expect(await deliveries(id, '&status=pending')).toEqual([]);
    expect((await client.read(`webhook-endpoints/${id}/replays`)).data.map((row: Any) => row.id)).toEqual([
      slow.id,
      replay.id,
    ]);
    const beyond = await client.post(`webhook-endpoints/${id}/replays`, { from: '999999999999' });
    expect(beyond.body.code).toBe('position_beyond_head');
    const backwards = await client.post(`webhook-endpoints/${id}/replays`, { from: '2', to: '1' });
    expect(backwards.body).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/to' }] });
  });

  it('prove themselves: what was sent, what was answered, and why nothing was', async () => {
    const { id, path, secret } = await endpoint({}, answering(503));
    const tested = await client.done('POST', `webhook-endpoints/${id}/test`);
    expect(tested).toMatchObject({ taken: false, status: 503, answer: 'answered 503', error: null, tls: null });
    const [message] = receiver.of(path);
    expect(message!.body).toBe(tested.requestBody);
    expect(new Webhook(secret).verify(tested.requestBody, tested.requestHeaders)).toMatchObject({
      type: 'webhook_endpoint.test',
      id: tested.requestHeaders['webhook-id'],
    });
    await client.done('PATCH', `webhook-endpoints/${id}`, { url: 'http://10.0.0.1/' });
    expect(await client.done('POST', `webhook-endpoints/${id}/test`)).toMatchObject({
      taken: false,
      status: null,
      error: 'address_not_allowed',
    });
    expect(await deliveries(id, '&status=delivered')).toEqual([]);
  });

  it('stand paused where the place is lost, and go on with the endpoints that the log has', async () => {
    const { id, path } = await endpoint({ eventTypes: ['account.opened'] });
    await openAccount(client);
    await came(path, 1);
    await inState(id, 'delivered');
    const { rows } = await recount.database.owner.query(
      `SELECT position FROM ops.reactors WHERE name = 'queue-webhooks'`,
    );
    // The schema `ops` is lost, of a log that is not new.
    await recount.database.owner.query(`
      DELETE FROM ops.webhook_deliveries; DELETE FROM ops.webhook_endpoints;
      DELETE FROM ops.reactors WHERE name = 'webhook-endpoints';
      UPDATE ops.reactors SET paused = 'no_checkpoint' WHERE name = 'queue-webhooks'`);
    await openAccount(client);
    const reactor = async () =>
      (await recount.client.read('reactors')).find(({ name }: Any) => name === 'queue-webhooks');
    expect(await reactor()).toMatchObject({ paused: 'no_checkpoint' });
    await sleep(1_500);
    expect(receiver.of(path)).toHaveLength(1);
    await recount.client.done('POST', 'reactors/queue-webhooks/resume', { after: String(rows[0].position) });
    await came(path, 2);
    await inState(id, 'delivered');
    expect(receiver.of(path)).toHaveLength(2);
  });

  it('are of their tenant alone, and forgotten when they are deleted', async () => {
    const { id } = await endpoint();
    const other = await recount.manualTenant();
    for (const request of [
      other.get(`webhook-endpoints/${id}`),
      other.get(`webhook-endpoints/${id}/deliveries`),
      other.post(`webhook-endpoints/${id}/test`),
      other.post(`webhook-endpoints/${id}/rotate-secret`, {}),
      other.post(`webhook-endpoints/${id}/delete`),
    ])
      expect((await request).body.code).toBe('webhook_endpoint_not_found');
    await found(id);
    await client.done('POST', `webhook-endpoints/${id}/delete`);
    expect((await client.get(`webhook-endpoints/${id}`)).body.code).toBe('webhook_endpoint_not_found');
  });
});
