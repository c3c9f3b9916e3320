import { accountDecider, type AccountCommand } from '#billing/account';
import { type Catalog } from '#billing/catalog';
import { dueWithin, LINES_PER_INVOICE_MAX, usageDemands } from '#billing/invoice';
import { buyerOf, DEFAULT_TAX_SETTINGS } from '#billing/tax';
import { DEFAULT_BILLING_POLICY } from '#billing/tenant';
import { measure, type CountedReading } from '#billing/usage';
import type { AccountFact, InvoiceLine } from '#contracts';
import { derivedId, localDateOf, parseInstant, type Instant, type Money } from '#kernel';
import { availableBalance } from '#ledger';
import { catalogOf, planOf, USED, type Fee } from './fees.js';

/** An invoice, in minor units. */
export interface Billed {
  readonly lines: readonly InvoiceLine[];
  readonly total: bigint;
  readonly creditApplied: bigint;
  readonly due: bigint;
}

type Of<Type extends AccountCommand['type']> = Extract<AccountCommand, { type: Type }>;

const SEALED = { keyId: 'key', iv: 'iv', ciphertext: 'nobody' };
const THE_BEGINNING = parseInstant('1970-01-01T00:00:00Z');

/** A customer of the product: what cases say of subscriptions happens to one, and is billed as it would be. */
export class Account {
  private readonly state = accountDecider.initialState();
  private readonly catalog: Catalog;
  private readonly readings: CountedReading[] = [];
  private revision = 0;

  constructor(
    fees: readonly Fee[],
    private readonly currency = 'USD',
    private readonly timeZone = 'UTC',
  ) {
    this.catalog = catalogOf(fees, currency);
    this.decides({
      type: 'OpenAccount',
      accountId: derivedId('acc', 'case'),
      personal: SEALED,
      currency,
      timeZone,
      netTermsDays: 0,
      taxStatus: 'exempt',
      entityId: derivedId('ent', 'case'),
      metadata: {},
      now: THE_BEGINNING,
    });
  }

  /** The subscription of the nth fee begins. */
  subscribes(nth: number, now: Instant, parts: Partial<Of<'CreateSubscription'>> = {}): void {
    this.decides({
      type: 'CreateSubscription',
      subscriptionId: subscriptionOf(nth),
      plan: planOf(nth),
      anchor: { align: 'subscription' },
      activation: 'automatic',
      quantities: {},
      overrides: {},
      catalog: this.catalog,
      now,
      ...parts,
    });
  }

  cancels(nth: number, at: Instant, now = at): void {
    this.decides({
      type: 'CancelSubscription',
      subscriptionId: subscriptionOf(nth),
      changeId: `change-${this.revision}`,
      at,
      credit: 'prorated',
      catalog: this.catalog,
      now,
    });
  }

  pauses(nth: number, at: Instant, until: Instant, now = at): void {
    this.decides({
      type: 'PauseSubscription',
      subscriptionId: subscriptionOf(nth),
      changeId: `change-${this.revision}`,
      at,
      until,
      credit: 'prorated',
      catalog: this.catalog,
      now,
    });
  }

  /** So much is used at an instant, and known from now on. */
  uses(value: string, at: Instant): void {
    const revision = this.readings.length;
    this.readings.push({
      id: `r${revision}`,
      event: USED.eventName,
      at,
      properties: { value },
      revision,
      ordinal: 0,
      digest: BigInt(revision),
    });
  }

  /** Pays what no invoice asks for: it is to its credit. */
  pays(amount: Money, now: Instant): void {
    this.decides({
      type: 'ReceivePayment',
      paymentId: derivedId('pay', 'case', this.revision),
      amount,
      method: 'manual',
      receivedOn: localDateOf(now, this.timeZone),
      allocations: [],
      allocate: 'none',
      now,
      timeZone: this.timeZone,
    });
  }

  /** An item waits for the next invoice. */
  owes(amount: Money, now: Instant): void {
    this.decides({
      type: 'AddInvoiceItem',
      itemId: derivedId('itm', 'case', this.revision),
      description: 'Item',
      price: { amount },
      metadata: {},
      now,
    });
  }

  /** What it has to its credit, in minor units. */
  get credit(): bigint {
    return availableBalance(this.state.book, 'customer_credit', this.currency);
  }

  /** An invoice of what is due by then and is not billed yet. */
  bills(through: Instant): Billed {
    const facts = this.decides({
      type: 'BillAccount',
      invoiceId: derivedId('inv', 'case', this.revision),
      billThrough: through,
      policy: DEFAULT_BILLING_POLICY,
      ...this.measuredUsage(through),
      catalog: this.catalog,
      entityId: derivedId('ent', 'case'),
      seriesId: derivedId('ser', 'case'),
      creditNoteSeriesId: derivedId('ser', 'case', 'credit_note'),
      timeZone: this.timeZone,
      issueDate: localDateOf(through, this.timeZone),
      seller: { name: 'Acme' },
      billTo: SEALED,
      tax: { settings: DEFAULT_TAX_SETTINGS, rates: [], buyer: buyerOf({}) },
      now: through,
    });
    const totals = facts.find((fact) => fact.type === 'InvoiceFinalized')?.data.totals;
    return {
      lines: facts.flatMap((fact) => (fact.type === 'InvoiceLinesAdded' ? fact.data.lines : [])),
      total: totals?.total.minor ?? 0n,
      creditApplied: totals?.creditApplied.minor ?? 0n,
      due: totals?.due.minor ?? 0n,
    };
  }

  /** Whether a line is of the nth subscription. */
  isOf(nth: number): (line: InvoiceLine) => boolean {
    return ({ subscriptionId }) => subscriptionId === subscriptionOf(nth);
  }

  private measuredUsage(billThrough: Instant) {
    const { state, catalog, readings } = this;
    const arrivals = readings
      .filter(({ revision }) => revision > state.usageCut)
      .map(({ event, at, revision }) => ({ event, day: at.slice(0, 10), revision }));
    const due = dueWithin(state, { catalog, billThrough, arrivals }, LINES_PER_INVOICE_MAX).services;
    const measured = usageDemands(due, state, catalog).map(
      (demand) => [demand.key, measure(demand, readings)] as const,
    );
    return { usage: { stream: '', cut: readings.length - 1, byKey: new Map(measured) }, arrivals };
  }

  private decides(command: AccountCommand): readonly AccountFact[] {
    const facts = accountDecider.decide(command, this.state);
    for (const fact of facts)
      accountDecider.evolve(this.state, fact, { revision: (this.revision += 1), recordedAt: THE_BEGINNING });
    return facts;
  }
}

const subscriptionOf = (nth: number) => derivedId('sub', 'case', nth);
