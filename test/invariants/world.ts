import { Accounts, type Account, type AccountCommand } from '#billing/account';
import { draftLines } from '#billing/invoice';
import { firstDayAfter, monthOf } from '#billing/revenue';
import type { TaxTerms } from '#billing/tax';
import { type CountedReading } from '#billing/usage';
import {
  accountStream,
  decodeEvent,
  USAGE_SHARDS_DEFAULT,
  usageStream,
  type AccountFact,
  type Stored,
  type BillingPolicy,
  type TaxRate,
} from '#contracts';
import {
  AppendOutcomeUnknown,
  daysBetween,
  derivedId,
  DomainError,
  EventLogUnavailable,
  plusDays,
  plusDuration,
  Decimal,
  type AccountId,
  type CreditNoteId,
  type InvoiceId,
  type LocalDate,
  type TestClockId,
} from '#kernel';
import { bookBalance } from '#ledger';
import { foldAccount, foldUsage, type AccountFold } from '#replay';
import {
  ACCOUNT,
  addDraftLine,
  addInvoiceItem,
  aPolicy,
  anEnvelope,
  applyCredit,
  applyDiscount,
  at,
  billAccount,
  buyCredit,
  cancelSubscription,
  changeDraftLine,
  changePlan,
  closeWallet,
  Crash,
  createSubscription,
  discountDraft,
  expireGrant,
  FaultyEventLog,
  finalizeInvoice,
  FixedClock,
  GRACE,
  grantCredit,
  InMemoryEventLog,
  issueCreditNote,
  on,
  openWallet,
  ownInvoice,
  pauseSubscription,
  receivePayment,
  recognizeRevenue,
  refundCredit,
  refundPayment,
  removeDiscount,
  resumeSubscription,
  reversePayment,
  sealed,
  TENANT,
  uncancelSubscription,
  usd,
  ENTITY,
  NO_TAX,
  voidCreditNote,
  voidGrant,
  voidInvoice,
  withdrawChange,
} from '#testing';
import { propose, type Envelope } from '#write-path';
import { CATALOG } from './catalog.js';
import { FIRST_DAY, type Operation, type Step } from './operations.js';

const BEGIN = at('2026-01-01T00:00:00Z');
const ATTEMPTS_MAX = 4;

type Deciding = Exclude<Operation, { kind: 'record' | 'wait' }>;
type Request = (account: Account, known: readonly CountedReading[]) => AccountCommand;

const partOf = (minor: bigint, percent: number) => ({ minor: (minor * BigInt(percent)) / 100n, currency: 'USD' });

const dollars = (minor: bigint) => ({ minor, currency: 'USD' });

/** Of which half rolls over. */
const monthly = (minor: bigint) =>
  ({
    kind: 'promotional',
    amount: dollars(minor),
    interval: { unit: 'month', count: 1 },
    startAt: BEGIN,
    rollover: { minimum: dollars(minor / 4n), maximum: dollars(minor / 2n) },
  }) as const;

const rechargedBelow = (minor: bigint) =>
  ({ below: dollars(minor), to: dollars(2n * minor), monthlyCap: dollars(3n * minor), usableOn: 'payment' }) as const;

const instantOf = (day: number) => plusDuration(BEGIN, { days: day });

interface Beginning {
  /** An invoice has so many lines of subscriptions at most, and a billing goes on until nothing is left. */
  readonly linesMax?: number;
  readonly log?: InMemoryEventLog;
  /** The how manieth account of the log: its commands, and what they create, have names of their own. */
  readonly number?: number;
  readonly accountId?: AccountId;
  /** The clock that the account lives by, which makes it one that no report counts. */
  readonly testClockId?: TestClockId;
  /** Its invoices bear taxes, by rules that change from one to the next. */
  readonly taxed?: boolean;
}

const aRate = (code: string, rate: string, parts: Partial<TaxRate> = {}): TaxRate => ({
  code,
  jurisdiction: 'CA',
  category: 'S',
  rate,
  validFrom: on('2020-01-01'),
  ...parts,
});

/** The rate changes with the year, and some of what is sold bears another one. */
const RATES: readonly TaxRate[] = [
  aRate('gst', '5'),
  aRate('gst', '7', { validFrom: on('2026-01-20') }),
  aRate('gst-reduced', '3.5', { taxClass: 'reduced' }),
  aRate('qst', '9.975', { compound: true }),
];

const SERVICE_END = { taxPoint: 'service_end' } as const;

const TAXES: readonly TaxTerms[] = (
  [
    ['document', 'exclusive'],
    ['line', 'exclusive'],
    ['document', 'inclusive'],
    ['line', 'inclusive'],
  ] as const
).map(([rounding, prices]) => ({
  settings: { provider: 'rates', country: 'CA', rounding, prices, ...(prices === 'exclusive' ? SERVICE_END : {}) },
  rates: RATES,
  buyer: { country: 'CA', region: null, isBusiness: false },
}));

const COMMANDS_PER_ACCOUNT = 1_000_000;

/** One account, two processes that do not know of each other, and a log on which appends fail. */
export class World {
  readonly log: InMemoryEventLog;
  readonly accountId: AccountId;
  readonly stream: string;
  private readonly clock = new FixedClock(instantOf(FIRST_DAY));
  private readonly linesMax: number | undefined;
  private readonly taxed: boolean;
  private readonly faults: FaultyEventLog;
  private readonly processes: [Accounts, Accounts];
  private commands: number;
  private folded: AccountFold | null = null;

  private constructor({
    linesMax,
    log = new InMemoryEventLog(),
    number = 0,
    accountId = ACCOUNT,
    taxed = false,
  }: Beginning) {
    this.linesMax = linesMax;
    this.taxed = taxed;
    this.log = log;
    this.accountId = accountId;
    this.stream = accountStream(TENANT, accountId);
    this.faults = new FaultyEventLog(log);
    this.processes = [this.process(), this.process()];
    this.commands = number * COMMANDS_PER_ACCOUNT;
  }

  static async begin(beginning: Beginning = {}): Promise<World> {
    const world = new World(beginning);
    const { testClockId } = beginning;
    await world.accountsOf(false).execute(
      world.stream,
      world.envelope(),
      {
        type: 'OpenAccount',
        accountId: world.accountId,
        personal: sealed(),
        currency: 'USD',
        timeZone: 'UTC',
        netTermsDays: 30,
        taxStatus: 'taxable',
        entityId: ENTITY,
        metadata: {},
        ...(testClockId === undefined ? {} : { test: true, testClockId }),
        now: instantOf(0),
      },
      () => null,
    );
    return world;
  }

  /** Runs a step as its client sees it: what has no answer is sent again, what crashed runs in a new process. */
  async take({ operation, otherProcess, fault, repeated }: Step): Promise<void> {
    this.clock.advance({ seconds: 1 });
    if (operation.kind === 'wait') return void this.clock.advance({ days: operation.days });
    if (operation.kind === 'record') return this.record(operation);
    if (operation.kind === 'bill' && this.linesMax !== undefined) return this.billWhole(operation, otherProcess);
    const envelope = this.envelope();
    const request = await this.requestOf(operation, envelope.commandId);
    if (!request) return;
    if (fault !== null) this.faults.failing(fault);
    const answers: unknown[] = [];
    for (let sent = 0; sent < (repeated ? 2 : 1); sent++) {
      answers.push(await this.send(request, envelope, otherProcess));
    }
    this.faults.forgive();
    if (repeated && JSON.stringify(answers[0]) !== JSON.stringify(answers[1])) {
      throw new Error(
        `A repeated ${operation.kind} was answered ${JSON.stringify(answers[1])} after ${JSON.stringify(answers[0])}.`,
      );
    }
  }

  private async billWhole(operation: Extract<Operation, { kind: 'bill' }>, otherProcess: boolean): Promise<void> {
    // Further parts count for themselves: what is created is named alike in a world without a bound.
    const first = this.envelope();
    for (let revision = -1, part = 0; ; part++) {
      const envelope = part === 0 ? first : anEnvelope(1_000 * this.commands + part, { accountId: this.accountId });
      await this.send((await this.requestOf(operation, envelope.commandId))!, envelope, otherProcess);
      const facts = await Array.fromAsync(this.log.readStream(this.stream, { from: revision + 1 }));
      const advanced = facts.findLast(({ type }) => type === 'BillingAdvanced');
      if (advanced === undefined || (advanced.data as { readonly rest?: unknown }).rest === undefined) return;
      revision = facts.at(-1)!.revision;
    }
  }

  /** As the log has it now. */
  async fold(): Promise<AccountFold> {
    const [last] = await Array.fromAsync(this.log.readStream(this.stream, { direction: 'backward', limit: 1 }));
    if (this.folded?.stream.revision !== last!.revision)
      this.folded = await foldAccount(this.log, TENANT, this.accountId);
    return this.folded;
  }

  async readings(): Promise<readonly CountedReading[]> {
    return (await foldUsage(this.log, TENANT, this.accountId, USAGE_SHARDS_DEFAULT)).readings;
  }

  async events(): Promise<Stored<AccountFact>[]> {
    const events = await Array.fromAsync(this.log.readStream(this.stream));
    return events.map((event) => decodeEvent<AccountFact>(event));
  }

  async facts(): Promise<AccountFact[]> {
    return (await this.events()).map(({ fact }) => fact);
  }

  /** Books all months that anything is told of, also those that are not over yet. */
  async recognizeAll(): Promise<void> {
    const { months } = (await this.fold()).stream.state.revenue;
    const last = [...months.keys()].sort().at(-1);
    if (last === undefined) return;
    const parts = { catalog: CATALOG, recognitionId: derivedId('rcg', this.accountId, 'all') };
    const request: Request = (account, known) => recognizeRevenue(last, { ...parts, known })(account);
    await this.send(request, this.envelope(), false);
  }

  /** The state that a process has in memory, brought up to the end of the stream. */
  cached(otherProcess: boolean): Promise<string> {
    return this.accountsOf(otherProcess).view(this.stream, text, 0);
  }

  private accountsOf(otherProcess: boolean): Accounts {
    return this.processes[otherProcess ? 1 : 0];
  }

  private process(): Accounts {
    return new Accounts(this.faults, this.clock);
  }

  private envelope() {
    this.commands += 1;
    return anEnvelope(this.commands, { accountId: this.accountId });
  }

  /** The same request again and again, until it is answered: its target is named, its facts are gathered anew. */
  private async send(request: Request, envelope: Envelope, otherProcess: boolean): Promise<unknown> {
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      try {
        const command = request((await this.fold()).stream.state, await this.readings());
        const { revision } = await this.accountsOf(otherProcess).execute(this.stream, envelope, command, () => null);
        return { revision };
      } catch (error) {
        if (error instanceof DomainError) return { refused: error.code };
        if (error instanceof Crash) this.processes[otherProcess ? 1 : 0] = this.process();
        else if (!(error instanceof AppendOutcomeUnknown) && !(error instanceof EventLogUnavailable)) throw error;
      }
    }
    throw new Error(`A request was not answered in ${ATTEMPTS_MAX} attempts.`);
  }

  /** What a client asks for, seeing the account as it is; null if what it would name is not there. */
  private async requestOf(operation: Deciding, commandId: string): Promise<Request | null> {
    const fold = await this.fold();
    const { subscriptions, invoices, creditNotes, payments, transfers, book, wallets, grants } = fold.stream.state;
    const now = this.clock.now();
    const today = on(now.slice(0, 10));
    const bills = { catalog: CATALOG, now };
    const tax = this.taxed ? TAXES[invoices.size % TAXES.length]! : NO_TAX;
    switch (operation.kind) {
      case 'subscribe': {
        const anchor = operation.anchor === null ? {} : { day: operation.anchor };
        return () =>
          createSubscription({
            ...bills,
            subscriptionId: derivedId('sub', commandId),
            plan: operation.plan,
            startAt: instantOf(operation.day),
            trial: { days: operation.trialDays, ...(operation.day % 2 === 0 ? {} : { price: '4.99' }) },
            anchor: { align: 'subscription', ...anchor },
          });
      }
      case 'cancel': {
        const id = [...subscriptions.keys()][operation.which];
        const { credit } = operation;
        return id
          ? () =>
              cancelSubscription({
                ...bills,
                subscriptionId: id,
                changeId: commandId,
                at: instantOf(operation.day),
                credit,
              })
          : null;
      }
      case 'change': {
        const id = [...subscriptions.keys()][operation.which];
        const { day, plan, seats, proration } = operation;
        if (!id) return null;
        const parts = { ...bills, subscriptionId: id, changeId: commandId, at: instantOf(day), proration };
        return () => changePlan({ ...parts, quantities: { seat: String(seats) }, ...(plan === null ? {} : { plan }) });
      }
      case 'pause': {
        const id = [...subscriptions.keys()][operation.which];
        const { day, days, credit } = operation;
        if (!id) return null;
        const parts = { ...bills, subscriptionId: id, changeId: commandId, at: instantOf(day), credit };
        return () => pauseSubscription({ ...parts, ...(days === null ? {} : { until: instantOf(day + days) }) });
      }
      case 'discount': {
        const id = [...subscriptions.keys()][operation.which];
        const { percent, minor, duration, charge } = operation;
        if (!id) return null;
        const terms = {
          duration,
          ...(percent === null ? { amount: usd(BigInt(minor)) } : { percent: String(percent) }),
          ...(duration === 'periods' ? { periods: 2 } : {}),
          ...(duration === 'until' ? { ends: plusDays(today, 40) } : {}),
          ...(charge === null ? {} : { charges: [charge] }),
        };
        return () => applyDiscount({ ...bills, subscriptionId: id, discountId: derivedId('dsc', commandId), terms });
      }
      case 'removeDiscount': {
        const subscription = [...subscriptions.values()][operation.which];
        const discount = subscription?.discounts[operation.discount];
        return subscription && discount
          ? () => removeDiscount({ ...bills, subscriptionId: subscription.id, discountId: discount.id })
          : null;
      }
      case 'resume': {
        const id = [...subscriptions.keys()][operation.which];
        const { day } = operation;
        return id
          ? () => resumeSubscription({ ...bills, subscriptionId: id, changeId: commandId, at: instantOf(day) })
          : null;
      }
      case 'uncancel': {
        const id = [...subscriptions.keys()][operation.which];
        return id ? () => uncancelSubscription({ ...bills, subscriptionId: id }) : null;
      }
      case 'withdraw': {
        const subscription = [...subscriptions.values()][operation.which];
        const change = subscription?.changes[operation.change];
        return subscription && change
          ? () => withdrawChange({ ...bills, subscriptionId: subscription.id, changeId: change.changeId })
          : null;
      }
      case 'bill': {
        const zeroInvoices = operation.skipsNothing ? 'skip' : 'issue';
        const policy: BillingPolicy = { ...(operation.grace ? GRACE : aPolicy()), zeroInvoices };
        const parts = {
          ...bills,
          tax,
          invoiceId: derivedId('inv', commandId),
          billThrough: instantOf(operation.day),
          issueDate: on(instantOf(Math.min(operation.day, daysBetween(on(BEGIN.slice(0, 10)), today))).slice(0, 10)),
          policy,
          ...(this.linesMax === undefined ? {} : { linesMax: this.linesMax }),
        };
        return (account, known) => billAccount({ ...parts, known })(account);
      }
      case 'finalize': {
        const draft = [...invoices.values()].find(({ status }) => status === 'draft');
        return draft ? () => finalizeInvoice({ ...bills, tax, invoiceId: draft.id }) : null;
      }
      case 'void': {
        const id = [...invoices.keys()][operation.which];
        return id ? () => voidInvoice({ catalog: CATALOG, invoiceId: id, bookedOn: today }) : null;
      }
      case 'pay': {
        const invoice = [...invoices.values()][operation.which];
        if (!invoice) return null;
        const minor = ((invoice.issued?.totals.total.minor ?? 100n) * BigInt(operation.percent)) / 100n;
        const amount = { minor, currency: 'USD' };
        const { id: invoiceId } = invoice;
        return () =>
          receivePayment({ paymentId: derivedId('pay', commandId), invoiceId, amount, receivedOn: today, now });
      }
      case 'payAccount': {
        const { minor, daysAgo, allocate, named } = operation;
        const invoice = named === null ? undefined : [...invoices.keys()][named];
        return () =>
          receivePayment({
            paymentId: derivedId('pay', commandId),
            amount: { minor: BigInt(minor), currency: 'USD' },
            receivedOn: plusDays(today, -daysAgo),
            allocations: invoice ? [{ invoiceId: invoice }] : [],
            allocate,
            now,
          });
      }
      case 'refund': {
        const payment = [...payments.values()][operation.which];
        if (!payment) return null;
        const { percent, reopen } = operation;
        return () =>
          refundPayment({
            refundId: derivedId('rfd', commandId),
            paymentId: payment.id,
            reopenInvoices: reopen,
            bookedOn: today,
            ...(percent === null ? {} : { amount: partOf(payment.amount.minor, percent) }),
          });
      }
      case 'refundCredit': {
        const { percent } = operation;
        const credit = bookBalance(book, 'customer_credit', 'USD');
        return () =>
          refundCredit({
            refundId: derivedId('rfd', commandId),
            bookedOn: today,
            ...(percent === null ? {} : { amount: partOf(credit, percent) }),
          });
      }
      case 'applyCredit':
        return () => applyCredit({ bookedOn: today });
      case 'uncollectible': {
        const id = [...invoices.keys()][operation.which];
        return id ? () => ({ type: 'MarkInvoiceUncollectible', invoiceId: id, bookedOn: today }) : null;
      }
      case 'creditNote': {
        const id = [...invoices.keys()][operation.which];
        return id ? this.creditNoteOf(operation, id, derivedId('crn', commandId), fold, today) : null;
      }
      case 'voidCreditNote': {
        const id = [...creditNotes.keys()][operation.which];
        return id ? () => voidCreditNote({ ...bills, creditNoteId: id, bookedOn: today }) : null;
      }
      case 'transfer': {
        const { gives, pending, minor } = operation;
        const sides = gives
          ? ({ debit: 'promotional_discount', credit: 'customer_credit' } as const)
          : ({ debit: 'customer_credit', credit: 'wallet' } as const);
        const amount = { minor: BigInt(minor), currency: 'USD' };
        const flags = pending ? (['pending'] as const) : [];
        const order = { transferId: derivedId('tfr', commandId), amount, flags, ...sides };
        return () => ({ type: 'SubmitTransfers', orders: [order], bookedOn: today, timeZone: 'UTC', now });
      }
      case 'resolveTransfer': {
        const pending = [...transfers.values()].filter(({ status }) => status === 'pending')[operation.which];
        if (!pending) return null;
        const flag = operation.post ? 'post_pending' : 'void_pending';
        const order = { transferId: derivedId('tfr', commandId), flags: [flag], pendingId: pending.id } as const;
        return () => ({ type: 'SubmitTransfers', orders: [order], bookedOn: today, timeZone: 'UTC', now });
      }
      case 'recognize': {
        const { bookedThrough } = fold.stream.state.revenue;
        const month = bookedThrough === null ? BEGIN.slice(0, 7) : monthOf(firstDayAfter(bookedThrough));
        const parts = { catalog: CATALOG, tax, today, recognitionId: derivedId('rcg', this.accountId, month) };
        return (account, known) => recognizeRevenue(month, { ...parts, known })(account);
      }
      case 'item': {
        const price = { amount: { minor: BigInt(operation.minor), currency: 'USD' } };
        const own = ownInvoice(derivedId('inv', commandId), now);
        const itemId = derivedId('itm', commandId);
        return () => addInvoiceItem({ itemId, price, now, ...(operation.own ? { own } : {}) });
      }
      case 'addLine': {
        const draft = [...invoices.values()].find(({ status }) => status === 'draft');
        const price = { amount: { minor: BigInt(operation.minor), currency: 'USD' } };
        const itemId = derivedId('itm', commandId);
        return draft ? () => addDraftLine({ invoiceId: draft.id, itemId, price, now }) : null;
      }
      case 'changeLine': {
        const draft = [...invoices.values()].find(({ status }) => status === 'draft');
        const line = draft && draftLines(draft)[operation.which];
        const to = { minor: BigInt(operation.minor), currency: 'USD' };
        const itemId = derivedId('itm', commandId);
        return line ? () => changeDraftLine(line.lineId, to, { invoiceId: draft.id, itemId, now }) : null;
      }
      case 'discountDraft': {
        const draft = [...invoices.values()].find(({ status }) => status === 'draft');
        const { percent, minor } = operation;
        const takesOff = percent === null ? { amount: usd(BigInt(minor)) } : { percent: String(percent) };
        const itemId = derivedId('itm', commandId);
        return draft ? () => discountDraft(takesOff, { invoiceId: draft.id, itemId, now }) : null;
      }
      case 'discountAccount': {
        const { percent, duration } = operation;
        const terms = {
          name: 'Partner',
          percent: String(percent),
          duration,
          ...(duration === 'periods' ? { periods: 2 } : {}),
          ...(duration === 'until' ? { ends: plusDays(today, 40) } : {}),
        };
        return () => ({ type: 'ApplyAccountDiscount', ...bills, discountId: derivedId('dsc', commandId), terms });
      }
      case 'removeAccountDiscount': {
        const [discountId] = fold.stream.state.discounts.keys();
        return discountId ? () => ({ type: 'RemoveAccountDiscount', ...bills, discountId }) : null;
      }
      case 'openWallet': {
        const { plan } = operation;
        const walletId = derivedId('wal', commandId);
        return () => openWallet({ walletId, scope: plan === null ? {} : { plans: [plan] }, now });
      }
      case 'grant': {
        const id = [...wallets.keys()][operation.which];
        if (!id) return null;
        const { of, minor, priority, from, days } = operation;
        const effectiveAt = plusDuration(now, { days: from });
        const parts = {
          walletId: id,
          grantId: derivedId('grt', commandId),
          amount: { minor: BigInt(minor), currency: 'USD' },
          priority,
          effectiveAt,
          ...(days === null ? {} : { expiresAt: plusDuration(effectiveAt, { days }) }),
          now,
        };
        if (of === 'promotional' || of === 'compensation') return () => grantCredit({ ...parts, kind: of });
        const topUp = ownInvoice(derivedId('inv', commandId), now);
        return () => buyCredit({ ...parts, topUp, usableOn: of === 'paid' ? 'payment' : 'issue' });
      }
      case 'expireGrant': {
        const due = [...grants.values()].filter(
          ({ granted: { expiresAt }, left }) => expiresAt !== undefined && expiresAt <= now && left > 0n,
        )[operation.which];
        return due ? () => expireGrant({ grantId: due.id, catalog: CATALOG, now }) : null;
      }
      case 'voidGrant': {
        const grant = [...grants.values()][operation.which];
        const parts = { bookedOn: today, now };
        return grant ? () => voidGrant({ ...parts, walletId: grant.walletId, grantId: grant.id }) : null;
      }
      case 'closeWallet': {
        const id = [...wallets.keys()][operation.which];
        const { remainder } = operation;
        const parts = { bookedOn: today, ...(remainder === null ? {} : { remainder }) };
        return id ? () => closeWallet({ ...parts, walletId: id }) : null;
      }
      case 'recur': {
        const walletId = [...wallets.keys()][operation.which];
        if (!walletId) return null;
        const { minor } = operation;
        const recurrence = minor === null ? null : monthly(BigInt(minor));
        return () => ({ type: 'SetGrantRecurrence', walletId, recurrence, now });
      }
      case 'turn': {
        const walletId = [...wallets.keys()][operation.which];
        return walletId ? () => ({ type: 'GrantAtTurn', walletId, now }) : null;
      }
      case 'setRecharge': {
        const walletId = [...wallets.keys()][operation.which];
        if (!walletId) return null;
        const { below } = operation;
        const recharge = below === null ? null : rechargedBelow(BigInt(below));
        return () => ({ type: 'SetWalletRecharge', walletId, recharge, now });
      }
      case 'recharge': {
        const walletId = [...wallets.keys()][operation.which];
        const topUp = ownInvoice(derivedId('inv', commandId), now);
        return walletId ? () => ({ type: 'RechargeWallet', walletId, topUp }) : null;
      }
      case 'erase': {
        const { documents } = operation;
        return () => ({ type: 'ErasePersonalData', keyIds: [sealed().keyId], documents, now });
      }
      case 'reverse': {
        const id = [...payments.keys()][operation.which];
        return id ? () => reversePayment({ paymentId: id, bookedOn: today }) : null;
      }
    }
  }

  /** Of what is a draft, it is asked, too: that is refused. */
  private creditNoteOf(
    { of, line: place, percent }: Extract<Operation, { kind: 'creditNote' }>,
    invoiceId: InvoiceId,
    creditNoteId: CreditNoteId,
    { lines, stream: { state } }: AccountFold,
    bookedOn: LocalDate,
  ): Request | null {
    const billed = state.invoices.get(invoiceId)!.status === 'draft' ? null : (lines.get(invoiceId) ?? []);
    const parts = { invoiceId, creditNoteId, bookedOn };
    if (of === 'rest') return () => issueCreditNote(billed, { ...parts, kind: 'cancellation' });
    const whole = (billed ?? []).reduce((total, { amount }) => total + amount.minor, 0n);
    if (of === 'invoice') return () => issueCreditNote(billed, { ...parts, amount: partOf(whole, percent) });
    const line = billed?.[place];
    if (!line) return null;
    const share =
      of === 'units'
        ? { quantity: Decimal.parse(line.quantity).times(new Decimal(BigInt(percent), 2)) }
        : { amount: partOf(line.amount.minor, percent) };
    return () => issueCreditNote(billed, { ...parts, lines: [{ lineId: line.lineId, ...share }] });
  }

  /** Usage streams take whatever comes: also the same reading twice, with other contents. */
  private async record({ readings }: Extract<Operation, { kind: 'record' }>): Promise<void> {
    const { state } = (await this.fold()).stream;
    const [subscription] = state.subscriptions.keys();
    const stored = readings.map(({ id, day, tokens, assigned }) => ({
      id: `r${id}`,
      event: 'call',
      at: plusDuration(instantOf(day), { hours: id % 24 }),
      properties: { tokens: String(tokens), model: `m${tokens % 5}` },
      ...(assigned && subscription ? { subscriptionId: subscription } : {}),
    }));
    const stream = usageStream(TENANT, this.accountId, USAGE_SHARDS_DEFAULT);
    const fact = {
      type: 'UsageRecorded',
      data: { accounts: [{ accountId: this.accountId, readings: stored }], source: 'api' },
    } as const;
    const proposals = propose([fact], stream, this.envelope(), this.clock.now());
    await this.log.append(
      stream,
      proposals.map(({ event }) => event),
      'any',
    );
  }
}

/** Bigints and maps as texts, order kept: equal folds give equal texts. */
export const text = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) => {
    if (typeof member === 'bigint') return `${member}n`;
    return member instanceof Map ? [...(member as Map<unknown, unknown>)] : member;
  });
