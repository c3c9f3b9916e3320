import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { balances, openAccount, usd, withCatalog } from './samples.js';
import { YEAR_METERS, YEAR_PLANS } from './year-catalog.js';

/** Issued on; the total; lines that are not zero, as charge, kind, first day of their service and amount. */
type Row = readonly [issued: string, total: string, ...lines: readonly string[]];

/** Worked out by hand. 2024 is a leap year: its months have 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30 and 31 days. */
const INVOICES: Readonly<Record<string, readonly Row[]>> = {
  // A fee of 30.00 on the first of each month, and in April what March used: 1,500 tokens at 0.01.
  'ada, who pays a fee': [
    ['2024-01-01', '30.00', 'fee recurring 2024-01-01 30.00'],
    ['2024-02-01', '30.00', 'fee recurring 2024-02-01 30.00'],
    ['2024-03-01', '30.00', 'fee recurring 2024-03-01 30.00'],
    ['2024-04-01', '45.00', 'fee recurring 2024-04-01 30.00', 'tokens usage 2024-03-01 15.00'],
    ['2024-05-01', '30.00', 'fee recurring 2024-05-01 30.00'],
    ['2024-06-01', '30.00', 'fee recurring 2024-06-01 30.00'],
    ['2024-07-01', '30.00', 'fee recurring 2024-07-01 30.00'],
    ['2024-08-01', '30.00', 'fee recurring 2024-08-01 30.00'],
    ['2024-09-01', '30.00', 'fee recurring 2024-09-01 30.00'],
    ['2024-10-01', '30.00', 'fee recurring 2024-10-01 30.00'],
    ['2024-11-01', '30.00', 'fee recurring 2024-11-01 30.00'],
    ['2024-12-01', '30.00', 'fee recurring 2024-12-01 30.00'],
  ],
  // January's 1,000 tokens are 10.00. In February 500 more of January arrive: 5.00 more in March. In March the 1,000 turn out to be 800:
  // 2.00 less in April. In April the 500 are taken back: 5.00 less in May. January has cost 8.00 in the end.
  'bell, whose usage is late and wrong': [
    ['2024-01-01', '30.00', 'fee recurring 2024-01-01 30.00'],
    ['2024-02-01', '40.00', 'fee recurring 2024-02-01 30.00', 'tokens usage 2024-01-01 10.00'],
    ['2024-03-01', '35.00', 'fee recurring 2024-03-01 30.00', 'tokens late_usage 2024-01-01 5.00'],
    ['2024-04-01', '28.00', 'fee recurring 2024-04-01 30.00', 'tokens late_usage 2024-01-01 -2.00'],
    ['2024-05-01', '25.00', 'fee recurring 2024-05-01 30.00', 'tokens late_usage 2024-01-01 -5.00'],
    ['2024-06-01', '30.00', 'fee recurring 2024-06-01 30.00'],
    ['2024-07-01', '30.00', 'fee recurring 2024-07-01 30.00'],
    ['2024-08-01', '30.00', 'fee recurring 2024-08-01 30.00'],
    ['2024-09-01', '30.00', 'fee recurring 2024-09-01 30.00'],
    ['2024-10-01', '30.00', 'fee recurring 2024-10-01 30.00'],
    ['2024-11-01', '30.00', 'fee recurring 2024-11-01 30.00'],
    ['2024-12-01', '30.00', 'fee recurring 2024-12-01 30.00'],
  ],
  // Begins on the 31st: short months turn on their last day, long ones on the 31st again.
  'curie, whose months turn on the 31st': [
    ['2024-01-31', '30.00', 'fee recurring 2024-01-31 30.00'],
    ['2024-02-29', '30.00', 'fee recurring 2024-02-29 30.00'],
    ['2024-03-31', '30.00', 'fee recurring 2024-03-31 30.00'],
    ['2024-04-30', '30.00', 'fee recurring 2024-04-30 30.00'],
    ['2024-05-31', '30.00', 'fee recurring 2024-05-31 30.00'],
    ['2024-06-30', '30.00', 'fee recurring 2024-06-30 30.00'],
    ['2024-07-31', '30.00', 'fee recurring 2024-07-31 30.00'],
    ['2024-08-31', '30.00', 'fee recurring 2024-08-31 30.00'],
    ['2024-09-30', '30.00', 'fee recurring 2024-09-30 30.00'],
    ['2024-10-31', '30.00', 'fee recurring 2024-10-31 30.00'],
    ['2024-11-30', '30.00', 'fee recurring 2024-11-30 30.00'],
    ['2024-12-31', '30.00', 'fee recurring 2024-12-31 30.00'],
  ],
  // Leaves as the 11th of March begins: ten of 31 days were served, 30.00 × 10/31 = 9.68, so 20.32 come back; 400 tokens cost 4.00.
  'dirac, who cancels': [
    ['2024-01-01', '30.00', 'fee recurring 2024-01-01 30.00'],
    ['2024-02-01', '30.00', 'fee recurring 2024-02-01 30.00'],
    ['2024-03-01', '30.00', 'fee recurring 2024-03-01 30.00'],
    ['2024-03-11', '-16.32', 'tokens usage 2024-03-01 4.00', 'fee correction 2024-03-01 -20.32'],
  ],
  // 1,200.00 for the year; usage by months: June's 10,000 tokens cost 100.00 in July.
  'euler, who pays by the year': [
    ['2024-01-01', '1200.00', 'fee recurring 2024-01-01 1200.00'],
    ['2024-02-01', '0.00'],
    ['2024-03-01', '0.00'],
    ['2024-04-01', '0.00'],
    ['2024-05-01', '0.00'],
    ['2024-06-01', '0.00'],
    ['2024-07-01', '100.00', 'tokens usage 2024-06-01 100.00'],
    ['2024-08-01', '0.00'],
    ['2024-09-01', '0.00'],
    ['2024-10-01', '0.00'],
    ['2024-11-01', '0.00'],
    ['2024-12-01', '0.00'],
  ],
  // Seats cost 10.00 up to five, 8.00 beyond, by the days that they are held. Four from January on: 40.00. Four more from the 17th of March
  // on, for 15 of 31 days: one of them at 10.00 and three at 8.00, 34.00 × 15/31 = 16.45. Eight from April on: 50.00 + 24.00. Three leave on
  // the 11th of September, for its last 20 of 30 days: 24.00 × 20/30 = 16.00 less. Five from October on: 50.00.
  'fermi, whose seats come and go': [
    ['2024-02-01', '40.00', 'seats usage 2024-01-01 40.00'],
    ['2024-03-01', '40.00', 'seats usage 2024-02-01 40.00'],
    ['2024-04-01', '56.45', 'seats usage 2024-03-01 56.45'],
    ['2024-05-01', '74.00', 'seats usage 2024-04-01 74.00'],
    ['2024-06-01', '74.00', 'seats usage 2024-05-01 74.00'],
    ['2024-07-01', '74.00', 'seats usage 2024-06-01 74.00'],
    ['2024-08-01', '74.00', 'seats usage 2024-07-01 74.00'],
    ['2024-09-01', '74.00', 'seats usage 2024-08-01 74.00'],
    ['2024-10-01', '58.00', 'seats usage 2024-09-01 58.00'],
    ['2024-11-01', '50.00', 'seats usage 2024-10-01 50.00'],
    ['2024-12-01', '50.00', 'seats usage 2024-11-01 50.00'],
  ],
  // Five seats at 12.00 are 60.00 a month; it was told in May that June is the last one.
  'gauss, who lets it run out': [
    ['2024-01-01', '60.00', 'seats recurring 2024-01-01 60.00'],
    ['2024-02-01', '60.00', 'seats recurring 2024-02-01 60.00'],
    ['2024-03-01', '60.00', 'seats recurring 2024-03-01 60.00'],
    ['2024-04-01', '60.00', 'seats recurring 2024-04-01 60.00'],
    ['2024-05-01', '60.00', 'seats recurring 2024-05-01 60.00'],
    ['2024-06-01', '60.00', 'seats recurring 2024-06-01 60.00'],
  ],
  // Waits to be activated until the 15th of February at noon: months turn on the 15th, and are billed as that day begins.
  'hopper, who begins by hand': [
    ['2024-02-15', '30.00', 'fee recurring 2024-02-15 30.00'],
    ['2024-03-15', '30.00', 'fee recurring 2024-03-15 30.00'],
    ['2024-04-15', '30.00', 'fee recurring 2024-04-15 30.00'],
    ['2024-05-15', '30.00', 'fee recurring 2024-05-15 30.00'],
    ['2024-06-15', '30.00', 'fee recurring 2024-06-15 30.00'],
    ['2024-07-15', '30.00', 'fee recurring 2024-07-15 30.00'],
    ['2024-08-15', '30.00', 'fee recurring 2024-08-15 30.00'],
    ['2024-09-15', '30.00', 'fee recurring 2024-09-15 30.00'],
    ['2024-10-15', '30.00', 'fee recurring 2024-10-15 30.00'],
    ['2024-11-15', '30.00', 'fee recurring 2024-11-15 30.00'],
    ['2024-12-15', '30.00', 'fee recurring 2024-12-15 30.00'],
  ],
  // Begins on the 10th of May, by calendar months: 22 of May's 31 days, 30.00 × 22/31 = 21.29.
  'ising, who follows the calendar': [
    ['2024-05-10', '21.29', 'fee recurring 2024-05-10 21.29'],
    ['2024-06-01', '30.00', 'fee recurring 2024-06-01 30.00'],
    ['2024-07-01', '30.00', 'fee recurring 2024-07-01 30.00'],
    ['2024-08-01', '30.00', 'fee recurring 2024-08-01 30.00'],
    ['2024-09-01', '30.00', 'fee recurring 2024-09-01 30.00'],
    ['2024-10-01', '30.00', 'fee recurring 2024-10-01 30.00'],
    ['2024-11-01', '30.00', 'fee recurring 2024-11-01 30.00'],
    ['2024-12-01', '30.00', 'fee recurring 2024-12-01 30.00'],
  ],
  // The largest load of each day at 0.50: 30 on the 5th of January, where 10 came first, and 20 on the 6th. 50 × 0.50 = 25.00.
  'joule, whose peaks count': [
    ['2024-02-01', '25.00', 'peaks usage 2024-01-01 25.00'],
    ['2024-03-01', '0.00'],
    ['2024-04-01', '0.00'],
    ['2024-05-01', '0.00'],
    ['2024-06-01', '0.00'],
    ['2024-07-01', '0.00'],
    ['2024-08-01', '0.00'],
    ['2024-09-01', '0.00'],
    ['2024-10-01', '0.00'],
    ['2024-11-01', '0.00'],
    ['2024-12-01', '0.00'],
  ],
};

const nameOf = (title: string): string => title.slice(0, title.indexOf(','));

describe('a year in the life of ten accounts', () => {
  const stopping = new Stopping();
  let client: TestClient;
  let clock: Any;
  const accounts = new Map<string, Any>();

  const subscribe = (name: string, plan: string, fields: object = {}): Promise<Any> =>
    client.create('subscriptions', { accountId: `external:${name}`, plan, externalId: `${name}-${plan}`, ...fields });

  /** Time passes, with everything that falls due in it. */
  const until = async (to: string): Promise<void> => {
    expect(await client.create(`test-clocks/${clock.id}/advance`, { to })).toMatchObject({ status: 'ready' });
  };

  /** At the time that the clock shows, unless named. */
  const use = async (name: string, event: string, properties: object, fields: object = {}): Promise<void> => {
    const reading = { id: `${name} ${event} ${Object.values(properties).join()}`, event, properties, ...fields };
    const { results } = await client.create('usage', { events: [{ accountId: `external:${name}`, ...reading }] });
    expect(results).toMatchObject([{ status: 'accepted' }]);
  };

  const rows = async (name: string): Promise<Row[]> => {
    const { data } = await client.read(`invoices?accountId=external:${name}&limit=200`);
    const invoices: Any[] = await Promise.all(data.reverse().map(({ id }: Any) => client.read(`invoices/${id}`)));
    return invoices.map(({ issueDate, total, lines }) => [
      issueDate,
      total.amount,
      ...lines
        .filter(({ amount }: Any) => amount.amount !== '0.00')
        .map(
          ({ charge, kind, period, amount }: Any) => `${charge} ${kind} ${period.start.slice(0, 10)} ${amount.amount}`,
        ),
    ]);
  };

  /** What people do, in its order. Whatever else happens, falls due. */
  const live = async (): Promise<void> => {
    await Promise.all(['ada', 'bell', 'dirac'].map((name) => subscribe(name, 'solo')));
    await subscribe('euler', 'yearly');
    await subscribe('fermi', 'crew');
    await subscribe('gauss', 'team', { quantities: { seats: '5' } });
    await subscribe('hopper', 'solo', { activation: 'manual' });
    await subscribe('joule', 'load');
    await use('fermi', 'seats', { added: 4 });
    await until('2024-01-05T09:00:00Z');
    await use('joule', 'load', { level: 10 });
    await until('2024-01-05T15:00:00Z');
    await use('joule', 'load', { level: 30 });
    await until('2024-01-06T09:00:00Z');
    await use('joule', 'load', { level: 20 });
    await until('2024-01-20T12:00:00Z');
    await use('bell', 'llm_request', { tokens: 1_000 });
    await until('2024-01-31T00:00:00Z');
    await subscribe('curie', 'solo');
    await until('2024-02-10T00:00:00Z');
    await use('bell', 'llm_request', { tokens: 500 }, { at: '2024-01-25T12:00:00Z' });
    await until('2024-02-15T12:00:00Z');
    await client.create('subscriptions/external:hopper-solo/activate');
    await until('2024-03-05T12:00:00Z');
    await use('dirac', 'llm_request', { tokens: 400 });
    await until('2024-03-10T12:00:00Z');
    await use('ada', 'llm_request', { tokens: 1_500 });
    await until('2024-03-11T00:00:00Z');
    await client.create('subscriptions/external:dirac-solo/cancel', { at: 'now' });
    await until('2024-03-15T12:00:00Z');
    await client.create(`usage/${encodeURIComponent('bell llm_request 1000')}/amend`, {
      properties: { tokens: 800 },
      reason: 'a retry was counted twice',
    });
    await until('2024-03-17T08:00:00Z');
    await use('fermi', 'seats', { added: '4.0' });
    await until('2024-04-20T12:00:00Z');
    await client.create(`usage/${encodeURIComponent('bell llm_request 500')}/retract`, { reason: 'a load test' });
    await until('2024-05-10T00:00:00Z');
    await subscribe('ising', 'solo', { anchor: { align: 'calendar' } });
    await until('2024-06-15T12:00:00Z');
    await client.create('subscriptions/external:gauss-team/cancel', { at: 'period_end' });
    await use('euler', 'llm_request', { tokens: 10_000 });
    await until('2024-09-11T10:00:00Z');
    await use('fermi', 'seats', { added: -3 });
    await until('2024-12-31T12:00:00Z');
  };

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    ({ client } = await recount.createTenant('A year'));
    await withCatalog(client);
    for (const meter of YEAR_METERS) await client.create('meters', meter);
    for (const plan of YEAR_PLANS) await client.create('plans', plan);
    clock = await client.create('test-clocks', { name: 'A year', startAt: '2024-01-01T00:00:00Z' });
    for (const name of Object.keys(INVOICES).map(nameOf)) {
      accounts.set(name, await openAccount(client, { externalId: name, name, test: true, testClockId: clock.id }));
    }
    await live();
  }, 600_000);

  it.each(Object.entries(INVOICES))('%s', async (title, expected) => {
    expect(await rows(nameOf(title))).toEqual(expected);
  });

  it('leaves dirac a credit for what was paid and not served', async () => {
    expect(balances(await client.read('accounts/external:dirac/book'))).toMatchObject({ customer_credit: '16.32' });
    expect((await client.read('subscriptions/external:dirac-solo')).status).toBe('ended');
  });

  it('makes overdue what nobody paid within thirty days, and nothing else', async () => {
    const { data } = await client.read('invoices?accountId=external:ada&limit=200');
    const overdue = data.filter((invoice: Any) => invoice.overdue).map(({ issueDate }: Any) => issueDate);
    // November's fee is due on the first of December; December's is not yet.
    expect(overdue).toEqual(data.map(({ issueDate }: Any) => issueDate).filter((day: string) => day !== '2024-12-01'));
  });

  it('shows in the books of each what its invoices say', async () => {
    const cents = ({ amount }: Any): number => Math.round(Number(amount) * 100);
    for (const [name, { id }] of accounts) {
      const { data } = await client.read(`invoices?accountId=${id}&limit=200`);
      const owed = data.reduce((sum: number, { amountDue }: Any) => sum + cents(amountDue), 0);
      const { receivable = '0.00' } = balances(await client.read(`accounts/${id}/book`));
      expect({ name, owed }).toEqual({ name, owed: cents(usd(receivable)) });
    }
  });

  it('is found right by a verification of the log', async () => {
    const { id } = await client.create('audit/verifications', {});
    const done = await eventually(
      () => client.read(`audit/verifications/${id}`),
      ({ status }) => status !== 'running',
    );
    expect(done).toMatchObject({ status: 'completed', differences: [] });
  });
});
