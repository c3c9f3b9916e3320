import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { AccessSettings } from '../../apps/server/src/access/access-settings.js';
import { Metrics } from '../../apps/server/src/telemetry/metrics.js';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import { TestNats } from '../services/test-nats.js';
import { TestRecount } from '../services/test-recount.js';
import { NatsDoorClient } from './doors/nats-client.js';
import { brokenRules, type ToldMetric } from './metric-rules.js';
import { JANUARY, METER, bill, openAccount, reading, recordUsage, subscribe, withCatalog } from './samples.js';

/** Figures of a scrape by name and labels, as they are printed. */
type Scrape = ReadonlyMap<string, number>;

const SCRAPER = 'what-prometheus-knows';

interface DeclaredMetric {
  readonly name: string;
  readonly type: string;
  readonly labelNames: readonly string[];
}

describe('metrics', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let before: Scrape;
  let after: Scrape;

  const asked = (query = '', authorization = `Bearer ${recount.firstKey}`) =>
    fetch(`${recount.url}/metrics${query}`, { headers: { authorization } });
  const told = async (query = ''): Promise<string> => (await asked(query)).text();
  const scrape = async (): Promise<Scrape> => {
    const text = await told('?include=mrr');
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      lines.map((line) => {
        const space = line.lastIndexOf(' ');
        return [line.slice(0, space), Number(line.slice(space + 1))];
      }),
    );
  };
  const lagOf = (scraped: Scrape, labels = '{projection="accounts"}') => ({
    running: scraped.get(`recount_projection_running${labels}`)!,
    positions: scraped.get(`recount_projection_lag_positions${labels}`)!,
    seconds: scraped.get(`recount_projection_lag_seconds${labels}`)!,
  });
  const scrapeLag = async () => lagOf(await scrape());
  const rise = (figure: string): number => (after.get(figure) ?? 0) - (before.get(figure) ?? 0);

  beforeAll(async () => {
    const nats = await stopping.use(TestNats.start());
    const access = new AccessSettings(1_000_000, null, 1_000_000, [], SCRAPER);
    recount = await stopping.use(TestRecount.start({ natsUrl: nats.url, access }));
    const client = await recount.manualTenant();
    await withCatalog(client);
    await openAccount(client, { externalId: 'ada' });
    await subscribe(client, 'external:ada');
    await recount.caughtUp();
    before = await scrape();

    const first = reading('external:ada', 1_500, '2025-01-10T12:00:00Z', { id: 'one' });
    const second = reading('external:ada', 10, '2025-01-11T12:00:00Z', { id: 'two' });
    const nobodys = reading('external:nobody', 10, '2025-01-11T12:00:00Z', { id: 'three' });
    await recordUsage(client, [first, second, first, nobodys]);
    expect((await client.post('meters', METER)).status).toBe(409);
    expect((await client.get('invoices/inv_01j9zq6e4hf0fvwpn5t5jzq3cd')).status).toBe(404);
    expect((await client.withKey('rk_unknown').get('invoices')).status).toBe(401);
    expect((await client.post('accounts', 'no object')).status).toBe(400);
    expect((await client.get('/v1/nowhere')).status).toBe(404);
    const door = await stopping.use(NatsDoorClient.connect(nats.url, client.key));
    expect(await door.ask('DefineMeter', { ...METER, key: 'by_nats' })).toMatchObject({ status: 201 });
    await bill(client, JANUARY.end);
    await recount.caughtUp();
    after = await scrape();
  });

  it('count requests by operation and status, also those that no guard let through', () => {
    expect(rise('recount_requests_total{operation="RecordUsage",door="rest",status="200"}')).toBe(1);
    expect(rise('recount_requests_total{operation="DefineMeter",door="rest",status="409"}')).toBe(1);
    expect(rise('recount_requests_total{operation="GetInvoice",door="rest",status="404"}')).toBe(1);
    expect(rise('recount_requests_total{operation="ListInvoices",door="rest",status="401"}')).toBe(1);
    expect(rise('recount_requests_total{operation="OpenAccount",door="rest",status="400"}')).toBe(1);
    expect(rise('recount_requests_total{operation="none",door="rest",status="404"}')).toBe(1);
    expect(rise('recount_requests_total{operation="DefineMeter",door="nats",status="201"}')).toBe(1);
    expect(rise('recount_request_duration_seconds_count{operation="RecordUsage",door="rest"}')).toBe(1);
  });

  it('count commands by result, those of reactors too', () => {
    expect(rise('recount_commands_total{command="RecordUsage",result="ok",code=""}')).toBe(1);
    expect(rise('recount_commands_total{command="ChangeMeters",result="conflict",code="meter_already_exists"}')).toBe(
      1,
    );
    expect(rise('recount_commands_total{command="NumberInvoice",result="ok",code=""}')).toBe(1);
    expect(rise('recount_command_duration_seconds_count{command="RecordUsage"}')).toBe(1);
  });

  it('count what was appended, and what readings became', () => {
    expect(rise('recount_appends_total{category="usage",result="ok"}')).toBe(1);
    expect(rise('recount_append_duration_seconds_count{category="usage"}')).toBe(1);
    expect(rise('recount_appended_events_total{category="usage"}')).toBe(1);
    expect(rise('recount_usage_ingest_total{result="accepted"}')).toBe(2);
    expect(rise('recount_usage_ingest_total{result="duplicate"}')).toBe(1);
    expect(rise('recount_usage_ingest_total{result="rejected"}')).toBe(1);
    expect(rise('recount_invoices_generated_total')).toBe(1);
  });

  it('time how long streams take to load', () => {
    const loads = after.get('recount_aggregate_load_duration_seconds_count{category="account"}');
    expect(loads).toBeGreaterThan(0);
  });

  it('tell of each projection what it did and how far it is behind', async () => {
    expect(rise('recount_projection_events_total{projection="invoices"}')).toBeGreaterThanOrEqual(2);
    expect(rise('recount_projection_batch_duration_seconds_count{projection="invoices"}')).toBeGreaterThanOrEqual(1);
    expect(lagOf(after)).toEqual({ running: 1, positions: 0, seconds: 0 });
    const client = await recount.manualTenant();
    await recount.caughtUp();
    await recount.client.done('POST', 'projections/accounts/pause', {});
    // The projector learns of the pause a moment later: until then it goes on.
    const writeAndScrape = () => openAccount(client).then(scrapeLag);
    const behind = await eventually(writeAndScrape, ({ running, seconds }) => running === 0 && seconds > 0);
    expect(behind.positions).toBeGreaterThan(0);
    await recount.client.done('POST', 'projections/accounts/resume', {});
    const caughtUp = { running: 1, positions: 0, seconds: 0 };
    await eventually(scrapeLag, (lag) => isDeepStrictEqual(lag, caughtUp));
  });

  it('tell the recurring revenue of all tenants by currency', () => {
    expect(after.get('recount_mrr{currency="USD"}')).toBe(20);
  });

  it('are told to nobody but their scraper and whoever looks after the installation, and revenue only where it is asked for', async () => {
    const client = await recount.manualTenant();
    await recount.caughtUp();
    const statusFor = async (authorization: string) => (await asked('', authorization)).status;
    expect(await statusFor('')).toBe(401);
    expect(await statusFor('Bearer rk_unknown')).toBe(401);
    expect(await statusFor(`Bearer ${SCRAPER}x`)).toBe(401);
    expect(await statusFor(`Bearer ${client.key}`)).toBe(403);
    expect(await statusFor(`Bearer ${SCRAPER}`)).toBe(200);
    expect((await client.withKey(SCRAPER).get('meters')).status).toBe(401);
    expect(await told()).not.toContain('recount_mrr');
    expect(await told()).toContain('recount_requests_total');
    expect((await asked('?include=mrrr')).status).toBe(400);
  });

  it('name no tenant and no account', async () => {
    const text = await told('?include=mrr');
    expect(text).not.toMatch(/(tnt|acc|sub|inv|key|run)_[0-9a-z]{6}|ada/u);
  });

  it('are named and told of as Prometheus wants it: promtool finds nothing', () => {
    const told = new Metrics().registry.getMetricsAsArray() as unknown as readonly ToldMetric[];
    expect(told.length).toBeGreaterThan(20);
    expect(told.flatMap(brokenRules)).toEqual([]);
    const misnamed = [
      { name: 'nodejs_active_handles_total', help: 'Handles.', type: 'gauge' },
      { name: 'recount_requests', help: '', type: 'counter' },
      { name: 'recount_wait_ms', help: 'Waits.', type: 'gauge' },
    ];
    expect(misnamed.flatMap(brokenRules)).toEqual([
      'nodejs_active_handles_total non-counter metrics should not have "_total" suffix',
      'recount_requests no help text',
      'recount_requests counter metrics should have "_total" suffix',
      'recount_wait_ms use base units, not abbreviated',
    ]);
  });

  it('are all documented, with their type and labels', () => {
    const { registry, revenue } = recount.app.get(Metrics);
    const told = [...registry.getMetricsAsArray(), ...revenue.getMetricsAsArray()].map((metric) => {
      const { name, type, labelNames } = metric as unknown as DeclaredMetric;
      return `| \`${name}\` | ${type} | ${labelNames.map((label) => `\`${label}\``).join(', ')} |`;
    });
    const ours = told.filter((line) => line.startsWith('| `recount_'));
    const documented = readFileSync('docs/operations.md', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `recount_'))
      .map(
        (line) =>
          `| ${line
            .split('|')
            .slice(1, 4)
            .map((cell) => cell.trim())
            .join(' | ')} |`,
      );
    expect(documented.sort()).toEqual(ours.sort());
  });
});
