import type { AccountId, InvoiceId, LineId, Money } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { InvoiceCommands } from '../../invoice/use-cases/invoice-commands.js';
import type { InvoiceDocument } from '../../invoice/invoice.record.js';
import type { InvoiceItemInput } from './invoice-item.handlers.js';

/** Adds a line to a draft by hand. */
export class AddDraftLine extends Command<Executed<InvoiceDocument>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly invoiceId: InvoiceId,
    readonly line: Omit<InvoiceItemInput, 'on'> & { readonly reason: string },
  ) {
    super();
  }
}

/** Brings a line of a draft to another amount by hand. */
export class ChangeDraftLine extends Command<Executed<InvoiceDocument>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly invoiceId: InvoiceId,
    readonly change: { readonly lineId: LineId; readonly to: Money; readonly reason: string },
  ) {
    super();
  }
}

@CommandHandler(AddDraftLine)
export class AddDraftLineHandler implements ICommandHandler<AddDraftLine> {
  constructor(
    private readonly invoices: InvoiceCommands,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, invoiceId, line }: AddDraftLine): Promise<Executed<InvoiceDocument>> {
    const now = await this.time.of(envelope, accountId);
    const itemId = createdId('itm', envelope);
    return this.invoices.execute(envelope, accountId, { type: 'AddDraftLine', invoiceId, itemId, ...line, now });
  }
}

@CommandHandler(ChangeDraftLine)
export class ChangeDraftLineHandler implements ICommandHandler<ChangeDraftLine> {
  constructor(
    private readonly invoices: InvoiceCommands,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, invoiceId, change }: ChangeDraftLine): Promise<Executed<InvoiceDocument>> {
    const now = await this.time.of(envelope, accountId);
    const itemId = createdId('itm', envelope);
    return this.invoices.execute(envelope, accountId, { type: 'ChangeDraftLine', invoiceId, itemId, ...change, now });
  }
}
