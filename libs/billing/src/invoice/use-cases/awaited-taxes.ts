import { accountStream } from '#contracts';
import { DomainError, type AccountId } from '#kernel';
import { subcommand, type Envelope, type Executed } from '#write-path';
import { Injectable } from '@nestjs/common';
import type { Account } from '../../account/account.state.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { openDraft } from '../invoice.js';
import { billed, type BilledPart } from './billed-invoice.js';
import type { BillAccount } from './billing-order.js';
import { TaxQuotes } from './tax-quotes.js';

/** Issues drafts that wait for what a service elsewhere says of their taxes. */
@Injectable()
export class AwaitedTaxes {
  constructor(
    private readonly accounts: Accounts,
    private readonly quotes: TaxQuotes,
  ) {}

  /** After a billing: if the service says them, or something stands in; else the draft goes on waiting. Null where none waits. */
  async issue(
    envelope: Envelope,
    accountId: AccountId,
    { type: _, invoiceId: __, ...terms }: BillAccount,
  ): Promise<Executed<BilledPart> | null> {
    if (terms.tax.settings.provider !== 'http') return null;
    const { tenantId } = envelope;
    const stream = accountStream(tenantId, accountId);
    const draft = await this.accounts.view(stream, pendingDraft, 0);
    if (draft === null) return null;
    const { invoiceId, draftRevision } = draft;
    const { terms: quoted, failure } = await this.quotes.of(tenantId, accountId, draft, terms);
    if (quoted !== null) {
      try {
        const finalize = { type: 'FinalizeInvoice', invoiceId, ...quoted } as const;
        return await this.accounts.execute(stream, subcommand(envelope, 'taxed', draftRevision), finalize, billed);
      } catch (error) {
        // Nothing is known that could stand in for what was not said.
        if (failure === null || !(error instanceof DomainError) || error.code !== 'tax_not_known') throw error;
      }
    }
    const defer = { type: 'DeferTaxes', invoiceId, draftRevision, failure: failure!, now: terms.now } as const;
    return this.accounts.execute(stream, subcommand(envelope, 'tax-deferred', draftRevision), defer, billed);
  }
}

const pendingDraft = (account: Account) => {
  const draft = openDraft(account);
  if (draft === undefined || draft.taxPending === null || draft.draft.length < draft.chunks) return null;
  return { invoiceId: draft.id, draftRevision: draft.draftRevision, chunks: [...draft.draft] };
};
