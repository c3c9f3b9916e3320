import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../services/eventually.js';
import { Stopping } from '../../services/stopping.js';
import type { Any, TestClient } from '../../services/test-client.js';
import { TestNats } from '../../services/test-nats.js';
import { TestRecount } from '../../services/test-recount.js';
import { JANUARY, openAccount, withCatalog } from '../samples.js';
import { pipelinedRequests } from './pipelined-requests.js';
import { DOORS, ThreeDoors } from './three-doors.js';

/** At the door that has the most to stand; the others go the same way from there. */
const REQUESTS = { REST: 3_000, NATS: 1_000, gRPC: 1_000 } as const;
/** Says that something hangs, also on a machine that others use, too. */
const PATIENCE_MILLISECONDS = 240_000;
/** Told to ask again: the first one is still running, or too many wait for the database. */
const AGAIN = ['idempotency_in_progress', 'unavailable'];

/** What came of many requests: bodies of those that were done, codes of those that were not. */
interface Fallout {
  readonly done: readonly Any[];
  readonly codes: Readonly<Record<string, number>>;
}

const falloutOf = (bodies: readonly Any[]): Fallout => {
  const refused = bodies.filter(({ code }) => code !== undefined);
  return {
    done: bodies.filter(({ code }) => code === undefined),
    codes: Object.fromEntries(
      Object.entries(Object.groupBy(refused, ({ code }) => code)).map(([code, all]) => [code, all!.length]),
    ),
  };
};

const toldAgain = ({ codes }: Fallout): number => AGAIN.reduce((sum, code) => sum + (codes[code] ?? 0), 0);

describe('thousands of requests with one key', () => {
  const stopping = new Stopping();
  const figures: string[] = [];
  let recount: TestRecount;
  let nats: TestNats;
  let client: TestClient;
  let doors: ThreeDoors;

  beforeAll(async () => {
    nats = await stopping.use(TestNats.start());
    recount = await stopping.use(TestRecount.start({ natsUrl: nats.url, grpc: true }));
    client = await recount.manualTenant();
    await withCatalog(client);
    doors = await stopping.use(ThreeDoors.open(recount, nats, client.key));
  });

  afterAll(() => {
    process.stdout.write(`storm: ${figures.join('; ')}\n`);
  });

  const subscriptionTo = async () => {
    const account = await openAccount(client);
    return { accountId: account.id, plan: 'pro', startAt: JANUARY.start, activation: 'manual' };
  };

  const subscriptionsOf = async (accountId: string): Promise<Any[]> =>
    (await client.read(`subscriptions?accountId=${accountId}&limit=200`)).data;

  /** All at once, and what they were told. */
  const storm = async (door: (typeof DOORS)[number], payload: object, key: string, count: number): Promise<Fallout> => {
    if (door === 'REST') {
      const headers = { authorization: `Bearer ${client.key}`, 'idempotency-key': key };
      const post = { url: recount.url, path: '/v1/subscriptions', headers, body: JSON.stringify(payload) };
      return falloutOf((await pipelinedRequests(post, count)).map(([, body]) => JSON.parse(body)));
    }
    const asked = Array.from({ length: count }, () =>
      doors.at(door).ask('CreateSubscription', payload, { 'idempotency-key': key }),
    );
    return falloutOf((await Promise.all(asked)).map(({ body }) => body));
  };

  const told = (door: string, fallout: Fallout): string =>
    `${door} ${fallout.done.length} the same answer, ${toldAgain(fallout)} told to ask again`;

  it.each(DOORS)(
    'at the door of %s have one effect and one answer',
    async (door) => {
      const payload = await subscriptionTo();
      const fallout = await storm(door, payload, randomUUID(), REQUESTS[door]);
      expect(Object.keys(fallout.codes).filter((code) => !AGAIN.includes(code))).toEqual([]);
      expect(fallout.done.length + toldAgain(fallout)).toBe(REQUESTS[door]);
      const [subscription, ...others] = await subscriptionsOf(payload.accountId);
      expect(others).toEqual([]);
      expect(new Set(fallout.done.map(({ id }) => id))).toEqual(new Set([subscription.id]));
      figures.push(told(door, fallout));
    },
    PATIENCE_MILLISECONDS,
  );

  it(
    'at all doors at once have one effect and one answer, and other requests under the key have none',
    async () => {
      const payload = await subscriptionTo();
      const key = randomUUID();
      const share = 400;
      const same = DOORS.map((door) => storm(door, payload, key, share));
      const others = DOORS.map((door) => storm(door, { ...payload, planVersion: 1 }, key, share));
      const fallout = (await Promise.all([...same, ...others])).reduce((all, { done, codes }) => ({
        done: [...all.done, ...done],
        codes: Object.fromEntries(
          [...new Set([...Object.keys(all.codes), ...Object.keys(codes)])].map((code) => [
            code,
            (all.codes[code] ?? 0) + (codes[code] ?? 0),
          ]),
        ),
      }));
      // Whichever body came first has the key.
      expect(fallout.codes['idempotency_key_reused']).toBeGreaterThan(0);
      expect(Object.keys(fallout.codes).filter((code) => ![...AGAIN, 'idempotency_key_reused'].includes(code))).toEqual(
        [],
      );
      expect(fallout.done.length).toBeLessThanOrEqual(share * DOORS.length);
      const [subscription, ...more] = await subscriptionsOf(payload.accountId);
      expect(more).toEqual([]);
      expect(new Set(fallout.done.map(({ id }) => id))).toEqual(new Set([subscription.id]));
      figures.push(told('all at once', fallout));
    },
    PATIENCE_MILLISECONDS,
  );

  it('of several tenants have an effect for each', async () => {
    const key = randomUUID();
    const tenants = await Promise.all(Array.from({ length: 3 }, () => recount.manualTenant()));
    for (const tenant of tenants) await withCatalog(tenant);
    const made = await Promise.all(
      tenants.flatMap((tenant) =>
        DOORS.flatMap((door) =>
          Array.from({ length: 100 }, async () => {
            const plan = {
              key: 'own',
              name: tenant.key,
              currency: 'USD',
              interval: { unit: 'month', count: 1 },
              charges: [],
            };
            const { body } = await doors
              .at(door)
              .withKey(tenant.key)
              .ask('CreatePlan', plan, { 'idempotency-key': key });
            return body.code === undefined ? [tenant.key, body.name] : [tenant.key, tenant.key];
          }),
        ),
      ),
    );
    expect(made.filter(([asker, name]) => asker !== name)).toEqual([]);
    for (const tenant of tenants)
      expect(await tenant.read('plans/own')).toMatchObject({ name: tenant.key, version: 1 });
    figures.push(`${tenants.length} tenants with one key, ${made.length} requests, a plan for each`);
  });

  it('get the same answer after a day, and after the answer was forgotten', async () => {
    const kept = await Promise.all(
      DOORS.map(async (door) => {
        const payload = await subscriptionTo();
        const headers = { 'idempotency-key': randomUUID() };
        const again = () => doors.at(door).ask('CreateSubscription', payload, headers);
        return { door, payload, headers, again, first: await again() };
      }),
    );
    const { owner } = recount.database;
    await eventually(
      () => owner.query<{ key: string }>('SELECT key FROM ops.idempotency'),
      ({ rows }) => kept.every(({ headers }) => rows.some(({ key }) => key === headers['idempotency-key'])),
    );
    await owner.query(`UPDATE ops.idempotency SET created_at = created_at - interval '7 days'`);
    for (const { again, first } of kept) {
      const reply = await again();
      expect([reply.headers['idempotency-replayed'], reply.body]).toEqual(['true', first.body]);
    }
    await owner.query('DELETE FROM ops.idempotency');
    for (const { again, first, payload } of kept) {
      expect((await again()).body).toEqual(first.body);
      expect(await subscriptionsOf(payload.accountId)).toHaveLength(1);
    }
    figures.push(`${kept.length} answers the same after seven days, and without the saved one`);
  });
});
