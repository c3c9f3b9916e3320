import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Product, TemporaryFolder } from '../../processes/product.js';
import { eventually } from '../../services/eventually.js';
import { Stopping } from '../../services/stopping.js';
import type { Any } from '../../services/test-client.js';
import { TestClient } from '../../services/test-client.js';
import { TestDatabase } from '../../services/test-database.js';
import { TestEventStore } from '../../services/test-event-store.js';
import { TestNats } from '../../services/test-nats.js';
import { JANUARY, openAccount, PLAN, METER } from '../samples.js';
import { DOORS, ThreeDoors } from './three-doors.js';

/** Whoever saves an answer waits for this lock: what is answered while it is held is known to the log alone. */
const HOLD_ANSWERS = `
  CREATE FUNCTION ops.hold_answers() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN NEW; END $$;
  CREATE TRIGGER hold_answers BEFORE INSERT ON ops.idempotency
    FOR EACH ROW EXECUTE FUNCTION ops.hold_answers()`;

describe('a server that is killed before what it answered is saved', () => {
  const stopping = new Stopping();
  let database: TestDatabase;
  let store: TestEventStore;
  let nats: TestNats;
  let environment: NodeJS.ProcessEnv;
  let product: Product;
  let key: string;
  let repeated = 0;

  beforeAll(async () => {
    const folder = await stopping.use(new TemporaryFolder());
    nats = await stopping.use(TestNats.start());
    store = await stopping.use(TestEventStore.start());
    database = await stopping.use(TestDatabase.create());
    environment = {
      EVENTSTORE_URL: store.url,
      DATABASE_URL: database.url,
      NATS_URL: nats.url,
      RECOUNT_MASTER_KEY: randomBytes(32).toString('base64'),
      RECOUNT_DATA_DIR: folder.path,
      RATE_LIMIT: '1000000',
    };
    product = await stopping.use(Product.start(environment));
    key = product.key!;
  });

  afterAll(() => {
    process.stdout.write(
      `killed before the answer was saved: ${repeated} repeats by ${DOORS.length} doors, the same answer once\n`,
    );
  });

  const createdSubscriptions = async (): Promise<string[]> => {
    const ids: string[] = [];
    for await (const event of store.log.readAll({ filter: { streamPrefixes: ['account-'] } })) {
      if (event.type === 'SubscriptionCreated') ids.push((event.data as Any).subscriptionId);
    }
    return ids;
  };

  it('has done what it did once, and tells it to whoever asks again, by any door', async () => {
    const client = new TestClient(product.url, key);
    await client.create('meters', METER);
    await client.create('plans', PLAN);
    const asked = [];
    for (const door of DOORS) {
      const { id, log } = await openAccount(client);
      await client.get('accounts', { 'recount-consistent-with': log.position });
      const payload = { accountId: id, plan: 'pro', startAt: JANUARY.start, activation: 'manual' };
      asked.push({ door, payload, headers: { 'idempotency-key': randomUUID() } });
    }
    await database.owner.query(HOLD_ANSWERS);
    const holder = await database.owner.connect();
    await holder.query('SELECT pg_advisory_lock(4711)');
    const before = await ThreeDoors.open(placeOf(product), nats, key);
    for (const { door, payload, headers } of asked)
      void before
        .at(door)
        .ask('CreateSubscription', payload, headers)
        .catch(() => undefined);
    const created = await eventually(createdSubscriptions, ({ length }) => length === asked.length, 'three appends');

    await product.signal('SIGKILL');
    // What was on its way to the database goes with the server that sent it.
    await holder.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
      AND application_name = 'recount-api' AND wait_event_type = 'Lock'`);
    await holder.query('SELECT pg_advisory_unlock(4711)');
    holder.release();
    await before.stop();
    const { rows } = await database.owner.query('SELECT key FROM ops.idempotency WHERE key = ANY($1)', [
      asked.map(({ headers }) => headers['idempotency-key']),
    ]);
    expect(rows).toEqual([]);

    product = await stopping.use(Product.start(environment));
    const after = await stopping.use(ThreeDoors.open(placeOf(product), nats, key));
    for (const { door, payload, headers } of asked) {
      const first = await after.at(door).ask('CreateSubscription', payload, headers);
      expect([door, created.includes(first.body.id)]).toEqual([door, true]);
      for (const other of DOORS) {
        const again = await after.at(other).ask('CreateSubscription', payload, headers);
        expect([other, again.headers['idempotency-replayed'], again.body.id]).toEqual([other, 'true', first.body.id]);
        repeated += 1;
      }
    }
    expect(await createdSubscriptions()).toEqual(created);
  });

  it('shares a key with another process: of a thousand requests at both, and kills between them, one does it', async () => {
    const client = new TestClient(product.url, product.key ?? key);
    const { id, log } = await openAccount(client);
    await client.get('accounts', { 'recount-consistent-with': log.position });
    const before = await createdSubscriptions();
    const body = { accountId: id, plan: 'pro', startAt: JANUARY.start, activation: 'manual' };
    const headers = { 'idempotency-key': randomUUID() };
    const answered: Any[] = [];
    for (let round = 0; round < 2; round++) {
      const other = await stopping.use(Product.start({ ...environment, ROLE: 'api' }));
      const clients = [client, new TestClient(other.url, key)];
      /** Asks until it is answered, or its server is gone. */
      const ask = async (at: TestClient): Promise<void> => {
        for (;;) {
          const { status, body: answer } = await at.post('subscriptions', body, headers);
          if (status === 201) return void answered.push(answer);
          expect([409, 503]).toContain(status);
        }
      };
      const asked = Array.from({ length: 500 }, (_, index) => ask(clients[index % 2]!).catch(() => undefined));
      await eventually(
        () => Promise.resolve(answered.length),
        (found) => found > round * 250 + 20,
        'some answers',
      );
      await other.signal('SIGKILL');
      await Promise.all(asked);
    }
    expect(answered.length).toBeGreaterThanOrEqual(500);
    expect(new Set(answered.map((answer) => answer.id)).size).toBe(1);
    expect(await createdSubscriptions()).toEqual([...before, answered[0].id]);
    for (const at of [
      client,
      new TestClient((await stopping.use(Product.start({ ...environment, ROLE: 'api' }))).url, key),
    ])
      expect(await at.post('subscriptions', { ...body, planVersion: 1 }, headers)).toMatchObject({
        status: 422,
        body: { code: 'idempotency_key_reused' },
      });
  }, 120_000);
});

const placeOf = ({ url, grpcAddress }: Product) => ({ url, grpcAddress });
