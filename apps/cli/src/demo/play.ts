import { answerOf, type Resource } from '#client';
import pLimit from 'p-limit';
import { METERS, PLANS, TEAM_VERSION_2, HAS_SEATS } from './catalog.js';
import type { Customer } from './customers.js';
import { TRIAL_DAYS, type Decision } from './decisions.js';
import type { DemoTenant } from './demo-tenant.js';
import { Mishaps } from './mishaps.js';
import { amountOf, installmentsOf, minorOf, shareOf } from './payments.js';
import type { DemoReading } from './readings.js';
import { dayOf, daysLater, instantOf } from './stops.js';
import type { Story } from './story.js';
import { accountsOf, openInvoicesOf } from './whole-lists.js';

const READINGS_PER_REQUEST = 1_000;
const AT_A_TIME = 8;
const TOO_MUCH_MINOR = 10_000n;

type Invoice = Resource<'InvoiceSummaryResource'>;

export interface Played {
  accounts: number;
  readings: number;
  payments: number;
}

/** Plays a story against the API: at each stop of the clock, what people do by then. */
export class Play {
  readonly played: Played = { accounts: 0, readings: 0, payments: 0 };
  private readonly customers = new Map<string, Customer>();
  private readonly limit = pLimit(AT_A_TIME);
  private readonly mishaps: Mishaps;

  constructor(
    private readonly story: Story,
    private readonly tenant: DemoTenant,
  ) {
    this.mishaps = new Mishaps(story, tenant);
  }

  async prepare(): Promise<void> {
    const { client } = this.tenant;
    for (const body of METERS)
      await this.tell(`meter ${body.key}`, (headers) => client.POST('/v1/meters', { body, headers }));
    for (const body of PLANS)
      await this.tell(`plan ${body.key}`, (headers) => client.POST('/v1/plans', { body, headers }));
  }

  /** From where the clock stands: what was done before it stopped there is not done twice. */
  async stops(): Promise<readonly number[]> {
    const now = Date.parse(await this.tenant.now());
    await this.rememberAccounts();
    return [...this.story.stops.keys()].filter((stop) => this.story.stops[stop]!.at.getTime() >= now);
  }

  async play(stop: number): Promise<void> {
    await this.tenant.advance(instantOf(this.story.stops[stop]!.at));
    await this.use(this.story.readingsAt(stop));
    await this.pay(stop);
    await this.mishaps.play(stop);
    if (stop === this.story.versionStop) await this.publishVersion();
    await this.all(this.story.decisionsAt(stop), (decision) => this.carryOut(decision));
  }

  private async publishVersion(): Promise<void> {
    const params = { path: { key: 'team' } };
    await this.tell('version 2', (headers) =>
      this.tenant.client.POST('/v1/plans/{key}/versions', { params, body: TEAM_VERSION_2, headers }),
    );
  }

  private async use(readings: readonly DemoReading[]): Promise<void> {
    for (let first = 0; first < readings.length; first += READINGS_PER_REQUEST) {
      const events = readings.slice(first, first + READINGS_PER_REQUEST);
      const recorded = await answerOf(this.tenant.client.POST('/v1/usage', { body: { events: [...events] } }));
      this.tenant.seen(recorded);
      const refused = recorded.results.find(({ status }) => status === 'rejected');
      if (refused) throw new Error(`Reading ${refused.id} was refused: ${JSON.stringify(refused)}`);
      this.played.readings += recorded.results.filter(({ status }) => status === 'accepted').length;
    }
  }

  private async pay(stop: number): Promise<void> {
    await this.all(await openInvoicesOf(this.tenant), (invoice) => this.payIfTime(invoice, stop));
  }

  private async payIfTime(invoice: Invoice, stop: number): Promise<void> {
    const customer = this.customers.get(invoice.accountId)!;
    const today = dayOf(this.story.stops[stop]!.at);
    const installments = installmentsOf(customer, invoice.issueDate!, this.story.stopsPayingOn, this.story.chance);
    const due = installments.findLast(({ on }) => on <= today);
    if (!due) return;
    const paid = minorOf(invoice.total.amount) - minorOf(invoice.amountDue.amount);
    const minor =
      shareOf(invoice.total.amount, due.hundredths) - paid + (this.isTooMuch(customer, stop) ? TOO_MUCH_MINOR : 0n);
    if (minor <= 0n) return;
    const yesterday = daysLater(dayOf(this.story.stops[Math.max(0, stop - 1)]!.at), 1);
    const receivedOn = [due.on, yesterday].toSorted().at(-1)!;
    await this.tell(`payment ${invoice.id} ${stop}`, (headers) =>
      this.tenant.client.POST('/v1/invoices/{id}/payments', {
        params: { path: { id: invoice.id } },
        body: {
          amount: { amount: amountOf(minor), currency: invoice.total.currency },
          method: customer.habit === 'soon' ? 'direct_debit' : 'bank_transfer',
          receivedOn: receivedOn < today ? receivedOn : today,
        },
        headers,
      }),
    );
    this.played.payments++;
  }

  private isTooMuch({ part }: Customer, stop: number): boolean {
    return part === 'pays_too_much' && stop === this.story.middleAt(50);
  }

  private async carryOut(decision: Decision): Promise<void> {
    const { customer, stop, subscription, kind } = decision;
    const { client } = this.tenant;
    const params = { path: { id: `external:${subscription}` } };
    const name = `${kind} ${subscription} ${stop}`;
    switch (decision.kind) {
      case 'subscribe':
        return this.subscribe(decision);
      case 'seats': {
        const body = { quantities: { seats: String(decision.seats) }, at: instantOf(decision.at) };
        return this.tell(name, (headers) => client.POST('/v1/subscriptions/{id}/changes', { params, body, headers }));
      }
      case 'upgrade': {
        const body = { plan: decision.plan, quantities: { seats: String(decision.seats) }, at: 'now' };
        return this.tell(name, (headers) => client.POST('/v1/subscriptions/{id}/changes', { params, body, headers }));
      }
      case 'new_version': {
        const body = { plan: 'team', planVersion: 2, at: 'now' };
        return this.tell(name, (headers) => client.POST('/v1/subscriptions/{id}/changes', { params, body, headers }));
      }
      case 'pause': {
        const body = { until: instantOf(decision.until) };
        return this.tell(name, (headers) => client.POST('/v1/subscriptions/{id}/pause', { params, body, headers }));
      }
      case 'cancel': {
        const body = { at: decision.at, reason: `${customer.name} found something else.` };
        return this.tell(name, (headers) => client.POST('/v1/subscriptions/{id}/cancel', { params, body, headers }));
      }
    }
  }

  private async subscribe({
    customer,
    subscription,
    plan,
    seats,
    trial,
    at,
  }: Extract<Decision, { kind: 'subscribe' }>) {
    const { client } = this.tenant;
    await this.open(customer);
    await this.tell(`subscription ${subscription}`, (headers) =>
      client.POST('/v1/subscriptions', {
        body: {
          accountId: `external:${customer.key}`,
          externalId: subscription,
          plan,
          startAt: instantOf(at),
          ...(plan === 'team-yearly' ? {} : { anchor: { align: 'calendar' } }),
          ...(HAS_SEATS.has(plan) ? { quantities: { seats: String(seats) } } : {}),
          ...(trial ? { trialDays: TRIAL_DAYS } : {}),
        },
        headers,
      }),
    );
  }

  private async open(customer: Customer): Promise<void> {
    const { key, name, currency, netTermsDays } = customer;
    if ([...this.customers.values()].includes(customer)) return;
    const account = await this.tenant.tell(`account ${key}`, (headers) =>
      this.tenant.client.POST('/v1/accounts', {
        body: { externalId: key, name, email: `billing@${key}.example`, currency, netTermsDays },
        headers,
      }),
    );
    if (account) this.remember(account.id, customer);
  }

  private remember(id: string, customer: Customer): void {
    this.customers.set(id, customer);
    this.played.accounts = this.customers.size;
  }

  private async rememberAccounts(): Promise<void> {
    const byKey = new Map(this.story.customers.map((customer) => [customer.key, customer]));
    for (const { id, externalId } of await accountsOf(this.tenant)) this.remember(id, byKey.get(externalId!)!);
  }

  private async all<Thing>(things: readonly Thing[], act: (thing: Thing) => Promise<void>): Promise<void> {
    await Promise.all(things.map((thing) => this.limit(() => act(thing))));
  }

  private async tell(...asked: Parameters<DemoTenant['tell']>): Promise<void> {
    await this.tenant.tell(...asked);
  }
}
