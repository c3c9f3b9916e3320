import { accountStream } from '#contracts';
import type { AccountId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Injectable } from '@nestjs/common';
import type { InvoiceItemCommand } from '../../invoice-item/invoice-item.commands.js';
import type { InvoiceCommand } from '../invoice.commands.js';
import { draftLines, invoiceOf } from '../invoice.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import type { InvoiceDocument } from '../invoice.record.js';
import { InvoiceDocuments, invoiceView } from './invoice-documents.js';

type OfADraft = 'AddDraftLine' | 'ChangeDraftLine' | 'DiscountDraft' | 'RemoveDraftDiscount';

/** Commands that change one invoice and answer it whole. */
@Injectable()
export class InvoiceCommands {
  constructor(
    private readonly accounts: Accounts,
    private readonly documents: InvoiceDocuments,
  ) {}

  async execute(
    envelope: Envelope,
    accountId: AccountId,
    command:
      | Exclude<InvoiceCommand, { type: 'BillAccount' | 'ContinueDraft' | 'ScheduleLateBilling' }>
      | Extract<InvoiceItemCommand, { type: OfADraft }>,
  ): Promise<Executed<InvoiceDocument>> {
    const { tenantId } = envelope;
    const executed = await this.accounts.execute(
      accountStream(tenantId, accountId),
      { ...envelope, accountId },
      command,
      ({ state }) => ({
        view: invoiceView(state, command.invoiceId),
        drafted: draftLines(invoiceOf(state, command.invoiceId)),
      }),
    );
    const { view, drafted } = executed.answer;
    if (drafted.length > 0) return { ...executed, answer: { invoice: view.invoice, lines: drafted } };
    return { ...executed, answer: await this.documents.document(tenantId, accountId, view) };
  }
}
