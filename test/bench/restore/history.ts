import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Accounts, type Account, type AccountCommand } from '#billing/account';
import { Catalogs, type Catalog } from '#billing/catalog';
import { dueWithin, LINES_PER_INVOICE_MAX, usageDemands } from '#billing/invoice';
import { AssignNumbers } from '#billing/numbering';
import { buyerOf } from '#billing/tax';
import { DEFAULT_BILLING_POLICY, issuerOf, Tenants } from '#billing/tenant';
import { measure } from '#billing/usage';
import {
  accountOfStream,
  accountStream,
  decodeEvent,
  numberingStream,
  usageStream,
  type Fact,
  readingDigest,
  type Personal,
  type Reading,
  type StoredFact,
} from '#contracts';
import { EventStoreDbLog } from '#event-store';
import {
  derivedId,
  derivedUuid,
  money,
  parseInstant,
  type AccountId,
  type InvoiceId,
  type Clock,
  type EventLog,
  type Instant,
  type LocalDate,
  type TenantId,
} from '#kernel';
import { KeyRing, MasterKey, PersonalKeys, SealedPersonalData } from '#personal-data';
import { ChainedEventLog, propose, type Envelope } from '#write-path';
import pLimit from 'p-limit';
import { METER, PLAN as USUAL_PLAN } from '../../e2e/samples.js';

const ACCOUNTS_AT_A_TIME = 2_000;
const COMMANDS_AT_A_TIME = 64;
const READINGS_PER_EVENT = 100;
const TOKENS = 1_500;
/** What `billed` comes to: 20.00, and 0.01 for each token beyond the first thousand. */
const INVOICE_MINOR = 25_00n;

const fee = (key: string, amount: string) => ({
  key,
  name: key,
  kind: 'recurring',
  timing: 'in_arrears',
  price: { model: 'flat', amount },
});

const [, TOKENS_CHARGE] = USUAL_PLAN.charges;

export const PLAN = {
  ...USUAL_PLAN,
  charges: [fee('fee', '12.00'), fee('support', '8.00'), { ...TOKENS_CHARGE, timing: 'in_arrears' }],
};

/** An installation with a tenant, its meter and its plan. */
export interface Installed {
  readonly eventStoreUrl: string;
  /** Has its master key and key ring. */
  readonly data: string;
  readonly tenantId: TenantId;
}

/** What reports are to say of it. */
export interface History {
  readonly accounts: number;
  readonly billedMinor: bigint;
  readonly paidMinor: bigint;
}

/**
 * The last month of so many accounts, in the log alone: opened, subscribed, with usage, an invoice of three lines and its number; every second
 * one has paid. Decided as the product decides, without its transports and read models.
 */
export const writeHistory = async (installed: Installed, accounts: number): Promise<History> => {
  const log = new EventStoreDbLog(installed.eventStoreUrl);
  try {
    const now = new Date();
    const clock = { now: () => parseInstant(new Date().toISOString()) };
    const month = (back: number) =>
      parseInstant(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back)).toISOString());
    const writer = await HistoryWriter.of(new ChainedEventLog(log), clock, installed, {
      begin: month(1),
      end: month(0),
    });
    for (let first = 0; first < accounts; first += ACCOUNTS_AT_A_TIME)
      await writer.write(first, Math.min(accounts, first + ACCOUNTS_AT_A_TIME));
    const billedMinor = BigInt(accounts) * INVOICE_MINOR;
    const paidMinor = BigInt(Math.ceil(accounts / 2)) * INVOICE_MINOR;
    return { accounts, billedMinor, paidMinor };
  } finally {
    await log.dispose();
  }
};

type Profile = NonNullable<Account['profile']>;

interface Month {
  readonly begin: Instant;
  readonly end: Instant;
}

class HistoryWriter {
  private constructor(
    private readonly log: EventLog,
    private readonly clock: Clock,
    private readonly month: Month,
    private readonly tenantId: TenantId,
    private readonly personal: SealedPersonalData,
    private readonly terms: Awaited<ReturnType<Tenants['billingTerms']>>,
    private readonly catalog: Catalog,
    private readonly numbers: AssignNumbers,
  ) {}

  static async of(log: EventLog, clock: Clock, { data, tenantId }: Installed, month: Month): Promise<HistoryWriter> {
    const master = new MasterKey(Buffer.from(readFileSync(join(data, 'master-key'), 'utf8').trim(), 'base64'));
    const keys = new PersonalKeys(KeyRing.open(join(data, 'key-ring')), master, undefined as never);
    const tenants = new Tenants(log, clock);
    return new HistoryWriter(
      log,
      clock,
      month,
      tenantId,
      new SealedPersonalData(keys),
      await tenants.billingTerms(tenantId),
      await new Catalogs(log, clock).ofTenant(tenantId),
      new AssignNumbers(log, tenants, clock),
    );
  }

  /** The accounts of two numbers and those between. */
  async write(first: number, end: number): Promise<void> {
    const ids = Array.from({ length: end - first }, (_, index) => derivedId('acc', this.tenantId, first + index));
    const own = new Accounts(this.log, this.clock);
    const limit = pLimit(COMMANDS_AT_A_TIME);
    const each = (work: (accountId: AccountId, index: number) => Promise<unknown>) =>
      Promise.all(ids.map((id, index) => limit(() => work(id, index))));

    await each((id, index) => this.open(own, id, first + index));
    await each((id) => this.tell(own, id, 'subscribe', this.subscription(id)));
    const revisions = await this.record(ids);
    const finalized: StoredFact<'InvoiceFinalized'>[] = [];
    await each((id) => this.bill(own, id, revisions.get(id)!, finalized));
    await this.number(own, finalized);
    await each(async (id, index) => {
      if (index % 2 === 0) await this.tell(own, id, 'pay', this.payment(id));
    });
  }

  private async tell(
    accounts: Accounts,
    accountId: AccountId,
    what: string,
    command: AccountCommand | ((account: Account) => AccountCommand),
  ) {
    const stream = accountStream(this.tenantId, accountId);
    const asked = typeof command === 'function' ? command(await accounts.view(stream, (account) => account)) : command;
    const { answer } = await accounts.execute(stream, this.envelope(what, accountId), asked, ({ events }) => events);
    return answer;
  }

  private envelope(what: string, accountId?: AccountId): Envelope {
    const commandId = derivedUuid('restore bench', this.tenantId, what, accountId ?? '');
    const of = { tenantId: this.tenantId, ...(accountId ? { accountId } : {}) };
    return {
      ...of,
      commandId,
      requestHash: commandId,
      correlationId: commandId,
      actor: { type: 'reactor', id: 'bench' },
    };
  }

  private open(accounts: Accounts, accountId: AccountId, number: number) {
    const fields = { name: `Customer ${number}`, email: `customer-${number}@example.com` };
    return this.tell(accounts, accountId, 'open', {
      type: 'OpenAccount',
      accountId,
      personal: this.personal.seal(this.tenantId, accountId, 'profile', fields),
      currency: 'USD',
      timeZone: 'UTC',
      netTermsDays: this.terms.netTermsDays,
      taxStatus: 'taxable',
      entityId: this.terms.entityId,
      metadata: {},
      now: this.clock.now(),
    });
  }

  private subscription(accountId: AccountId): AccountCommand {
    return {
      type: 'CreateSubscription',
      subscriptionId: derivedId('sub', accountId),
      plan: PLAN.key,
      startAt: this.month.begin,
      anchor: { align: 'calendar' },
      activation: 'automatic',
      quantities: {},
      overrides: {},
      catalog: this.catalog,
      now: this.clock.now(),
    };
  }

  private reading(accountId: AccountId): Reading {
    const when = this.month.begin.replace('-01T', '-15T') as Instant;
    return { id: `r-${accountId}`, event: METER.eventName, at: when, properties: { tokens: String(TOKENS) } };
  }

  /** Answers the revision of each account's reading in its usage stream. */
  private async record(ids: readonly AccountId[]): Promise<ReadonlyMap<AccountId, number>> {
    const streamOf = (id: AccountId) => usageStream(this.tenantId, id, this.terms.usageShards);
    const revisions = new Map<AccountId, number>();
    for (const [stream, own] of Map.groupBy(ids, streamOf)) {
      const sorted = [...own].sort();
      for (let begin = 0; begin < sorted.length; begin += READINGS_PER_EVENT) {
        const some = sorted.slice(begin, begin + READINGS_PER_EVENT);
        const accounts = some.map((accountId) => ({ accountId, readings: [this.reading(accountId)] }));
        const fact = { type: 'UsageRecorded', data: { accounts, source: 'api' } } as const;
        const proposals = propose([fact], stream, this.envelope(`usage ${some[0]}`), this.clock.now());
        const events = proposals.map(({ event }) => event);
        const { revision } = await this.log.append(stream, events, 'any');
        for (const accountId of some) revisions.set(accountId, revision);
      }
    }
    return revisions;
  }

  private async bill(
    accounts: Accounts,
    accountId: AccountId,
    revision: number,
    finalized: StoredFact<'InvoiceFinalized'>[],
  ): Promise<void> {
    const { tenantId, catalog, terms, month } = this;
    const now = this.clock.now();
    const reading = this.reading(accountId);
    const counted = { ...reading, revision, ordinal: 0, digest: readingDigest(reading) };
    const arrivals = [{ day: reading.at.slice(0, 10), event: reading.event, revision }];
    const command = (account: Account): AccountCommand => {
      const asked = { catalog, billThrough: month.end, arrivals };
      const { services } = dueWithin(account, asked, LINES_PER_INVOICE_MAX);
      const byKey = new Map(
        usageDemands(services, account, catalog).map((demand) => [demand.key, measure(demand, [counted])]),
      );
      return {
        type: 'BillAccount',
        ...asked,
        invoiceId: derivedId('inv', accountId),
        policy: DEFAULT_BILLING_POLICY,
        usage: { stream: usageStream(tenantId, accountId, terms.usageShards), cut: revision, byKey },
        entityId: terms.entityId,
        ...issuerOf(terms, terms.entityId),
        issueDate: now.slice(0, 10) as LocalDate,
        billTo: this.billTo(account.profile!),
        tax: { settings: terms.taxSettings, rates: terms.taxRates, buyer: buyerOf({}) },
        now,
      };
    };
    for (const event of await this.tell(accounts, accountId, 'bill', command))
      if (event.fact.type === 'InvoiceFinalized') finalized.push(event as StoredFact<'InvoiceFinalized'>);
  }

  private async number(accounts: Accounts, finalized: readonly StoredFact<'InvoiceFinalized'>[]): Promise<void> {
    const { seriesId } = issuerOf(this.terms, this.terms.entityId);
    const series = numberingStream(this.tenantId, seriesId);
    const before = await Array.fromAsync(this.log.readStream(series, { direction: 'backward', limit: 1 }));
    await this.numbers.assign([...finalized].sort((left, right) => (left.position < right.position ? -1 : 1)));
    const limit = pLimit(COMMANDS_AT_A_TIME);
    const from = before[0] ? before[0].revision + 1 : 0;
    for await (const event of this.log.readStream(series, { from })) {
      const { numbers } = decodeEvent<Fact<'NumbersAssigned'>>(event).fact.data;
      await Promise.all(
        numbers.map(({ documentId, sequence, number, source }) =>
          limit(() => {
            const invoiceId = documentId as InvoiceId;
            const command = { type: 'NumberInvoice', invoiceId, seriesId, sequence, number } as const;
            return this.tell(accounts, accountOfStream(source.stream), 'number', command);
          }),
        ),
      );
    }
  }

  private billTo({ accountId, personal }: Profile): Personal {
    const billTos = this.personal.forDocuments(this.tenantId, [{ accountId, personal }], ['name', 'email']);
    return billTos.get(accountId)!.sealed;
  }

  private payment(accountId: AccountId): AccountCommand {
    const now = this.clock.now();
    return {
      type: 'ReceivePayment',
      paymentId: derivedId('pay', accountId),
      invoiceId: derivedId('inv', accountId),
      amount: money(INVOICE_MINOR, PLAN.currency),
      method: 'manual',
      receivedOn: now.slice(0, 10) as LocalDate,
      allocations: [],
      allocate: 'oldest_due',
      timeZone: this.terms.timeZone,
      now,
    };
  }
}
