import { accountStream } from '#contracts';
import type { AccountId, InvoiceId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Accounts } from '../../account/use-cases/accounts.js';
import { gatheringAgain } from '../../account/use-cases/gathering-again.js';
import type { InvoiceDocument } from '../invoice.record.js';
import { InvoiceCommands } from './invoice-commands.js';
import { IssueTermsOf } from './issue-terms-of.js';
import { TaxQuotes } from './tax-quotes.js';

export class FinalizeInvoice extends Command<Executed<InvoiceDocument>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly invoiceId: InvoiceId,
  ) {
    super();
  }
}

@CommandHandler(FinalizeInvoice)
export class FinalizeInvoiceHandler implements ICommandHandler<FinalizeInvoice> {
  constructor(
    private readonly invoices: InvoiceCommands,
    private readonly terms: IssueTermsOf,
    private readonly accounts: Accounts,
    private readonly quotes: TaxQuotes,
  ) {}

  execute({ envelope, accountId, invoiceId }: FinalizeInvoice): Promise<Executed<InvoiceDocument>> {
    const { tenantId } = envelope;
    return gatheringAgain(async () => {
      const terms = await this.terms.ofAccount(envelope, accountId);
      const chunks = await this.accounts.view(
        accountStream(tenantId, accountId),
        (account) => [...(account.invoices.get(invoiceId)?.draft ?? [])],
        0,
      );
      // What is no draft is refused, or done already, whatever taxes it bears.
      const quoted =
        chunks.length === 0 ? terms : await this.quotes.needed(tenantId, accountId, { invoiceId, chunks }, terms);
      return this.invoices.execute(envelope, accountId, { type: 'FinalizeInvoice', invoiceId, ...quoted });
    });
  }
}
