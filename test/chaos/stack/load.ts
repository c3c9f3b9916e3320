/** What callers do meanwhile: each does one thing after the other, and keeps what was acknowledged. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PROJECTION_NAMES } from '../../../apps/server/src/projecting/read-models.js';
import { METER, PLAN as USUAL_PLAN } from '../../e2e/samples.js';
import type { Any } from '../../services/test-client.js';
import type { Ledger } from './ledger.js';
import { instantIn, monthStart, MONTHS } from './months.js';
import type { PersistentCaller } from './persistent-caller.js';
import { Seeded } from './seeded.js';

/** Some hundred are enough to find one that is lost, and are looked through in seconds. */
const ACCOUNTS_MAX = 300;
const READINGS_AT_ONCE = 12;
const TOKENS_MAX = 5_000;
const CENTS_MAX = 10_000;
const MINUTES_OF_A_MONTH = 27 * 24 * 60;

/** Of so many accounts one is erased. */
const EACH_ERASED = 6;
const KEYED_SHARE = 0.3;
const LOOK_MILLISECONDS = 200;

/** Subscriptions begin in the first months, so that there is something to bill at once. */
const FIRST_MONTHS = 6;

const [FEE, TOKENS] = USUAL_PLAN.charges;

/** A cent for each token, so that callers know what is billed. */
const PLAN = { ...USUAL_PLAN, charges: [FEE, { ...TOKENS, price: { model: 'per_unit', unitAmount: '0.01' } }] };

/** Nothing happens but by runs, and usage may be of any age. */
const BILLING = { billing: 'manual', usageWindow: { pastDays: 36_500, futureHours: 1 } };

/** Who it is, how long he pauses, and what he does each time. */
type Actor = readonly [string, number, (chance: Seeded) => Promise<void>];

/** An outage holds each of them up by himself. */
const several = (name: string, count: number, ...[pause, work]: readonly [Actor[1], Actor[2]]): Actor[] =>
  Array.from({ length: count }, (_, index) => [`${name} ${index}`, pause, work]);

const keyed = (key: string) => ({ 'idempotency-key': key });

export class Load {
  private isOver = false;
  private sent = 0;

  constructor(
    private readonly caller: PersistentCaller,
    private readonly ledger: Ledger,
    private readonly seed: number,
    /** From 0 to 1: how much of the faults is over. */
    private readonly progress: () => number,
  ) {}

  async prepare(): Promise<void> {
    await this.caller.done('PUT', 'settings/billing', BILLING);
    await this.caller.done('POST', 'meters', METER, keyed('the meter'));
    await this.caller.done('POST', 'plans', PLAN, keyed('the plan'));
    const chance = new Seeded(this.seed, 'first accounts');
    for (let number = 0; number < 3; number++) await this.openAccount(chance);
  }

  /** Until it is told to end; then each finishes what he has begun. */
  async run(): Promise<void> {
    const actors: readonly Actor[] = [
      ['opens', 80, (chance) => this.openAccount(chance)],
      ...several('measures', 6, 10, (chance) => this.sendUsage(chance)),
      ...several('pays', 4, 10, (chance) => this.pay(chance)),
      ['bills', 500, () => this.bill()],
      ['erases', 200, (chance) => this.erase(chance)],
      ['rebuilds', 2_000, (chance) => this.rebuild(chance)],
      ['reads', 10, (chance) => this.look(chance)],
    ];
    await Promise.all(actors.map((actor) => this.act(...actor)));
  }

  end(): void {
    this.isOver = true;
  }

  private async act(name: string, pauseMilliseconds: number, work: (chance: Seeded) => Promise<void>): Promise<void> {
    const chance = new Seeded(this.seed, name);
    while (!this.isOver) {
      await work(chance);
      await sleep(pauseMilliseconds);
    }
  }

  private async openAccount(chance: Seeded): Promise<void> {
    const number = this.ledger.accounts.size + 1;
    if (number > ACCOUNTS_MAX) return;
    const firstMonth = chance.integer(0, FIRST_MONTHS - 1);
    const name = `Account ${number} Ltd`;
    const account = await this.command('accounts', {
      name,
      externalId: `account-${number}`,
      email: `billing@account-${number}.example`,
      currency: 'USD',
    });
    this.ledger.opened(account.id, name, firstMonth);
    const subscription = await this.command('subscriptions', {
      accountId: account.id,
      plan: 'pro',
      startAt: monthStart(firstMonth),
    });
    this.ledger.subscribed(account.id, subscription.id);
  }

  private async sendUsage(chance: Seeded): Promise<void> {
    const readings = Array.from({ length: chance.integer(1, READINGS_AT_ONCE) }, () => {
      const accountId = chance.pick(this.ledger.open);
      const firstMonth = this.ledger.accounts.get(accountId)!.firstMonth;
      return {
        id: `reading-${++this.sent}`,
        event: METER.eventName,
        accountId,
        at: instantIn(chance.integer(firstMonth, MONTHS - 1), chance.integer(0, MINUTES_OF_A_MONTH)),
        properties: { tokens: chance.integer(1, TOKENS_MAX) },
      };
    });
    // Readings are told apart by their ids, with a key and without.
    const headers = chance.next() < KEYED_SHARE ? keyed(`usage ${this.sent}`) : {};
    const { results, log } = await this.caller.done('POST', 'usage', { events: readings }, headers);
    this.ledger.reached(BigInt(log.position));
    for (const [index, reading] of readings.entries()) {
      if (results[index].status === 'rejected')
        throw new Error(`A reading was rejected: ${JSON.stringify(results[index])}`);
      this.ledger.read(reading);
    }
  }

  private async pay(chance: Seeded): Promise<void> {
    const account = chance.pick(this.ledger.open);
    const cents = chance.integer(1, CENTS_MAX);
    const amount = { amount: `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`, currency: 'USD' };
    const payment = await this.command(`accounts/${account}/payments`, { amount });
    this.ledger.paid(account, payment.id, cents);
  }

  /** A month more as the faults go on, the same month again where they do not: a second run finds nothing twice. */
  async bill(through = 1 + Math.floor(this.progress() * (MONTHS - 1))): Promise<void> {
    const run = await this.command('billing-runs', { billThrough: monthStart(through) });
    const after = { 'recount-consistent-with': run.log.position };
    for (let { status } = run; status === 'running'; await sleep(LOOK_MILLISECONDS)) {
      const found = await this.caller.done('GET', `billing-runs/${run.id}`, undefined, after);
      if (found.accounts.failed > 0) throw new Error(`Run ${run.id} failed for ${found.accounts.failed} accounts.`);
      ({ status } = found);
    }
  }

  private async erase(chance: Seeded): Promise<void> {
    const { open, accounts } = this.ledger;
    const erased = open.filter((id) => accounts.get(id)!.isErased).length;
    if (open.length < (erased + 1) * EACH_ERASED) return;
    const account = chance.pick(open.filter((id) => !accounts.get(id)!.isErased));
    await this.command(`accounts/${account}/erase`, { reason: 'asked for' });
    this.ledger.erased(account);
  }

  private async rebuild(chance: Seeded): Promise<void> {
    const name = chance.pick(PROJECTION_NAMES);
    await this.caller.done('POST', `projections/${name}/rebuild`, { compare: true });
  }

  private async look(chance: Seeded): Promise<void> {
    const account = chance.pick(this.ledger.open);
    const paths = ['accounts', 'invoices', 'reports/trial-balance', `accounts/${account}`, `accounts/${account}/book`];
    await this.caller.once('GET', chance.pick(paths));
  }

  private async command(path: string, body: object): Promise<Any> {
    const answer = await this.caller.done('POST', path, body, keyed(`${path} ${++this.sent}`));
    if (answer.log !== undefined) this.ledger.reached(BigInt(answer.log.position));
    return answer;
  }
}
