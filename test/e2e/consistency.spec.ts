import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { billedAccount, openAccount, usd, withCatalog } from './samples.js';

describe('what a client may count on', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
  });

  const head = (): Promise<bigint> => recount.store.lastPosition();
  /** Of whatever is in the log: a server writes for itself, too. */
  const end = (): Promise<bigint> => recount.store.log.head();

  it('is told how much of the log an answer knows, unless it asked for the past', async () => {
    const { log } = await openAccount(client, { externalId: 'positioned' });
    const headers = { 'recount-consistent-with': log.position };
    for (const path of ['accounts', 'accounts/external:positioned', 'reports/trial-balance', 'invoices']) {
      const { headers: told } = await client.ask('GET', path, undefined, { headers });
      expect(BigInt(told.get('recount-position')!)).toBeGreaterThanOrEqual(BigInt(log.position));
      expect(BigInt(told.get('recount-position')!)).toBeLessThanOrEqual(await end());
    }
    const past = await client.get(`accounts?asOf=position:${log.position}`);
    expect(past.headers.get('recount-position')).toBeNull();
  });

  describe('If-Match', () => {
    it('lets a command through at the revision that the caller saw', async () => {
      const account = await openAccount(client);
      await recount.caughtUp();
      const seen = await client.get(`accounts/${account.id}`);
      const etag = seen.headers.get('etag')!;
      expect(etag).toBe('"0"');
      const changed = await client.ask(
        'PATCH',
        `accounts/${account.id}`,
        { netTermsDays: 7 },
        { headers: { 'if-match': etag } },
      );
      expect(changed).toMatchObject({ status: 200, body: { netTermsDays: 7, log: { revision: 1 } } });
      expect(changed.headers.get('etag')).toBe('"1"');
    });

    it('refuses a command at any other revision, and writes nothing', async () => {
      const account = await openAccount(client);
      const before = await head();
      for (const [path, body] of [
        [`accounts/${account.id}/close`, {}],
        ['subscriptions', { accountId: account.id, plan: 'pro' }],
      ] as const) {
        const refused = await client.post(path, body, { 'if-match': '"7"' });
        expect(refused).toMatchObject({ status: 412, body: { code: 'revision_mismatch' } });
      }
      expect(await head()).toBe(before);
    });

    it('takes * for whatever there is, weak tags too, and nothing else', async () => {
      const { id } = await openAccount(client);
      const at = (value: string) => client.ask('PATCH', `accounts/${id}`, {}, { headers: { 'if-match': value } });
      expect((await at('*')).status).toBe(200);
      expect((await at('W/"0"')).status).toBe(200);
      for (const value of ['0', '"x"', '"-1"', '"0", "1"']) {
        expect(await at(value)).toMatchObject({ status: 400, body: { errors: [{ pointer: '/headers/if-match' }] } });
      }
    });
  });

  describe('Recount-Consistent-With', () => {
    const consistent = (path: string, position: string) => client.get(path, { 'recount-consistent-with': position });

    it('shows what the position says was written, on every kind of read', async () => {
      const { account, invoice } = await billedAccount(client);
      const { log } = await client.create(`invoices/${invoice.id}/payments`, { amount: usd('45.00') });
      const paths = {
        [`invoices/${invoice.id}`]: 'paid',
        payments: invoice.id,
        [`accounts/${account.id}/book`]: '"code":"cash"',
        [`accounts/${account.id}/transfers`]: 'payment_received',
        'reports/trial-balance': '"code":"cash"',
      };
      for (const [path, expected] of Object.entries(paths)) {
        const answer = await consistent(path, log.position);
        expect(answer.status).toBe(200);
        expect(JSON.stringify(answer.body)).toContain(expected);
      }
    });

    it('does not wait for a read model that catches up and is not asked', async () => {
      const ask = (path: string, body?: object) => recount.client.ask(body ? 'POST' : 'GET', path, body);
      await ask('projections/audit-log/pause', {});
      await eventually(
        async () => {
          const first = await head();
          // What shares a lane goes from batch to batch together: others at the second account, it has had the first.
          for (let round = 0; round < 2; round++) {
            await openAccount(client);
            await recount.statuses.waitFor(['accounts'], await head());
          }
          return (await recount.statuses.all()).find(({ name }) => name === 'audit-log')!.position <= first;
        },
        (behind) => behind,
        'a pause',
      );
      const holder = await recount.database.owner.connect();
      try {
        await holder.query('BEGIN; LOCK TABLE read.audit_log IN ACCESS EXCLUSIVE MODE');
        await ask('projections/audit-log/resume', {});
        await eventually(
          async () => {
            const { rows } = await recount.database.owner.query('SELECT 1 FROM pg_locks WHERE NOT granted');
            return rows.length;
          },
          (waiting) => waiting > 0,
          'an audit log that waits for its table',
        );
        for (let round = 0; round < 3; round++) {
          const account = await openAccount(client);
          const answer = await consistent('accounts', account.log.position);
          expect(answer.status).toBe(200);
          expect(JSON.stringify(answer.body)).toContain(account.id);
        }
      } finally {
        await holder.query('ROLLBACK');
        holder.release();
      }
      await recount.caughtUp();
    });

    it('says that the read model is behind, when it stays behind', async () => {
      const ahead = String((await end()) + 1_000_000n);
      expect(await consistent('accounts', ahead)).toMatchObject({ status: 504, body: { code: 'read_model_behind' } });
    });

    it('takes positions alone', async () => {
      for (const position of ['-1', '1.5', 'now', '12345678901234567890', '9223372036854775808']) {
        expect(await consistent('accounts', position)).toMatchObject({
          status: 400,
          body: { code: 'invalid_request', errors: [{ pointer: '/headers/recount-consistent-with' }] },
        });
      }
      expect((await consistent('accounts', '0')).status).toBe(200);
    });
  });

  describe('a dry run', () => {
    it('answers what would happen, and writes nothing', async () => {
      const { account, invoice } = await billedAccount(client);
      const before = await head();
      const dryly = (path: string, body: object = {}) => client.create(path, { ...body, dryRun: true });
      expect(await dryly(`invoices/${invoice.id}/payments`, { amount: usd('45.00') })).toMatchObject({
        amount: usd('45.00'),
        allocations: [{ invoiceId: invoice.id, amount: usd('45.00') }],
      });
      expect(await dryly(`invoices/${invoice.id}/void`)).toMatchObject({ status: 'void', amountDue: usd('0.00') });
      expect(await dryly(`invoices/${invoice.id}/mark-uncollectible`)).toMatchObject({ status: 'uncollectible' });
      expect(await dryly(`invoices/${invoice.id}/finalize`)).toMatchObject({ status: 'open' });
      expect(
        await dryly('billing-runs', { billThrough: '2025-06-01T00:00:00Z', accounts: [account.id] }),
      ).toHaveProperty('id');
      expect(await head()).toBe(before);
      expect(await client.read(`invoices/${invoice.id}`)).toMatchObject({ status: 'open', amountDue: usd('45.00') });
      expect((await client.read('billing-runs')).data).toHaveLength(2);
    });

    it('is refused as the command itself would be', async () => {
      const { invoice } = await billedAccount(client);
      await client.create(`invoices/${invoice.id}/payments`, { amount: usd('45.00') });
      const before = await head();
      expect(await client.post(`invoices/${invoice.id}/void`, { dryRun: true })).toMatchObject({
        status: 422,
        body: { code: 'invoice_has_payments' },
      });
      expect(await head()).toBe(before);
    });

    it('honours If-Match', async () => {
      const { invoice } = await billedAccount(client);
      expect(await client.post(`invoices/${invoice.id}/void`, { dryRun: true }, { 'if-match': '"0"' })).toMatchObject({
        status: 412,
        body: { code: 'revision_mismatch' },
      });
    });
  });

  it('tells the request by the id that the client gave it, or one of its own', async () => {
    const given = await client.get('accounts', { 'x-request-id': 'abc-1' });
    expect(given.headers.get('x-request-id')).toBe('abc-1');
    const own = await client.get('accounts', { 'x-request-id': 'not an id' });
    expect(own.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('writes who, why and in which request into the events', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const headers = { 'x-reason': 'asked by mail', traceparent, 'x-request-id': 'req-77' };
    const account = await client.post('accounts', { name: 'Grace', currency: 'USD' }, headers);
    const events = await Array.fromAsync(recount.store.log.readAll({ filter: { typePrefixes: ['AccountOpened'] } }));
    expect(events.at(-1)).toMatchObject({
      data: { accountId: account.body.id },
      metadata: { reason: 'asked by mail', traceparent, correlationId: 'req-77', actor: { type: 'api_key' } },
    });
    expect(events.map(({ data }) => JSON.stringify(data)).join()).not.toContain('Grace');
  });
});
