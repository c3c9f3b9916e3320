import { type AccountId, type InvoiceId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { InvoiceDocument } from '../invoice.record.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { InvoiceCommands } from './invoice-commands.js';

export class MarkInvoiceUncollectible extends Command<Executed<InvoiceDocument>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly invoiceId: InvoiceId,
    readonly reason?: string,
  ) {
    super();
  }
}

@CommandHandler(MarkInvoiceUncollectible)
export class MarkInvoiceUncollectibleHandler implements ICommandHandler<MarkInvoiceUncollectible> {
  constructor(
    private readonly invoices: InvoiceCommands,
    private readonly time: AccountTime,
  ) {}

  async execute({
    envelope,
    accountId,
    invoiceId,
    reason,
  }: MarkInvoiceUncollectible): Promise<Executed<InvoiceDocument>> {
    const { bookedOn } = await this.time.booking(envelope, accountId);
    return this.invoices.execute(envelope, accountId, {
      type: 'MarkInvoiceUncollectible',
      invoiceId,
      ...(reason === undefined ? {} : { reason }),
      bookedOn,
    });
  }
}
