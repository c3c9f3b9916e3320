/** What is there in the end, as callers are told it. */
import { everyRow } from '../../services/every-row.js';
import type { Any } from '../../services/test-client.js';
import type { Expected, Found, FoundAccount } from './counting.js';
import type { Ledger } from './ledger.js';
import { monthStart, MONTHS } from './months.js';
import type { PersistentCaller } from './persistent-caller.js';

const AT_ONCE = 500;
const ALL_MONTHS = `from=${monthStart(0)}&to=${monthStart(MONTHS)}`;

/** When everything is billed through the last month: the fee of each from the first one on, also of the month that begins then. */
export const expectedBy = ({ accounts }: Ledger): Expected => ({
  accounts,
  billed: (account) => ({
    months: monthsFrom(account.firstMonth),
    usageCents: [...account.readings.values()].reduce((sum, tokens) => sum + tokens, 0),
  }),
});

const monthsFrom = (first: number): string[] =>
  Array.from({ length: MONTHS + 1 - first }, (_, index) => monthStart(first + index));

export class FoundThings {
  constructor(
    private readonly caller: PersistentCaller,
    private readonly ledger: Ledger,
  ) {}

  async all(): Promise<Found> {
    const listed = await this.list('accounts');
    const invoices = Map.groupBy(await this.list('invoices'), ({ accountId }) => accountId as string);
    const subscriptions = Map.groupBy(await this.list('subscriptions'), ({ accountId }) => accountId as string);
    const payments = Map.groupBy(await this.list('payments'), ({ accountId }) => accountId as string);
    const accounts = new Map<string, FoundAccount>();
    for (const { id, name } of listed) {
      accounts.set(id, {
        name,
        subscriptions: (subscriptions.get(id) ?? []).map((subscription) => subscription.id),
        payments: (payments.get(id) ?? []).map((payment) => ({ id: payment.id, cents: centsOf(payment.amount) })),
        ...(await this.usage(id)),
        ...(await this.billed(invoices.get(id) ?? [])),
      });
    }
    return { accountIds: listed.map(({ id }) => id), accounts };
  }

  private async usage(account: string): Promise<Pick<FoundAccount, 'usage' | 'readings'>> {
    const { data } = await this.get(`accounts/${account}/usage?meter=tokens&${ALL_MONTHS}`);
    const [window] = data;
    const usage = { count: window?.count ?? 0, tokens: Number(window?.quantity ?? 0) };
    return { usage, readings: await this.readings(account) };
  }

  /** Each acknowledged reading is sent once more: it is there if it is a duplicate, and was lost if it is accepted. */
  private async readings(account: string): Promise<Set<string>> {
    const sent = this.ledger.accounts.get(account)?.sent ?? [];
    const there = new Set<string>();
    for (let from = 0; from < sent.length; from += AT_ONCE) {
      const { results } = await this.caller.done('POST', 'usage', { events: sent.slice(from, from + AT_ONCE) });
      for (const { id, status } of results) if (status === 'duplicate') there.add(id);
    }
    return there;
  }

  private async billed(invoices: readonly Any[]): Promise<Pick<FoundAccount, 'feeMonths' | 'usageCents'>> {
    const lines: Any[] = [];
    for (const { id } of invoices) lines.push(...(await this.get(`invoices/${id}`)).lines);
    const of = (charge: string): Any[] => lines.filter((line) => line.charge === charge);
    return {
      feeMonths: of('fee').map(({ period }) => period.start),
      usageCents: of('tokens').reduce((sum, { amount }) => sum + centsOf(amount), 0),
    };
  }

  private list(path: string): Promise<Any[]> {
    return everyRow((page) => this.get(page), path);
  }

  private get(path: string): Promise<Any> {
    return this.caller.done('GET', path, undefined, { 'recount-consistent-with': String(this.ledger.position) });
  }
}

const centsOf = ({ amount }: { readonly amount: string }): number => Math.round(Number(amount) * 100);
