import { accountStream } from '#contracts';
import { derivedUuid, earlier, later, notFound, refuse, type AccountId, type Instant, type TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import type { Account } from '../../account/account.state.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import type { InvoiceDocument } from '../invoice.record.js';
import { LINES_PER_INVOICE_MAX } from '../due-services.js';
import { BillAccounts } from './bill-accounts.js';
import { PreviewBudget } from './preview-budget.js';

/** The next invoice of an account by what is known now: all usage so far, and what falls due next, also where it is nothing yet. Writes nothing. */
@Injectable()
export class UpcomingInvoices {
  constructor(
    private readonly accounts: Accounts,
    private readonly billing: BillAccounts,
    private readonly time: AccountTime,
  ) {}

  /** @throws DomainError `account_not_found` | `upcoming_invoice_not_found` | `preview_too_large` */
  async of(tenantId: TenantId, accountId: AccountId): Promise<InvoiceDocument> {
    return (
      (await this.find(tenantId, accountId)) ??
      refuse('upcoming_invoice_not_found', 'Nothing is to be billed.', 'not_found')
    );
  }

  /** Null where nothing is to be billed. @throws DomainError `account_not_found` | `preview_too_large` */
  async find(tenantId: TenantId, accountId: AccountId, after = 0n): Promise<InvoiceDocument | null> {
    const next = await this.accounts.view(accountStream(tenantId, accountId), (account) =>
      account.profile === null ? notFound('account', accountId) : nextBillAt(account),
    );
    const now = await this.time.now(tenantId, accountId);
    const billThrough = next === null ? now : later(next, now);
    const commandId = derivedUuid('upcoming-invoice', accountId);
    const envelope = {
      tenantId,
      commandId,
      requestHash: commandId,
      actor: { type: 'reactor', id: 'upcoming-invoice' },
      correlationId: commandId,
    } as const;
    const order = { envelope, accountId, billThrough, cause: commandId, at: billThrough, evenOfNothing: true };
    const budget = new PreviewBudget(LINES_PER_INVOICE_MAX, 'Bill what is due by a billing run: it makes several.');
    const [{ invoice, failure } = NOTHING] = await this.billing.preview(tenantId, [order], after, budget);
    if (failure && failure.code !== 'account_closed') return refuse(failure.code, failure.detail, failure.kind);
    return invoice;
  }
}

const NOTHING = { invoice: null, failure: undefined };

const nextBillAt = ({ subscriptions }: Account): Instant | null => {
  const due = [...subscriptions.values()].map(({ schedule }) => schedule.nextBillAt).filter((at) => at !== null);
  return due.length === 0 ? null : due.reduce(earlier);
};
