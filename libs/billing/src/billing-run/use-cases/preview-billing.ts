import { EventLog, refuse, type AccountId, type BillingRunId, type Instant } from '#kernel';
import type { Envelope } from '#write-path';
import { Injectable } from '@nestjs/common';
import { BillAccounts } from '../../invoice/use-cases/bill-accounts.js';
import type { BillingResult } from '../../invoice/use-cases/billing-order.js';
import { PreviewBudget } from '../../invoice/use-cases/preview-budget.js';
import { AccountDirectory } from '../../account/ports/account-directory.js';
import { ReadModels } from '../ports/read-models.js';
import type { InvoiceDocument } from '../../invoice/invoice.record.js';

/** A preview is one answer to one request: larger runs are looked at in parts. */
const ACCOUNTS_MAX = 1_000;
const LINES_MAX = 2_000;
/** Looked at together. */
const PAGE_ACCOUNTS = 50;
const READ_MODEL_PATIENCE_MILLISECONDS = 5_000;

export interface BillingPreview {
  readonly invoices: readonly InvoiceDocument[];
  readonly failures: readonly { readonly accountId: AccountId; readonly code: string; readonly detail: string }[];
  /** Where the log stood: everything before it is considered. */
  readonly position: bigint;
}

/** What a billing run would make, by the same decisions. Writes nothing. */
@Injectable()
export class PreviewBilling {
  constructor(
    private readonly billing: BillAccounts,
    private readonly directory: AccountDirectory,
    private readonly readModels: ReadModels,
    private readonly log: EventLog,
  ) {}

  /** @throws DomainError `preview_too_large` | `read_model_behind` */
  async of(
    envelope: Envelope,
    runId: BillingRunId,
    billThrough: Instant,
    only?: readonly AccountId[],
  ): Promise<BillingPreview> {
    const { tenantId } = envelope;
    const position = await this.log.head();
    await this.readModels.waitFor(['usage', 'agenda'], position, READ_MODEL_PATIENCE_MILLISECONDS);
    const which = { limit: ACCOUNTS_MAX + 1, ...(only ? { only } : {}) };
    const due = await this.directory.due(tenantId, billThrough, which);
    if (due.length > ACCOUNTS_MAX) {
      return refuse('preview_too_large', 'A dry run looks at no more than 1,000 accounts: name fewer.');
    }
    const orders = due.map((accountId) => ({ envelope, accountId, billThrough, cause: runId, runId }));
    const budget = new PreviewBudget(LINES_MAX, 'Name other accounts, or an earlier moment.');
    const results: BillingResult<InvoiceDocument>[] = [];
    for (let begin = 0; begin < orders.length; begin += PAGE_ACCOUNTS) {
      const page = orders.slice(begin, begin + PAGE_ACCOUNTS);
      results.push(...(await this.billing.preview(tenantId, page, position, budget)));
    }
    return {
      invoices: results.flatMap(({ invoice }) => (invoice ? [invoice] : [])),
      failures: results.flatMap(failuresOf),
      position,
    };
  }
}

const failuresOf = ({ accountId, failure }: BillingResult<InvoiceDocument>): BillingPreview['failures'] =>
  failure ? [{ accountId, code: failure.code, detail: failure.detail }] : [];
