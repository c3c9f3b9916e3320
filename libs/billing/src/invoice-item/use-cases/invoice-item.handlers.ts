import { accountStream, type Fact } from '#contracts';
import type { AccountId, InvoiceItemId } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ItemPrice } from '../invoice-item.commands.js';
import type { InvoiceItem } from '../invoice-item.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { gatheringAgain } from '../../account/use-cases/gathering-again.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { IssueTermsOf } from '../../invoice/use-cases/issue-terms-of.js';

export interface InvoiceItemInput {
  readonly description: string;
  readonly price: ItemPrice;
  readonly taxClass?: string;
  readonly on: Fact<'InvoiceItemAdded'>['data']['on'];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Charges or credits something once, by the next invoice or by one of its own. */
export class AddInvoiceItem extends Command<Executed<InvoiceItem>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly input: InvoiceItemInput,
  ) {
    super();
  }
}

/** Takes back an item that no invoice bills. */
export class RemoveInvoiceItem extends Command<Executed<{ readonly itemId: InvoiceItemId }>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly itemId: InvoiceItemId,
  ) {
    super();
  }
}

@CommandHandler(AddInvoiceItem)
export class AddInvoiceItemHandler implements ICommandHandler<AddInvoiceItem> {
  constructor(
    private readonly accounts: Accounts,
    private readonly terms: IssueTermsOf,
    private readonly time: AccountTime,
  ) {}

  execute({ envelope, accountId, input }: AddInvoiceItem): Promise<Executed<InvoiceItem>> {
    return gatheringAgain(() => this.add(envelope, accountId, input));
  }

  private async add(
    envelope: Envelope,
    accountId: AccountId,
    { on, ...item }: AddInvoiceItem['input'],
  ): Promise<Executed<InvoiceItem>> {
    const itemId = createdId('itm', envelope);
    const terms = on === 'own_invoice' ? await this.terms.ofAccount(envelope, accountId) : undefined;
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      {
        type: 'AddInvoiceItem',
        itemId,
        ...item,
        ...(terms === undefined ? {} : { own: { invoiceId: createdId('inv', envelope), terms } }),
        now: terms?.now ?? (await this.time.of(envelope, accountId)),
      },
      ({ state }) => state.items.get(itemId)!,
    );
  }
}

@CommandHandler(RemoveInvoiceItem)
export class RemoveInvoiceItemHandler implements ICommandHandler<RemoveInvoiceItem> {
  constructor(private readonly accounts: Accounts) {}

  execute({ envelope, accountId, itemId }: RemoveInvoiceItem): Promise<Executed<{ readonly itemId: InvoiceItemId }>> {
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      { type: 'RemoveInvoiceItem', itemId },
      () => ({ itemId }),
    );
  }
}
