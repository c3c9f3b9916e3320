import { beforeAll, describe, expect, it } from '@jest/globals';
import { fillDemoTenant } from '../../apps/cli/src/demo/demo.command.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { expectVerified } from './verified.js';

const TERMS = { seed: 'spec', from: '2025-01', months: 9 };
const INTERRUPTED_AFTER = 7;

describe('a demo', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;

  const fill = (tell: (done: number) => void = () => undefined) =>
    fillDemoTenant({ url: recount.url, key: recount.firstKey }, TERMS, ({ done }) => tell(done));

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    const interrupted = fill((done) => {
      if (done === INTERRUPTED_AFTER) throw new Error('interrupted');
    });
    await expect(interrupted).rejects.toThrow('interrupted');
    const { tenant } = await fill();
    client = recount.client.withKey(tenant.tenant.apiKey);
  }, 600_000);

  const count = async (path: string): Promise<number> => (await client.read(path)).data.length;

  it('fills a test tenant, once', async () => {
    const tenants = (await recount.client.read('tenants')).data;
    expect(tenants.map(({ name, mode }: Any) => [name, mode])).toEqual([
      ['Demo spec, 9 months from 2025-01', 'test'],
      ['First tenant', 'live'],
    ]);
  });

  it('does nothing where everything is there already', async () => {
    await recount.caughtUp();
    const before = await recount.store.lastPosition();
    const { play } = await fill();
    expect(play.played).toMatchObject({ readings: 0, payments: 0 });
    expect(await recount.store.lastPosition()).toBe(before);
  });

  it('lets recurring revenue move, up and down', async () => {
    const report = await client.read('reports/mrr?from=2025-01-01&to=2025-10-01');
    const { points } = report.find(({ currency }: Any) => currency === 'USD');
    expect(new Set(points.map(({ mrr }: Any) => mrr.amount)).size).toBeGreaterThan(6);
    const moved = (kind: string): boolean => points.some(({ movements }: Any) => Number(movements[kind].amount) !== 0);
    expect(['new', 'expansion', 'contraction', 'churn'].filter((kind) => !moved(kind))).toEqual([]);
  });

  it('leaves receivables of every age', async () => {
    const report = await client.read('reports/ar-aging');
    const { buckets } = report.find(({ currency }: Any) => currency === 'USD');
    expect(Object.values<Any>(buckets).map(({ amount }) => Number(amount) > 0)).toEqual([true, true, true, true, true]);
  });

  it('has invoices in every state, payments that came back, late usage and credit', async () => {
    for (const status of ['open', 'paid', 'void', 'uncollectible'])
      expect([status, (await count(`invoices?status=${status}`)) > 0]).toEqual([status, true]);
    const payments = (await client.read('payments?limit=200')).data;
    expect(payments.filter(({ status }: Any) => status === 'reversed')).toHaveLength(1);
    const [balance] = (await client.read('reports/trial-balance')).filter(({ currency }: Any) => currency === 'EUR');
    expect(balance.ledgerAccounts.map(({ code }: Any) => code)).toContain('customer_credit');
  });

  it('is found right by a verification of the log', async () => {
    await expectVerified(client);
  });
});
