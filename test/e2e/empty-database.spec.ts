import { setTimeout as sleep } from 'node:timers/promises';
import { RunBilling } from '#billing/billing-run';
import { LateBillings } from '#billing/invoice';
import { describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import { LateBillingReactor } from '../../apps/server/src/worker/late-billing.reactor.js';
import { bill, billedAccount, FEBRUARY, JANUARY, openAccount, subscribe, withCatalog } from './samples.js';
import { Product } from '../processes/product.js';
import { emptyDatabase, SCRAPER, sharedEnvironment } from '../processes/shared-environment.js';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import { TestClient } from '../services/test-client.js';
import type { TestDatabase } from '../services/test-database.js';
import { TestRecount } from '../services/test-recount.js';

const ACCOUNTS = 12;
/** The worker looks for runs more often. */
const SEVERAL_LOOKS_MILLISECONDS = 1_000;

// Two starts, while other specs have the machine, too.
jest.setTimeout(240_000);

const stopping = new Stopping();

describe('a log on which everything is done, with an empty database', () => {
  it('comes back without a command or an event', async () => {
    const { environment, store } = await sharedEnvironment(stopping);
    const started = async () => {
      const database = await emptyDatabase(stopping);
      return { database, product: await stopping.use(Product.start({ ...environment, DATABASE_URL: database.url })) };
    };

    const first = await started();
    const client = new TestClient(first.product.url, first.product.key!);
    await client.done('PUT', 'settings/billing', { billing: 'manual' });
    await withCatalog(client);
    for (let index = 0; index < ACCOUNTS; index++) {
      const { id } = await openAccount(client);
      await subscribe(client, id);
    }
    for (const month of [JANUARY, FEBRUARY])
      expect(await bill(client, month.end)).toMatchObject({ invoices: ACCOUNTS });
    await eventually(
      () => countIn(first.database, `read.timers WHERE due_at < now() AND timer_key NOT LIKE 'bill:%'`),
      (due) => due === 0,
      'the end of what is due',
    );
    const told = async (asked: TestClient) => (await asked.read('invoices?limit=200')).data;
    const before = await told(client);
    await first.product.stop();
    const end = await store.lastPosition();

    const second = await started();
    const again = new TestClient(second.product.url, first.product.key!);
    await eventually(
      () => countIn(second.database, `ops.reactors WHERE name LIKE '%number%' AND position > 0`),
      (followers) => followers === 2,
      'followers that have seen the log',
    );
    await again.done('GET', 'invoices', undefined, { 'recount-consistent-with': String(end) });
    // What is asked for comes behind whatever else was to be done.
    await again.create('billing-runs', { billThrough: FEBRUARY.end });
    await eventually(
      async () => (await again.read('billing-runs')).data as { status: string }[],
      (runs) => runs.length === 3 && runs.every(({ status }) => status === 'completed'),
      'the end of a run',
    );
    expect(await commandsOf(second.product)).toEqual({ StartBillingRun: 1 });
    expect(await told(again)).toEqual(before);
    const after = await Array.fromAsync(store.log.readAll({ after: end, filter: { streamPrefixes: [''] } }));
    expect(after.map(({ type }) => type)).toEqual(['BillingRunStarted', 'BillingRunCompleted']);
  });
});

it('a billing run that a read model shows to be running, and the log to be over, is left alone', async () => {
  const recount = await stopping.use(TestRecount.start());
  const client = await recount.manualTenant();
  const carryOut = jest.spyOn(recount.app.get(RunBilling), 'run');
  const runIds = () => carryOut.mock.calls.map(([{ runId }]) => runId);
  const { id: over } = await bill(client, JANUARY.end);
  expect(runIds()).toEqual([over]);

  // As far as a database gets that is being filled from the log.
  await recount.statuses.setStatus('billing-runs', 'paused');
  await recount.database.owner.query(`UPDATE read.billing_runs SET status = 'running', result = NULL`);
  await recount.database.owner.query(
    `UPDATE ops.projections SET position = (SELECT position FROM read.billing_runs) WHERE name = 'billing-runs'`,
  );
  await sleep(SEVERAL_LOOKS_MILLISECONDS);
  await recount.statuses.setStatus('billing-runs', 'running');
  const { id: next } = await bill(client, JANUARY.end);
  expect(runIds()).toEqual([over, next]);
});

it('an account is not taken for late while what was billed is still being read', async () => {
  const recount = await stopping.use(TestRecount.start());
  const client = await recount.manualTenant();
  await withCatalog(client);
  const { account } = await billedAccount(client);
  const { owner } = recount.database;

  // As far as a database gets that is being filled from the log: the usage is there, its billing is not.
  await recount.statuses.setStatus('agenda', 'paused');
  await owner.query(`UPDATE ops.projections SET position = 1 WHERE name = 'agenda'`);
  await owner.query('UPDATE read.billing_cuts SET cut = -1 WHERE account_id = $1', [account.id]);
  await owner.query(`UPDATE read.tenants SET policy = policy || '{"billing": "automatic"}'`);
  const schedule = jest.spyOn(recount.app.get(LateBillings), 'schedule');
  const over = new AbortController();
  const looking = recount.app.get(LateBillingReactor).run(over.signal, pino({ level: 'silent' }));
  await sleep(SEVERAL_LOOKS_MILLISECONDS);
  expect(schedule).not.toHaveBeenCalled();
  await owner.query(`UPDATE ops.projections SET position = $1 WHERE name = 'agenda'`, [
    await recount.store.lastPosition(),
  ]);
  await eventually(
    () => Promise.resolve(schedule.mock.calls),
    (calls) => calls.length > 0,
    'a look at what is late',
  );
  over.abort();
  await looking;
});

const countIn = async ({ owner }: TestDatabase, rows: string): Promise<number> =>
  Number((await owner.query<{ count: bigint }>(`SELECT count(*) AS count FROM ${rows}`)).rows[0]!.count);

/** What was carried out, by the name of the command. */
const commandsOf = async ({ url }: Product): Promise<Record<string, number>> => {
  const text = await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${SCRAPER}` } })).text();
  const found = text.matchAll(/^recount_commands_total\{command="(\w+)"[^}]*\} (\d+)$/gmu);
  return Object.fromEntries([...found].map(([, command, count]) => [command!, Number(count)]));
};
