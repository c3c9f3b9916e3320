import { accountStream } from '#contracts';
import type { AccountId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Injectable } from '@nestjs/common';
import type { InvoiceCommand } from '../../domain/invoice/invoice.commands.js';
import { Accounts } from '../accounts.js';
import type { InvoiceDocument } from '../records/records.js';
import { InvoiceDocuments, invoiceView } from './invoice-documents.js';

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
    command: Exclude<InvoiceCommand, { type: 'BillAccount' | 'ScheduleLateBilling' }>,
  ): Promise<Executed<InvoiceDocument>> {
    const { tenantId } = envelope;
    const executed = await this.accounts.execute(
      accountStream(tenantId, accountId),
      { ...envelope, accountId },
      command,
      ({ state }) => invoiceView(state, command.invoiceId),
    );
    return { ...executed, answer: await this.documents.document(tenantId, accountId, executed.answer) };
  }
}
