import { accountStream, usageStream, type Stored } from '#contracts';
import {
  AppendOutcomeUnknown,
  derivedId,
  DomainError,
  EventLog,
  EventLogUnavailable,
  localDateOf,
  type AccountId,
  type BillingRunId,
  type Instant,
  type InvoiceId,
  type Money,
  type SubscriptionId,
  type TenantId,
} from '#kernel';
import { subcommand, type Envelope, type Executed } from '#write-path';
import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import type { AccountEvent } from '../../domain/account/account.events.js';
import type { Account } from '../../domain/account/account.state.js';
import type { InvoiceCommand } from '../../domain/invoice/invoice.commands.js';
import { invoiceOf } from '../../domain/invoice/invoice.js';
import { StaleFacts } from '../../domain/stale-facts.js';
import { Accounts } from '../accounts.js';
import { ReadModels } from '../ports/read-models.js';
import { invoiceRecord } from '../records/from-state.js';
import { Tenants } from '../tenants.js';
import { BillingFacts, type AccountFacts } from './billing-facts.js';
import { IssueTermsOf } from './issue-terms-of.js';

/** Appends in flight at a time: enough for the log to share its flushes. */
const CONCURRENCY = 64;
const ATTEMPTS_MAX = 5;
const READ_MODEL_PATIENCE_MILLISECONDS = 60_000;

/** One account to bill, and why. */
export interface BillingOrder {
  readonly envelope: Envelope;
  readonly accountId: AccountId;
  readonly billThrough: Instant;
  /** What the invoice is made for: the same cause never makes a second one. */
  readonly cause: string;
  /** The business time of the billing; now, unless a timer was due earlier. */
  readonly at?: Instant;
  readonly runId?: BillingRunId;
  readonly timer?: { readonly subscriptionId: SubscriptionId; readonly generation: number };
  readonly graceOver?: boolean;
}

export interface BillingResult {
  readonly accountId: AccountId;
  readonly invoice: { readonly invoiceId: InvoiceId; readonly total: Money } | null;
  readonly position: bigint;
  /** Why the account could not be billed. */
  readonly failure?: { readonly code: string; readonly detail: string };
}

/** Bills many accounts of a tenant together: what can be gathered for all is gathered once. */
@Injectable()
export class BillAccounts {
  constructor(
    private readonly accounts: Accounts,
    private readonly tenants: Tenants,
    private readonly facts: BillingFacts,
    private readonly terms: IssueTermsOf,
    private readonly readModels: ReadModels,
    private readonly log: EventLog,
  ) {}

  /** One result per order, in any order, with usage at least as of a position. Safe to repeat as a whole. @throws EventLogUnavailable | AppendOutcomeUnknown */
  async bill(tenantId: TenantId, orders: readonly BillingOrder[], consistentWith: bigint): Promise<BillingResult[]> {
    const results: BillingResult[] = [];
    let open = orders;
    let position = consistentWith;
    for (let attempt = 1; open.length > 0; attempt++) {
      await this.readModels.waitFor(['usage', 'agenda'], position, READ_MODEL_PATIENCE_MILLISECONDS);
      const attempted = await this.attempt(tenantId, open);
      const stale: BillingOrder[] = [];
      for (const [index, result] of attempted.entries()) {
        if (result !== 'stale') results.push(result);
        else if (attempt < ATTEMPTS_MAX) stale.push(open[index]!);
        else results.push({ accountId: open[index]!.accountId, invoice: null, position: 0n, failure: CONTENTION });
      }
      open = stale;
      if (stale.length > 0) position = await this.log.head();
    }
    return results;
  }

  private async attempt(tenantId: TenantId, orders: readonly BillingOrder[]): Promise<(BillingResult | 'stale')[]> {
    const { policy } = await this.tenants.billingTerms(tenantId);
    const terms = await this.terms.gather(tenantId);
    const gathered = await this.facts.gather(tenantId, orders, terms.catalog);
    const limit = pLimit(CONCURRENCY);
    return Promise.all(
      orders.map((order) =>
        limit(async () => {
          const facts = gathered.get(order.accountId)!;
          if ('failure' in facts)
            return { accountId: order.accountId, invoice: null, position: 0n, failure: facts.failure };
          const at = order.at ?? terms.now;
          const issueDate = localDateOf(at, terms.timeZone);
          return this.billOne(tenantId, order, facts, { ...terms, issueDate, now: at, policy });
        }),
      ),
    );
  }

  private async billOne(
    tenantId: TenantId,
    order: BillingOrder,
    facts: AccountFacts,
    terms: Pick<BillAccount, 'catalog' | 'seriesId' | 'timeZone' | 'issueDate' | 'now' | 'policy'>,
  ): Promise<BillingResult | 'stale'> {
    const { accountId, envelope, billThrough, cause, runId, timer, graceOver } = order;
    const command: BillAccount = {
      type: 'BillAccount',
      invoiceId: derivedId('inv', accountId, cause),
      billThrough,
      ...(runId === undefined ? {} : { runId }),
      ...(timer === undefined ? {} : { timer }),
      ...(graceOver === undefined ? {} : { graceOver }),
      usage: { stream: usageStream(tenantId, accountId), ...facts.usage },
      arrivals: facts.arrivals,
      billTo: facts.billTo,
      ...terms,
    };
    try {
      const { answer, position } = await this.execute(tenantId, accountId, envelope, command);
      return { accountId, invoice: answer, position };
    } catch (error) {
      if (error instanceof StaleFacts) return 'stale';
      if (error instanceof EventLogUnavailable || error instanceof AppendOutcomeUnknown) throw error;
      return { accountId, invoice: null, position: 0n, failure: failureOf(error) };
    }
  }

  /** A draft too large for one append is stored by several; its finalization comes with the last. */
  private async execute(
    tenantId: TenantId,
    accountId: AccountId,
    envelope: Envelope,
    command: BillAccount,
  ): Promise<Executed<Billed | null>> {
    const stream = accountStream(tenantId, accountId);
    let executed = await this.accounts.execute(stream, { ...envelope, accountId }, command, billed);
    for (let part = 2; executed.answer?.continues !== undefined; part++) {
      const { continues } = executed.answer;
      const next = subcommand({ ...envelope, accountId }, 'part', part);
      executed = await this.accounts.execute(stream, next, { ...command, continues }, billed);
    }
    return executed;
  }
}

type BillAccount = Extract<InvoiceCommand, { type: 'BillAccount' }>;

interface Billed {
  readonly invoiceId: InvoiceId;
  readonly total: Money;
  /** The draft revision that is not stored whole yet. */
  readonly continues?: number;
}

const billed = ({
  state,
  events,
}: {
  readonly state: Account;
  readonly events: readonly Stored<AccountEvent>[];
}): Billed | null => {
  const invoiceId = events.map(({ fact }) => invoiceIdOf(fact)).find((id) => id !== undefined);
  if (invoiceId === undefined) return null;
  const invoice = invoiceOf(state, invoiceId);
  const incomplete = invoice.status === 'draft' && invoice.draft.length < invoice.chunks;
  const { total } = invoiceRecord(invoice, state.profile!.accountId);
  return { invoiceId, total, ...(incomplete ? { continues: invoice.draftRevision } : {}) };
};

const invoiceIdOf = ({ type, data }: AccountEvent): InvoiceId | undefined =>
  type === 'InvoiceDrafted' || type === 'InvoiceLinesAdded' || type === 'InvoiceFinalized' ? data.invoiceId : undefined;

const CONTENTION = { code: 'too_much_contention', detail: 'The account kept changing while it was billed.' };

const failureOf = (error: unknown): { readonly code: string; readonly detail: string } =>
  error instanceof DomainError
    ? { code: error.code, detail: error.message }
    : { code: 'internal_error', detail: error instanceof Error ? error.message : String(error) };
