import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { openAccount, reading, recordUsage, subscribe, withCatalog } from './samples.js';

const WHY = { reason: 'looked into' };

describe('what falls due by itself', () => {
  const stopping = new Stopping();
  let recount: TestRecount;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
  });

  const subscribed = async (): Promise<{ client: TestClient; account: Any; bill: () => Promise<Any> }> => {
    const client = await recount.manualTenant();
    await withCatalog(client);
    const account = await openAccount(client);
    // It is billed by itself from now on; the tenant bills by hand until it says otherwise.
    await subscribe(client, account.id, { startAt: undefined });
    const bill = async (): Promise<Any> =>
      (await client.read(`jobs?account=${account.id}`)).data.find(({ kind }: Any) => kind === 'bill');
    return { client, account, bill };
  };
  const set = (change: string) => recount.database.owner.query(`UPDATE ops.timer_claims SET ${change}`);

  it('is called dead after five refusals, is tried once a day then, and at once when somebody says so', async () => {
    const { client } = await recount.createTenant('refused');
    await withCatalog(client);
    const clock = await client.create('test-clocks', { name: 'Trial', startAt: '2030-01-01T00:00:00Z' });
    const account = await openAccount(client, { test: true, testClockId: clock.id });
    await subscribe(client, account.id, { startAt: '2030-01-01T00:00:00Z' });
    const bill = async (): Promise<Any> =>
      (await client.read(`jobs?account=${account.id}`)).data.find(({ kind }: Any) => kind === 'bill');
    await eventually(bill, ({ state, dueAt }) => state === 'scheduled' && dueAt === '2030-02-01T00:00:00Z');
    await client.create(`test-clocks/${clock.id}/advance`, { to: '2030-01-15T00:00:00Z' });
    const greatest = { properties: { tokens: '9'.repeat(38) } };
    const [first, second] = [
      reading(account.id, 0, '2030-01-10T12:00:00Z', greatest),
      reading(account.id, 0, '2030-01-11T12:00:00Z', greatest),
    ];
    await recordUsage(client, [first, second]);
    void client.post(`test-clocks/${clock.id}/advance`, { to: '2030-02-02T00:00:00Z' });
    for (let refusals = 1; refusals <= 5; refusals++) {
      const job = await eventually(bill, (found) => found.refusals === refusals);
      expect([job.state, job.failure]).toEqual([
        refusals < 5 ? 'failed' : 'dead',
        expect.stringContaining('invalid_decimal'),
      ]);
      if (refusals < 5) await set('leased_until = now()');
    }
    const dead = await bill();
    expect(Date.parse(dead.nextAttemptAt)).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    expect((await client.read('jobs?state=dead')).data).toEqual([dead]);
    for (const { id } of [first, second]) await client.done('POST', `usage/${id}/retract`, { reason: 'wrong' });
    await client.done('POST', `jobs/${encodeURIComponent(dead.id)}/run-now`, WHY);
    await eventually(
      () => client.read(`invoices?accountId=${account.id}`),
      ({ data }) => data.length > 1,
    );
    const { data } = await client.read('audit/log?command=RunJobNow');
    expect(data[0].reason ?? data[0].metadata?.reason).toBe(WHY.reason);
  });

  it('is left undone when somebody says so, and only that, until somebody has it done after all', async () => {
    const { client, account, bill } = await subscribed();
    const job = await bill();
    const skipped = await client.done('POST', `jobs/${encodeURIComponent(job.id)}/skip`, WHY);
    expect(skipped).toMatchObject({ id: job.id, state: 'skipped' });
    await client.done('PUT', 'settings/billing', { billing: 'automatic' });
    const again = await client.post(`jobs/${encodeURIComponent(job.id)}/skip`, WHY);
    expect([again.status, again.body.code]).toEqual([409, 'job_not_waiting']);
    // Nothing of it is lost with what the workers know of it.
    await recount.database.owner.query(`DELETE FROM ops.timer_claims WHERE owner = '${job.id.split('.')[0]}'`);
    await sleep(1_500);
    expect((await client.read(`invoices?accountId=${account.id}`)).data).toEqual([]);
    expect((await bill()).state).toBe('skipped');
    expect((await client.post('jobs/none/skip', WHY)).body.code).toBe('job_not_found');
    expect((await client.post(`jobs/${encodeURIComponent(job.id)}/skip`, {})).status).toBe(400);
    await client.done('POST', `jobs/${encodeURIComponent(job.id)}/run-now`, WHY);
    await eventually(bill, ({ state, dueAt }) => state === 'scheduled' && dueAt > job.dueAt);
  });

  it('is listed by time, page by page', async () => {
    const { client } = await subscribed();
    for (let account = 0; account < 3; account++) await subscribe(client, (await openAccount(client)).id);
    const whole = (await client.read('jobs')).data;
    const first = await client.read('jobs?limit=2');
    const rest = await client.read(`jobs?limit=200&after=${first.page.next}`);
    expect([...first.data, ...rest.data]).toEqual(whole);
    expect(whole.map(({ dueAt }: Any) => dueAt)).toEqual(whole.map(({ dueAt }: Any) => dueAt).toSorted());
    expect((await client.get('jobs?after=nonsense')).body.code).toBe('invalid_cursor');
  });
});
