import { accountStream } from '#contracts';
import { allEnded, AppendOutcomeUnknown, EventLog, EventLogUnavailable, type TenantId } from '#kernel';
import { subcommand, type Executed } from '#write-path';
import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import type { AccountCommand } from '../../account/account.decider.js';
import { chunksLeft } from '../draft-continuation.js';
import { CHUNKS_PER_APPEND_MAX, type LinesChunk } from '../line-chunks.js';
import { StaleFacts } from '../stale-facts.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { othersFirst } from './others-first.js';
import { ReadModels } from '../../billing-run/ports/read-models.js';
import type { InvoiceDocument } from '../invoice.record.js';
import { AwaitedTaxes } from './awaited-taxes.js';
import { billed, previewed, type Billed } from './billed-invoice.js';
import { billAccount, type BillAccount, type BillingOrder, type BillingResult } from './billing-order.js';
import { BillingFacts, type LinesBudget } from './billing-facts.js';
import { CONTENTION, failureOf, type Failure } from './failure.js';
import { InvoiceDocuments } from './invoice-documents.js';
import { IssueTermsOf, issueTerms, type TenantTerms } from './issue-terms-of.js';

/** Appends in flight at a time: enough for the log to share its flushes. */
const CONCURRENCY = 64;
const ATTEMPTS_MAX = 5;
const READ_MODEL_PATIENCE_MILLISECONDS = 60_000;

/** What billing decides on, beside the accounts' own states. */
export interface Gathered {
  readonly terms: TenantTerms;
  readonly facts: Awaited<ReturnType<BillingFacts['gather']>>;
}

/** Bills many accounts of a tenant together: what can be gathered for all is gathered once. */
@Injectable()
export class BillAccounts {
  constructor(
    private readonly accounts: Accounts,
    private readonly facts: BillingFacts,
    private readonly terms: IssueTermsOf,
    private readonly time: AccountTime,
    private readonly documents: InvoiceDocuments,
    private readonly readModels: ReadModels,
    private readonly taxes: AwaitedTaxes,
    private readonly log: EventLog,
  ) {}

  /**
   * One result per order, in any order, with usage at least as of a position. Safe to repeat as a whole. What is more than goes on one invoice
   * is left, and told: who asked goes on, or lets a timer. @throws EventLogUnavailable | AppendOutcomeUnknown
   *
   * @param gathered of the same orders, some time before: what has changed since is gathered again
   */
  bill(
    tenantId: TenantId,
    orders: readonly BillingOrder[],
    consistentWith: bigint,
    gathered?: Gathered,
  ): Promise<BillingResult[]> {
    const carryOut: CarriesOut<Billed> = (order, command) => this.execute(tenantId, order, command);
    return this.each(tenantId, orders, consistentWith, carryOut, { ...(gathered ? { gathered } : {}) });
  }

  /** What is to be known before they are billed: it can be had while others append. */
  async gather(
    tenantId: TenantId,
    orders: readonly BillingOrder[],
    consistentWith: bigint,
    budget?: LinesBudget,
  ): Promise<Gathered> {
    await this.readModels.waitFor(['usage', 'agenda'], consistentWith, READ_MODEL_PATIENCE_MILLISECONDS);
    const terms = await this.terms.ofTenant(tenantId);
    return { terms, facts: await this.facts.gather(tenantId, orders, terms, budget) };
  }

  /** What the same would make, whole. Writes nothing. @throws DomainError where it is more than the budget has */
  preview(
    tenantId: TenantId,
    orders: readonly BillingOrder[],
    consistentWith: bigint,
    budget: LinesBudget,
  ): Promise<BillingResult<InvoiceDocument>[]> {
    const carryOut: CarriesOut<InvoiceDocument> = async ({ envelope, accountId }, command) => {
      const dryly = { ...envelope, accountId, dryRun: true };
      const stream = accountStream(tenantId, accountId);
      const executed = await this.accounts.execute(stream, dryly, { ...command, whole: true }, previewed);
      const { answer } = executed;
      if (answer === null || 'document' in answer) return { ...executed, answer: answer && answer.document };
      return { ...executed, answer: await this.documents.document(tenantId, accountId, answer) };
    };
    return this.each(tenantId, orders, consistentWith, carryOut, { budget });
  }

  private async each<Invoice>(
    tenantId: TenantId,
    orders: readonly BillingOrder[],
    consistentWith: bigint,
    carryOut: CarriesOut<Invoice>,
    { gathered, budget }: { readonly gathered?: Gathered; readonly budget?: LinesBudget },
  ): Promise<BillingResult<Invoice>[]> {
    const results: BillingResult<Invoice>[] = [];
    let open = orders;
    let position = consistentWith;
    let known = gathered;
    for (let attempt = 1; open.length > 0; attempt++) {
      known ??= await this.gather(tenantId, open, position, budget);
      const attempted = await this.attempt(tenantId, open, carryOut, known);
      known = undefined;
      const stale: BillingOrder[] = [];
      for (const [index, result] of attempted.entries()) {
        if (result !== 'stale') results.push(result);
        else if (attempt < ATTEMPTS_MAX) stale.push(open[index]!);
        else results.push(failed(open[index]!, CONTENTION));
      }
      open = stale;
      if (stale.length > 0) position = await this.log.head();
    }
    return results;
  }

  private async attempt<Invoice>(
    tenantId: TenantId,
    orders: readonly BillingOrder[],
    carryOut: CarriesOut<Invoice>,
    { terms, facts: gathered }: Gathered,
  ): Promise<(BillingResult<Invoice> | 'stale')[]> {
    const limit = pLimit(CONCURRENCY);
    return allEnded(
      orders.map((order) =>
        limit(async () => {
          const facts = gathered.get(order.accountId)!;
          if ('failure' in facts) return failed(order, facts.failure);
          const { profile } = facts;
          const at = order.at ?? (await this.time.by(tenantId, profile));
          const issued = issueTerms(terms, profile, at);
          const command = billAccount(order, facts, { ...issued, policy: terms.policy });
          await othersFirst();
          return attempted(order, () => carryOut(order, command));
        }),
      ),
    );
  }

  /** A draft too large for one append is stored by several; its finalization comes with the last. */
  private async execute(
    tenantId: TenantId,
    { accountId, envelope }: BillingOrder,
    command: BillAccount,
  ): Promise<CarriedOut<Billed>> {
    const stream = accountStream(tenantId, accountId);
    const own = { ...envelope, accountId };
    let executed = await this.accounts.execute(stream, own, command, billed);
    let chunks: readonly LinesChunk[] | null = null;
    for (let part = 2; executed.answer.continues !== undefined; part++) {
      const { invoiceId, draftRevision } = executed.answer.continues;
      await othersFirst();
      // Rated once more, to know what is left; then it is only stored.
      chunks ??= await this.accounts.view(stream, (account) => chunksLeft(command, account));
      const some = chunks?.slice(0, CHUNKS_PER_APPEND_MAX);
      const next: AccountCommand = some
        ? { ...command, type: 'ContinueDraft', invoiceId, draftRevision, chunks: some }
        : command;
      executed = await this.accounts.execute(stream, subcommand(own, 'part', part), next, billed);
      chunks = chunks?.slice(CHUNKS_PER_APPEND_MAX) ?? null;
    }
    const issued = await this.taxes.issue(own, accountId, command);
    const { invoice, goesOn } = (issued ?? executed).answer;
    return { ...(issued ?? executed), answer: invoice, goesOn };
  }
}

type CarriedOut<Invoice> = Executed<Invoice | null> & { readonly goesOn?: boolean };

type CarriesOut<Invoice> = (order: BillingOrder, command: BillAccount) => Promise<CarriedOut<Invoice>>;

const attempted = async <Invoice>(
  order: BillingOrder,
  work: () => Promise<CarriedOut<Invoice>>,
): Promise<BillingResult<Invoice> | 'stale'> => {
  try {
    const { answer, position, goesOn } = await work();
    return { accountId: order.accountId, invoice: answer, position, ...(goesOn === true ? { goesOn } : {}) };
  } catch (error) {
    if (error instanceof StaleFacts) return 'stale';
    if (error instanceof EventLogUnavailable || error instanceof AppendOutcomeUnknown) throw error;
    return failed(order, failureOf(error));
  }
};

const failed = ({ accountId }: BillingOrder, failure: Failure) => ({
  accountId,
  invoice: null,
  position: 0n,
  failure,
});
