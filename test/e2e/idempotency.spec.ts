import { beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Answer, Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { billedAccount, JANUARY, METER, openAccount, PLAN, reading, usd, withCatalog } from './samples.js';

const ACCOUNT = { name: 'Grace', currency: 'USD' };

describe('a request with an Idempotency-Key', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let account: Any;
  let invoice: Any;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
    ({ account, invoice } = await billedAccount(client));
  });

  const head = async (): Promise<bigint> => {
    await recount.caughtUp();
    return recount.store.lastPosition();
  };

  /** Nobody waits until an answer is saved: the spec does. One that tells a secret never is. */
  const forgetAnswers = async (
    { 'idempotency-key': key }: { 'idempotency-key': string },
    path: string,
  ): Promise<void> => {
    if (path !== 'api-keys')
      await eventually(
        () => recount.database.owner.query('SELECT FROM ops.idempotency WHERE key = $1', [key]),
        ({ rowCount }) => rowCount === 1,
      );
    await recount.database.owner.query('DELETE FROM ops.idempotency');
  };

  const told = ({ status, headers, body }: Answer) => ({ status, etag: headers.get('etag'), body });

  /** One of each kind of command, each something new, and what makes it another request. */
  const COMMANDS: Record<string, () => readonly [path: string, body: object, change: object]> = {
    'POST accounts': () => ['accounts', { ...ACCOUNT, externalId: randomUUID() }, { name: 'Another' }],
    'POST accounts without an external id': () => ['accounts', ACCOUNT, { name: 'Another' }],
    'POST subscriptions': () => [
      'subscriptions',
      { accountId: account.id, plan: 'pro', startAt: JANUARY.start, externalId: randomUUID() },
      { planVersion: 1 },
    ],
    'POST subscriptions without an external id': () => [
      'subscriptions',
      { accountId: account.id, plan: 'pro', startAt: JANUARY.start },
      { planVersion: 1 },
    ],
    'POST meters': () => ['meters', { ...METER, key: randomUUID() }, { name: 'Another' }],
    'POST plans': () => ['plans', { ...PLAN, key: randomUUID() }, { name: 'Another' }],
    'POST plans/pro/versions': () => [
      'plans/pro/versions',
      { ...PLAN, key: undefined, name: randomUUID() },
      { name: 'Another' },
    ],
    'POST billing-runs': () => [
      'billing-runs',
      { billThrough: '2024-01-01T00:00:00Z' },
      { billThrough: '2024-02-01T00:00:00Z' },
    ],
    'POST invoices/{id}/payments': () => [
      `invoices/${invoice.id}/payments`,
      { amount: usd('1.00') },
      { amount: usd('2.00') },
    ],
    'POST api-keys': () => ['api-keys', { name: 'another' }, { name: 'a third' }],
  };

  describe.each(Object.entries(COMMANDS))('%s', (_, command) => {
    /** Billing runs go on by themselves: what follows from them is waited for. */
    const done = async (first: Answer): Promise<bigint> => {
      const { id } = first.body;
      if (id?.startsWith('run_'))
        await eventually(
          () => client.read(`billing-runs/${id}`),
          ({ status }) => status === 'completed',
        );
      return head();
    };

    it('gets the first answer again, and changes nothing again', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      const [path, body] = command();
      const first = await client.post(path, body, headers);
      expect(first).toMatchObject({ status: 201 });
      const before = await done(first);
      expect(told(await client.post(path, body, headers))).toEqual(told(first));
      await forgetAnswers(headers, path);
      expect(told(await client.post(path, body, headers))).toEqual(told(first));
      expect(await head()).toBe(before);
    });

    it('refuses another request under the same key, also when the answer is forgotten', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      const [path, body, change] = command();
      const before = await done(await client.post(path, body, headers));
      for (const forget of [false, true]) {
        if (forget) await forgetAnswers(headers, path);
        expect(await client.post(path, { ...body, ...change }, headers)).toMatchObject({
          status: 422,
          body: { code: 'idempotency_key_reused' },
        });
      }
      expect(await head()).toBe(before);
    });
  });

  it('says that the answer is an old one', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const body = ACCOUNT;
    const first = await client.post('accounts', body, headers);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    const again = await client.post('accounts', { currency: 'USD', name: 'Grace' }, headers);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(told(again)).toEqual(told(first));
  });

  it('gets refusals again, too', async () => {
    const refusals = [
      ['subscriptions', { accountId: account.id, plan: 'unknown' }, 404],
      ['accounts', { ...ACCOUNT, currency: 'XXY' }, 400],
      [`invoices/inv_00000000000000000000000000/void`, {}, 404],
      ['meters', METER, 409],
    ] as const;
    for (const [path, body, status] of refusals) {
      const headers = { 'idempotency-key': randomUUID() };
      const first = await client.post(path, body, headers);
      expect(first.status).toBe(status);
      const again = await client.post(path, body, headers);
      expect(again.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(told(again)).toEqual(told(first));
      expect(again.headers.get('idempotency-replayed')).toBe('true');
    }
  });

  it('counts readings once, whatever becomes of the saved answer', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const body = { events: [reading(account.id, 10, JANUARY.start), reading(account.id, 20, JANUARY.start)] };
    const first = await client.post('usage', body, headers);
    expect(first.body.results.map(({ status }: Any) => status)).toEqual(['accepted', 'accepted']);
    expect((await client.post('usage', body, headers)).body).toEqual(first.body);
    const before = await head();
    await forgetAnswers(headers, 'usage');
    const again = await client.post('usage', body, headers);
    expect(again.body.results.map(({ status }: Any) => status)).toEqual(['duplicate', 'duplicate']);
    expect(await head()).toBe(before);
  });

  it('is told to wait while the first one is still running', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const body = { name: 'Slow', currency: 'USD' };
    const blocker = await recount.database.owner.connect();
    try {
      await blocker.query('BEGIN');
      await blocker.query('LOCK TABLE ops.personal_data_reads IN ACCESS EXCLUSIVE MODE');
      const first = client.post('accounts', body, headers);
      const second = await eventually(
        () => client.post('accounts', body, headers),
        ({ status }) => status === 409,
        'a conflict',
      );
      expect(second.body).toMatchObject({ code: 'idempotency_in_progress' });
      await blocker.query('COMMIT');
      const done = await first;
      expect(done.status).toBe(201);
      expect(told(await client.post('accounts', body, headers))).toEqual(told(done));
    } finally {
      await blocker.query('ROLLBACK');
      blocker.release();
    }
  });

  it('does not share its key with other tenants', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const other = await recount.manualTenant();
    const ours = await client.post('accounts', { name: 'Ours', currency: 'USD' }, headers);
    const theirs = await other.post('accounts', { name: 'Theirs', currency: 'USD' }, headers);
    expect([ours.body.name, theirs.body.name]).toEqual(['Ours', 'Theirs']);
    expect(ours.body.id).not.toBe(theirs.body.id);
  });

  it('keeps no name in the open', async () => {
    const name = `Grace ${randomUUID()}`;
    const headers = { 'idempotency-key': randomUUID() };
    await client.post('accounts', { name, currency: 'USD' }, headers);
    await eventually(
      () => recount.database.owner.query('SELECT FROM ops.idempotency WHERE key = $1', [headers['idempotency-key']]),
      ({ rowCount }) => rowCount === 1,
    );
    const { rows } = await recount.database.owner.query<{ found: bigint }>(
      'SELECT count(*) AS found FROM ops.idempotency AS i WHERE i::text LIKE $1 OR i::text LIKE $2',
      [`%${name}%`, `%${Buffer.from(name).toString('hex')}%`],
    );
    expect(rows[0]!.found).toBe(0n);
    expect((await client.post('accounts', { name, currency: 'USD' }, headers)).body.name).toBe(name);
  });

  it('keeps no key of an API key', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const issued = await client.post('api-keys', { name: 'secret' }, headers);
    const { rows } = await recount.database.owner.query<{ found: bigint }>(
      'SELECT count(*) AS found FROM ops.idempotency AS i WHERE i::text LIKE $1',
      [`%${issued.body.secret}%`],
    );
    expect(rows[0]!.found).toBe(0n);
  });

  it('has a key of 1 to 255 printable characters', async () => {
    for (const key of ['', 'x'.repeat(256), 'ü']) {
      expect(await client.post('accounts', ACCOUNT, { 'idempotency-key': key })).toMatchObject({
        status: 400,
        body: { code: 'invalid_request', errors: [{ pointer: '/headers/idempotency-key' }] },
      });
    }
    expect(await openAccount(client)).toHaveProperty('id');
  });
});
