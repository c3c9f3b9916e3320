import { type AccountId, type InvoiceId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Catalogs } from '../../catalog/use-cases/catalogs.js';
import type { InvoiceDocument } from '../invoice.record.js';
import { InvoiceCommands } from './invoice-commands.js';

export class VoidInvoice extends Command<Executed<InvoiceDocument>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly invoiceId: InvoiceId,
    readonly reason?: string,
    readonly billAgain = true,
  ) {
    super();
  }
}

@CommandHandler(VoidInvoice)
export class VoidInvoiceHandler implements ICommandHandler<VoidInvoice> {
  constructor(
    private readonly invoices: InvoiceCommands,
    private readonly catalogs: Catalogs,
    private readonly time: AccountTime,
  ) {}

  async execute({
    envelope,
    accountId,
    invoiceId,
    reason,
    billAgain,
  }: VoidInvoice): Promise<Executed<InvoiceDocument>> {
    const time = await this.time.booking(envelope, accountId);
    return this.catalogs.deciding(envelope.tenantId, async (catalog) =>
      this.invoices.execute(envelope, accountId, {
        type: 'VoidInvoice',
        invoiceId,
        ...(reason === undefined ? {} : { reason }),
        billAgain,
        ...time,
        catalog,
      }),
    );
  }
}
