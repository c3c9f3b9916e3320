import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import {
  bill,
  FEBRUARY,
  invoicesOf,
  JANUARY,
  openAccount,
  reading,
  recordUsage,
  subscribe,
  usd,
  withCatalog,
} from './samples.js';

/** The fee with 12.5 % off, and the second tier of tokens for half. */
const OVERRIDES = {
  fee: { discountBasisPoints: 1_250 },
  tokens: { tiers: [{ tier: 2, unitAmount: '0.005' }], minimum: '1.00' },
};

/** One story, told in order. */
describe('a subscription with prices of its own', () => {
  const stopping = new Stopping();
  let client: TestClient;
  let account: Any;
  let subscription: Any;

  const amounts = ({ lines }: Any) =>
    lines.map(({ charge, amount, override }: Any) => ({ charge, amount: amount.amount, override }));
  const january = [
    { charge: 'fee', amount: '17.50', override: OVERRIDES.fee },
    { charge: 'fee', amount: '17.50', override: OVERRIDES.fee },
    { charge: 'tokens', amount: '2.50', override: OVERRIDES.tokens },
  ];

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
    account = await openAccount(client);
    subscription = await subscribe(client, account.id, { overrides: OVERRIDES });
    await recordUsage(client, [reading(account.id, 1_500, '2025-01-10T12:00:00Z')]);
  });

  it('says what was agreed', async () => {
    expect(subscription.overrides).toEqual(OVERRIDES);
    expect((await client.read(`subscriptions/${subscription.id}`)).overrides).toEqual(OVERRIDES);
    expect((await client.read(`subscriptions/${subscription.id}?asOf=${new Date().toISOString()}`)).overrides).toEqual(
      OVERRIDES,
    );
    expect((await subscribe(client, account.id)).overrides).toEqual({});
  });

  it('is previewed, billed and billed again by them', async () => {
    const { data } = await client.read(`subscriptions?accountId=${account.id}`);
    const plain = data.find(({ id }: Any) => id !== subscription.id);
    await client.create(`subscriptions/${plain.id}/cancel`, { at: JANUARY.start });
    const { preview } = await client.create('billing-runs', { billThrough: JANUARY.end, dryRun: true });
    expect(amounts(preview[0])).toEqual(january);
    const [invoice] = await invoicesOf(client, await bill(client, JANUARY.end));
    expect(amounts(invoice)).toEqual(january);
    expect(invoice.lines[0].steps.at(-1)).toEqual({ discount: 1_250, amount: '-2.5' });
    await recordUsage(client, [reading(account.id, 100, '2025-01-11T12:00:00Z')]);
    const [late] = await invoicesOf(client, await bill(client, JANUARY.end));
    expect(amounts(late)).toEqual([{ charge: 'tokens', amount: '0.50', override: OVERRIDES.tokens }]);
  });

  it('has them in the next invoice', async () => {
    await bill(client, FEBRUARY.end);
    expect((await client.read(`accounts/${account.id}/upcoming-invoice`)).lines[0]).toMatchObject({
      charge: 'fee',
      amount: usd('17.50'),
    });
  });

  it('counts for revenue at what is paid', async () => {
    const [report] = await client.read('reports/mrr?from=2025-01-01&to=2025-02-01');
    expect(report.points[0].mrr).toEqual(usd('17.50'));
  });

  it('is found right by a verification of the log', async () => {
    const { id } = await client.create('audit/verifications', { accountId: account.id });
    const done = await eventually(
      () => client.read(`audit/verifications/${id}`),
      ({ status }) => status !== 'running',
    );
    expect(done).toMatchObject({ status: 'completed', differences: [] });
  });
});
