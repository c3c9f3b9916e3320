import { isDeepStrictEqual } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { bill, invoicesOf, invoicesPerSecond } from './billing.js';
import type { Check, Report } from './report.js';
import {
  minorUnits,
  sumMinor,
  type InvoiceAnswer,
  type MoneyAnswer,
  type RunAnswer,
  type StateAnswer,
} from './resources.js';
import { accountName, EVENT, intervalOf, METERS, type Expected, type Scenario, type UsageEvent } from './scenario.js';
import type { Stack } from './stack.js';
import { send } from './usage.js';

const FIXED = 'platform_fee';
const LATE_READINGS = 100;
const DAYS_OF_A_CENTURY = 36_500;

/** The main job on a real trace, through the public REST API alone. */
export class Trace {
  private readonly states: StateAnswer[] = [];
  private readonly accountIds = new Map<string, string>();
  private late: readonly UsageEvent[] = [];

  constructor(
    private readonly stack: Stack,
    private readonly report: Report,
    private readonly scenario: Scenario,
    private readonly expected: Expected,
    private readonly events: readonly UsageEvent[],
    private readonly random: (max: number) => number,
  ) {}

  async run(): Promise<void> {
    const { report } = this;
    const end = this.scenario.period[1];
    await report.step('creates meters and plan', () => this.createCatalog());
    await report.step('creates accounts and subscriptions', () => this.createAccounts(accountName));
    await this.noteState();
    await report.step('sends every reading, killed on the way', (check) => this.sendAll(check));
    const first = await report.step('bills the period, killed on the way', () => bill(this.stack, end, { kill: true }));
    const invoices = await report.step('every line and total is as expected', (check) => this.compare(check, first));
    await this.noteState();
    await report.step('receivables, trial balance, AR aging and MRR agree with the invoices', (check) =>
      this.agree(check, invoices),
    );
    await report.step('everything sent again is a duplicate, and billing again makes nothing', (check) =>
      this.again(check),
    );
    await report.step('late readings are billed as the difference', (check) => this.billLate(check));
    await this.noteState();
    await report.step('invoices equal a fresh rating of the whole', (check) => this.compareWithFresh(check));
    await report.step('a void invoice is billed again to the same total', (check) => this.voidOne(check));
    await report.step('the state at noted revisions is what was served then', (check) => this.compareStates(check));
    await report.step('every projection rebuilds to the same tables', (check) => this.rebuild(check));
    await report.step('verification finds nothing', (check) => this.verify(check));
  }

  private async createCatalog(): Promise<void> {
    const { plan, currency, fixedTiming } = this.scenario;
    const { client } = this.stack;
    await client.put('settings/billing', {
      billing: 'manual',
      usageWindow: { pastDays: DAYS_OF_A_CENTURY, futureHours: 1 },
      // Late readings that make no cent are looked for on documents, too.
      zeroInvoices: 'issue',
    });
    for (const key of Object.keys(plan.usage))
      await client.post('meters', { key, name: key, eventName: EVENT, ...METERS[key] });
    await client.post('plans', {
      key: plan.key,
      name: plan.key,
      currency,
      interval: intervalOf(this.scenario),
      charges: [
        {
          key: FIXED,
          name: 'Platform fee',
          kind: 'recurring',
          timing: fixedTiming.startsWith('in_advance') ? 'in_advance' : 'in_arrears',
          price: { model: 'flat', amount: plan.fixedAmount },
        },
        ...Object.entries(plan.usage).map(([key, price]) => ({
          key,
          name: key,
          kind: 'usage',
          timing: 'in_arrears',
          meter: key,
          price,
        })),
      ],
    });
  }

  private async createAccounts(nameOf: (index: number) => string): Promise<void> {
    const { accounts, currency, plan, subscriptionStart } = this.scenario;
    const { client } = this.stack;
    for (let index = 0; index < accounts; index++) {
      const externalId = nameOf(index);
      const { id } = await client.post<{ id: string }>('accounts', { externalId, name: externalId, currency });
      this.accountIds.set(externalId, id);
      await client.post('subscriptions', { accountId: id, plan: plan.key, startAt: subscriptionStart });
    }
  }

  private async sendAll(check: Check): Promise<void> {
    const batches = Math.ceil(this.events.length / 1_000);
    const killAfter = 1 + this.random(Math.max(batches - 1, 1));
    let killing: Promise<void> | undefined;
    const sent = await send(this.stack, this.events, (answered) => {
      if (answered === killAfter) killing = this.stack.killAndRestart();
    });
    await killing;
    const recorded = (sent.statuses['accepted'] ?? 0) + (sent.statuses['duplicate'] ?? 0);
    check.equal('readings recorded', recorded, this.events.length);
    check.equal('server kills', this.stack.kills, 1);
    check.note(`${Math.round(this.events.length / sent.seconds)} readings/s with the restart`);
  }

  private async compare(check: Check, run: RunAnswer): Promise<InvoiceAnswer[]> {
    const invoices = await invoicesOf(this.stack, run);
    check.equal('invoices of the run', run.invoices, this.expected.invoices.length);
    check.equal('accounts failed', run.accounts.failed, 0);
    check.equal('invoices listed', invoices.length, this.expected.invoices.length);
    for (const { account, lines, total } of this.expected.invoices) {
      const found = invoices.filter(({ accountId }) => accountId === this.accountIds.get(account));
      check.equal(`${account}: invoices`, found.length, 1);
      const [invoice] = found;
      if (invoice) compareInvoice(check, account, invoice, lines, total);
    }
    check.equal('grand total', sumMinor(invoices.map(({ total }) => total)), BigInt(this.expected.grandTotal));
    check.equal(
      'numbers are gapless',
      sequences(invoices),
      invoices.map((_, index) => index + 1),
    );
    return invoices;
  }

  private async agree(check: Check, invoices: readonly InvoiceAnswer[]): Promise<void> {
    const { client } = this.stack;
    const { currency, accounts, plan, period } = this.scenario;
    const due = sumMinor(invoices.map(({ amountDue }) => amountDue));
    let receivable = 0n;
    for (const [name, id] of this.accountIds) {
      const { ledgerAccounts } = await client.get<{ ledgerAccounts: LedgerAccount[] }>(`accounts/${id}/book`);
      const own = balanceOf(ledgerAccounts, 'receivable');
      const owed = sumMinor(invoices.filter(({ accountId }) => accountId === id).map(({ amountDue }) => amountDue));
      check.equal(`${name}: receivable`, own, owed);
      receivable += own;
    }
    check.equal('receivables', receivable, due);
    const [trial] = await client.get<{ ledgerAccounts: LedgerAccount[]; balanced: boolean }[]>('reports/trial-balance');
    check.equal('trial balance balances', trial?.balanced, true);
    check.equal('trial balance: receivable', balanceOf(trial?.ledgerAccounts ?? [], 'receivable'), due);
    const [aging] = await client.get<{ currency: string; total: MoneyAnswer }[]>('reports/ar-aging');
    check.equal('AR aging', aging && minorUnits(aging.total), due);
    const query = new URLSearchParams({ from: period[0], to: period[1] });
    const [mrr] = await client.get<{ currency: string; points: { mrr: MoneyAnswer }[] }[]>(
      `reports/mrr?${query.toString()}`,
    );
    if (intervalOf(this.scenario).unit === 'month' && intervalOf(this.scenario).count === 1) {
      const recurring = invoices.flatMap(({ lines }) => lines).filter(({ charge }) => charge === FIXED);
      const billed = sumMinor(recurring.map(({ amount }) => amount));
      check.equal('MRR', mrr ? Number(mrr.points.at(-1)!.mrr.amount) : 0, Number(plan.fixedAmount) * accounts);
      check.equal(
        'MRR agrees with the recurring lines',
        billed,
        BigInt(accounts) * minorOf(plan.fixedAmount, recurring[0]?.amount),
      );
      check.equal('currency of MRR', mrr?.currency, currency);
    }
  }

  private async again(check: Check): Promise<void> {
    const sent = await send(this.stack, this.events);
    check.equal('statuses', sent.statuses, { duplicate: this.events.length });
    check.note(`${Math.round(this.events.length / sent.seconds)} duplicates/s`);
    const run = await bill(this.stack, this.scenario.period[1]);
    check.equal('invoices of the second run', run.invoices, 0);
  }

  private async billLate(check: Check): Promise<void> {
    this.late = Array.from({ length: LATE_READINGS }, (_, index) => {
      const like = this.events[this.random(this.events.length)]!;
      return { ...like, id: `late-${index}` };
    });
    const sent = await send(this.stack, this.late);
    check.equal('late readings', sent.statuses, { accepted: LATE_READINGS });
    const run = await bill(this.stack, this.scenario.period[1]);
    const concerned = new Set(this.late.map(({ accountId }) => accountId)).size;
    check.equal('accounts billed again', run.accounts.billed, concerned);
    check.note(invoicesPerSecond(run));
  }

  /** The same readings, late ones included, sent for other accounts and billed in one go. */
  private async compareWithFresh(check: Check): Promise<void> {
    const fresh = (name: string) => `fresh-${name}`;
    await this.createAccounts((index) => fresh(accountName(index)));
    const all = [...this.events, ...this.late].map((event) => ({
      ...event,
      accountId: event.accountId.replace('external:', 'external:fresh-'),
    }));
    const sent = await send(this.stack, all);
    check.equal('readings', sent.statuses, { accepted: all.length });
    check.note(`${Math.round(all.length / sent.seconds)} readings/s`);
    const names = Array.from({ length: this.scenario.accounts }, (_, index) => accountName(index));
    const run = await bill(this.stack, this.scenario.period[1], {
      accounts: names.map((name) => `external:${fresh(name)}`),
    });
    check.note(invoicesPerSecond(run));
    for (const name of names) {
      const [live, freshly] = [await this.billedOf(name), await this.billedOf(fresh(name))];
      check.equal(`${name}: billed`, live, freshly);
    }
  }

  /** Quantity and amount per charge over all live invoices of an account. */
  private async billedOf(name: string): Promise<Record<string, { quantity: number; amount: string }>> {
    const listed = await this.stack.client.all<InvoiceAnswer>(
      `invoices?accountId=external:${name}&status=draft,open,paid`,
    );
    const billed: Record<string, { quantity: number; amount: string }> = {};
    for (const { id } of listed) {
      for (const { charge, quantity, amount } of (await this.stack.client.get<InvoiceAnswer>(`invoices/${id}`)).lines) {
        const known = billed[charge] ?? { quantity: 0, amount: '0' };
        billed[charge] = {
          quantity: known.quantity + Number(quantity),
          amount: String(BigInt(known.amount) + minorUnits(amount)),
        };
      }
    }
    return Object.fromEntries(Object.entries(billed).sort(([left], [right]) => (left < right ? -1 : 1)));
  }

  private async voidOne(check: Check): Promise<void> {
    const name = accountName(this.random(this.scenario.accounts));
    const before = await this.billedOf(name);
    const [invoice] = (
      await this.stack.client.all<InvoiceAnswer>(`invoices?accountId=external:${name}&status=open,paid`)
    ).slice(-1);
    const voided = await this.stack.client.post<InvoiceAnswer & { log: { position: string } }>(
      `invoices/${invoice!.id}/void`,
      { reason: 'trace' },
    );
    check.equal('status', voided.status, 'void');
    const run = await bill(this.stack, this.scenario.period[1]);
    check.equal('invoices made again', run.invoices, 1);
    const [again] = await invoicesOf(this.stack, run);
    check.equal('total', again?.total, invoice!.total);
    check.equal('billed in all', await this.billedOf(name), before);
  }

  private async noteState(): Promise<void> {
    this.states.push(await this.stack.client.get<StateAnswer>(`accounts/external:${accountName(0)}/state`));
  }

  private async compareStates(check: Check): Promise<void> {
    for (const served of this.states) {
      for (const asOf of [`revision:${served.revision}`, `position:${served.position}`, served.recordedAt]) {
        const query = new URLSearchParams({ asOf });
        const now = await this.stack.client.get<StateAnswer>(
          `accounts/external:${accountName(0)}/state?${query.toString()}`,
        );
        if (!isDeepStrictEqual(now, served)) check.equal(`state as of ${asOf}`, now, served);
      }
    }
    check.note(`revisions ${this.states.map(({ revision }) => revision).join(', ')}`);
  }

  private async rebuild(check: Check): Promise<void> {
    const { client } = this.stack;
    const begun = performance.now();
    const names = (await client.get<ProjectionAnswer[]>('projections')).map(({ name }) => name);
    for (const name of names) await client.post(`projections/${name}/rebuild`, { compare: true });
    let projections: ProjectionAnswer[];
    do {
      await sleep(50);
      projections = await client.get<ProjectionAnswer[]>('projections');
    } while (projections.some(({ rebuild }) => rebuild?.status === 'requested' || rebuild?.status === 'running'));
    for (const { name, rebuild } of projections) {
      check.equal(`${name}: rebuild`, rebuild?.status, 'completed');
      check.equal(`${name}: hash`, rebuild?.hashes?.rebuilt, rebuild?.hashes?.live);
      if (!rebuild?.hashes) check.differs(`${name}: was not compared`);
    }
    const events = Math.max(...projections.map(({ rebuild }) => Number(rebuild?.events ?? 0)));
    check.note(
      `${names.length} projections, ${events} events, ${Math.round((events * 1000) / (performance.now() - begun))} events/s`,
    );
  }

  private async verify(check: Check): Promise<void> {
    const { client } = this.stack;
    let verification = await client.post<VerificationAnswer>('audit/verifications');
    while (verification.status === 'running') {
      await sleep(50);
      verification = await client.get<VerificationAnswer>(`audit/verifications/${verification.id}`);
    }
    check.equal('status', verification.status, 'completed');
    check.equal('accounts', verification.accounts, this.accountIds.size);
    check.equal('differences', verification.differences, []);
  }
}

interface LedgerAccount {
  readonly code: string;
  readonly balance: MoneyAnswer;
}

interface ProjectionAnswer {
  readonly name: string;
  readonly rebuild: {
    readonly status: string;
    readonly events: string;
    readonly hashes: { readonly live: string; readonly rebuilt: string } | null;
  } | null;
}

interface VerificationAnswer {
  readonly id: string;
  readonly status: string;
  readonly accounts: number;
  readonly differences: readonly unknown[];
}

const balanceOf = (accounts: readonly LedgerAccount[], code: string): bigint => {
  const found = accounts.find((account) => account.code === code);
  return found ? minorUnits(found.balance) : 0n;
};

const compareInvoice = (
  check: Check,
  account: string,
  invoice: InvoiceAnswer,
  lines: Expected['invoices'][number]['lines'],
  total: number,
): void => {
  for (const { charge, quantity, amount } of lines) {
    const line = invoice.lines.find((candidate) => candidate.charge === charge);
    // A fixed amount of 0 makes a line of 0, or none.
    if (!line && amount === 0) continue;
    check.equal(`${account} ${charge}: amount`, line && minorUnits(line.amount), BigInt(amount));
    if (quantity !== undefined) check.equal(`${account} ${charge}: quantity`, line?.quantity, quantity);
  }
  check.equal(
    `${account}: lines`,
    invoice.lines.every(({ charge }) => lines.some((line) => line.charge === charge)),
    true,
  );
  check.equal(`${account}: total`, minorUnits(invoice.total), BigInt(total));
};

const sequences = (invoices: readonly InvoiceAnswer[]): number[] =>
  invoices.map(({ number }) => Number(/\d+$/.exec(number ?? '')?.[0])).sort((left, right) => left - right);

/** A plan's amount in the minor units that the lines have. */
const minorOf = (amount: string, like: MoneyAnswer | undefined): bigint => {
  const digits = like?.amount.split('.')[1]?.length ?? 0;
  const [integer, fraction = ''] = amount.split('.') as [string, string?];
  return BigInt(integer + fraction.padEnd(digits, '0').slice(0, digits));
};
