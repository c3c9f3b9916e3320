import type { TakenOffDraft } from '#contracts';
import type { AccountId, InvoiceId, InvoiceItemId } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { InvoiceCommands } from '../../invoice/use-cases/invoice-commands.js';
import type { InvoiceDocument } from '../../invoice/invoice.record.js';

/** Takes something off a draft as a whole. */
export class DiscountDraft extends Command<Executed<InvoiceDocument>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly invoiceId: InvoiceId,
    readonly discount: { readonly name: string; readonly takesOff: TakenOffDraft; readonly reason: string },
  ) {
    super();
  }
}

export class RemoveDraftDiscount extends Command<Executed<InvoiceDocument>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly invoiceId: InvoiceId,
    readonly itemId: InvoiceItemId,
  ) {
    super();
  }
}

@CommandHandler(DiscountDraft)
export class DiscountDraftHandler implements ICommandHandler<DiscountDraft> {
  constructor(
    private readonly invoices: InvoiceCommands,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, invoiceId, discount }: DiscountDraft): Promise<Executed<InvoiceDocument>> {
    const now = await this.time.of(envelope, accountId);
    const itemId = createdId('itm', envelope);
    return this.invoices.execute(envelope, accountId, { type: 'DiscountDraft', invoiceId, itemId, ...discount, now });
  }
}

@CommandHandler(RemoveDraftDiscount)
export class RemoveDraftDiscountHandler implements ICommandHandler<RemoveDraftDiscount> {
  constructor(private readonly invoices: InvoiceCommands) {}

  execute({ envelope, accountId, invoiceId, itemId }: RemoveDraftDiscount): Promise<Executed<InvoiceDocument>> {
    return this.invoices.execute(envelope, accountId, { type: 'RemoveDraftDiscount', invoiceId, itemId });
  }
}
