import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import { TestClient, type Answer, type Any } from '../services/test-client.js';
import { Product } from '../processes/product.js';
import { SCRAPER, sharedEnvironment } from '../processes/shared-environment.js';
import { JANUARY, openAccount, reading, withCatalog } from './samples.js';

const ACCOUNTS = 12;
/** Nobody waits longer for an answer than for the process that was killed to be missed. */
const PATIENCE_MILLISECONDS = 60_000;

jest.setTimeout(240_000);

/** Requests for one account and usage of one tenant arrive at both, as behind a balancer that knows nothing of them. */
describe('two processes that take requests', () => {
  const stopping = new Stopping();
  let environment: NodeJS.ProcessEnv;
  let first: Product;
  let second: Product;
  let clients: readonly [TestClient, TestClient];
  let accounts: readonly string[];

  const launched: Product[] = [];
  const started = async (ROLE: string): Promise<Product> => {
    const product = await Product.start({ ...environment, ROLE });
    launched.push(product);
    return product;
  };

  beforeAll(async () => {
    environment = { ...(await sharedEnvironment(stopping)).environment, RATE_LIMIT: '1000000' };
    first = await started('api,projector,worker');
    second = await started('api');
    clients = [new TestClient(first.url, first.key!), new TestClient(second.url, first.key!)];
    await clients[0].done('PUT', 'settings/billing', { billing: 'manual' });
    await withCatalog(clients[0]);
    accounts = await Promise.all(
      Array.from({ length: ACCOUNTS }, async () => (await openAccount(clients[0])).id as string),
    );
    await both();
  });

  afterAll(async () => {
    await Promise.all(launched.map((product) => product.stop()));
  });

  const figure = async ({ url }: Product, name: string): Promise<number> => {
    const text = await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${SCRAPER}` } })).text();
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
    return Number(line?.slice(name.length + 1) ?? 0);
  };
  const members = (count: number, ...products: readonly Product[]) =>
    eventually(
      () => Promise.all(products.map((product) => figure(product, 'recount_members'))),
      (found) => found.every((one) => one === count),
      `${count} members`,
    );
  const both = () => members(2, first, second);
  const answered = (product: Product, kind: string) =>
    figure(product, `recount_forwarded_total{kind="${kind}",result="answered"}`);
  const conflicts = (product: Product, category: string) =>
    figure(product, `recount_appends_total{category="${category}",result="conflict"}`);
  /** Every account is subscribed so often, at both in turn. */
  const subscribeAt = (at: readonly TestClient[], times: number) =>
    Promise.all(
      accounts.flatMap((accountId) =>
        Array.from({ length: times }, (_, index) =>
          at[index % at.length]!.create('subscriptions', { accountId, plan: 'pro', startAt: JANUARY.start }),
        ),
      ),
    );

  it('decide on an account at one of them: nobody conflicts, whichever is asked', async () => {
    const made = await subscribeAt(clients, 6);
    expect(new Set(made.map(({ id }: Any) => id)).size).toBe(ACCOUNTS * 6);
    for (const product of [first, second]) {
      expect(await answered(product, 'command')).toBeGreaterThan(0);
      expect(await conflicts(product, 'account')).toBe(0);
    }
    const reachedBoth = await Promise.all(clients.map((client) => client.read(`accounts/${accounts[0]}`)));
    expect(reachedBoth.map(({ id }: Any) => id)).toEqual([accounts[0], accounts[0]]);
  });

  it('answer and refuse in the same words, whichever of them decides', async () => {
    const refusals = await Promise.all(
      accounts.flatMap((accountId) =>
        clients.map((client) => client.post('subscriptions', { accountId, plan: 'none', startAt: JANUARY.start })),
      ),
    );
    for (const { status, body } of refusals)
      expect([status, body]).toMatchObject([404, { code: 'plan_not_found', detail: expect.any(String) }]);
    const named = await Promise.all(
      accounts.flatMap((accountId) =>
        clients.map((client) => client.done('PATCH', `accounts/${accountId}`, { name: 'Grace' })),
      ),
    );
    expect(named.map(({ name }: Any) => name)).toEqual(named.map(() => 'Grace'));
  });

  it('carry out one key once, though it comes to both at the same moment, again and again', async () => {
    for (const accountId of accounts) {
      const key = { 'idempotency-key': randomUUID() };
      const body = { accountId, plan: 'pro', startAt: JANUARY.start };
      const ask = async (client: TestClient): Promise<Any> => {
        for (;;) {
          const answer = await client.post('subscriptions', body, key);
          if (answer.body.code !== 'idempotency_in_progress') return answer.body.id;
        }
      };
      const ids = await Promise.all(Array.from({ length: 8 }, (_, index) => ask(clients[index % 2]!)));
      expect(new Set(ids).size).toBe(1);
      const other = await clients[1].post('subscriptions', { ...body, plan: 'other' }, key);
      expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
    }
  });

  it('write usage of one tenant without contending, and count each reading once', async () => {
    const batch = () => accounts.flatMap((id) => [1, 2, 3].map(() => reading(id, 1, '2025-01-10T00:00:00Z')));
    const batches = Array.from({ length: 24 }, batch);
    await Promise.all(batches.map((events, index) => clients[index % 2]!.done('POST', 'usage', { events })));
    for (const product of [first, second]) expect(await answered(product, 'append')).toBeGreaterThan(0);
    await usageIs(clients[0], 24 * 3);
  });

  /** Of every account. */
  const usageIs = async (client: TestClient, count: number): Promise<void> => {
    const path = (id: string) => `accounts/${id}/usage?meter=tokens&from=${JANUARY.start}&to=${JANUARY.end}`;
    await eventually(
      () => Promise.all(accounts.map(async (id) => (await client.read(path(id))).data[0]?.count ?? 0)),
      (counts) => counts.every((one) => one === count),
      `${count} readings of each account`,
    );
  };

  it('count the requests of a key together', async () => {
    const { secret } = await clients[0].create('api-keys', { name: 'limited', requestsPerHour: 60 });
    const limited = clients.map((client) => client.withKey(secret));
    const answers = await Promise.all(Array.from({ length: 120 }, (_, index) => limited[index % 2]!.get('meters')));
    const through = answers.filter(({ status }) => status === 200).length;
    // A few may still be leased to the one that did not need them.
    expect(through).toBeGreaterThan(45);
    expect(through).toBeLessThanOrEqual(60);
  });

  it('lose and double nothing when one of them is killed amid what it was asked; its accounts move', async () => {
    const before = await clients[0].read(`subscriptions?limit=200`);
    const listed = async (): Promise<Set<string>> => {
      const ids = new Set<string>();
      for (let cursor = ''; ;) {
        const page: Any = await clients[0].read(`subscriptions?limit=200${cursor}`);
        for (const { id } of page.data) ids.add(id as string);
        if (page.page.next === null) return ids;
        cursor = `&after=${encodeURIComponent(page.page.next as string)}`;
      }
    };
    expect(before.data.length).toBeGreaterThan(0);
    const earlier = await listed();
    const answers: string[] = [];
    const use = accounts.map((id) => reading(id, 1, '2025-01-11T00:00:00Z'));
    let killed: Promise<unknown> | undefined;
    const asking = Array.from({ length: 300 }, async (_, index) => {
      await sleep(index * 5);
      const key = { 'idempotency-key': `kill-${index}` };
      const body = { accountId: accounts[index % ACCOUNTS], plan: 'pro', startAt: JANUARY.start };
      const { id } = await untilAnswered(clients[index % 2]!, (client) => client.post('subscriptions', body, key));
      answers.push(id as string);
      if (answers.length === 80) killed = second.signal('SIGKILL');
      if (index % 10 === 0) await untilAnswered(clients[index % 2]!, (client) => client.post('usage', { events: use }));
    });
    await Promise.all(asking);
    await killed;
    expect(new Set(answers).size).toBe(300);
    const there = await eventually(listed, (ids) => ids.size >= earlier.size + 300, 'everything that was acknowledged');
    expect(there).toEqual(new Set([...earlier, ...answers]));
    // Asked again with the same keys, all of them are told, and nothing is done.
    const again = await Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        clients[0].post(
          'subscriptions',
          { accountId: accounts[index % ACCOUNTS], plan: 'pro', startAt: JANUARY.start },
          { 'idempotency-key': `kill-${index}` },
        ),
      ),
    );
    expect(new Set(again.map(({ body }) => body.id))).toEqual(new Set(answers));
    await usageIs(clients[0], 24 * 3 + 1);

    await members(1, first);
    const asked = await answered(first, 'command');
    await eventually(
      async () => {
        const before = await notAnswered(first);
        await subscribeAt([clients[0]], 1);
        return (await notAnswered(first)) - before;
      },
      (unanswered) => unanswered === 0,
      'all accounts at the one that is left',
    );
    expect(await answered(first, 'command')).toBe(asked);
    second = await started('api');
    await both();
    await subscribeAt([clients[0]], 1);
    expect(await answered(first, 'command')).toBeGreaterThan(asked);
  });

  const notAnswered = (product: Product) =>
    figure(product, 'recount_forwarded_total{kind="command",result="not_answered"}');

  /** As a caller does whose process is gone: with the same key, at the other one. */
  const untilAnswered = async (client: TestClient, ask: (client: TestClient) => Promise<Answer>): Promise<Any> => {
    let at = client;
    for (const begun = performance.now(); ;) {
      const answer = await ask(at).catch(() => undefined);
      if (answer && answer.status < 300) return answer.body;
      if (performance.now() - begun > PATIENCE_MILLISECONDS)
        throw new Error(`Nobody answered: ${JSON.stringify(answer?.body)}`);
      if (answer === undefined) at = clients[0];
      await sleep(20);
    }
  };
});
