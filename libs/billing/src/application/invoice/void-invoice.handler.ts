import { localDateOf, type AccountId, type InvoiceId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from '../account-time.js';
import { Catalogs } from '../catalogs.js';
import type { InvoiceDocument } from '../records/records.js';
import { Tenants } from '../tenants.js';
import { InvoiceCommands } from './invoice-commands.js';

export class VoidInvoice extends Command<Executed<InvoiceDocument>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly invoiceId: InvoiceId,
    readonly reason?: string,
  ) {
    super();
  }
}

@CommandHandler(VoidInvoice)
export class VoidInvoiceHandler implements ICommandHandler<VoidInvoice> {
  constructor(
    private readonly invoices: InvoiceCommands,
    private readonly catalogs: Catalogs,
    private readonly tenants: Tenants,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, invoiceId, reason }: VoidInvoice): Promise<Executed<InvoiceDocument>> {
    const { timeZone } = await this.tenants.billingTerms(envelope.tenantId);
    return this.invoices.execute(envelope, accountId, {
      type: 'VoidInvoice',
      invoiceId,
      ...(reason === undefined ? {} : { reason }),
      bookedOn: localDateOf(await this.time.of(envelope, accountId), timeZone),
      timeZone,
      catalog: await this.catalogs.ofTenant(envelope.tenantId),
    });
  }
}
