import type { AccountId, InvoiceId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { gatheringAgain } from '../../account/use-cases/gathering-again.js';
import type { InvoiceDocument } from '../invoice.record.js';
import { InvoiceCommands } from './invoice-commands.js';
import { IssueTermsOf } from './issue-terms-of.js';

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
  ) {}

  execute({ envelope, accountId, invoiceId }: FinalizeInvoice): Promise<Executed<InvoiceDocument>> {
    return gatheringAgain(async () => {
      const terms = await this.terms.ofAccount(envelope, accountId);
      return this.invoices.execute(envelope, accountId, { type: 'FinalizeInvoice', invoiceId, ...terms });
    });
  }
}
