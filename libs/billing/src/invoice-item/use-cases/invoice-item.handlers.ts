import { accountStream, type Fact } from '#contracts';
import type { AccountId, InvoiceId, InvoiceItemId } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ItemPrice } from '../invoice-item.commands.js';
import type { InvoiceItem } from '../invoice-item.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { gatheringAgain } from '../../account/use-cases/gathering-again.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import type { IssueTerms } from '../../invoice/invoice.commands.js';
import { TaxQuotes } from '../../invoice/use-cases/tax-quotes.js';
import { linesOfOwn } from '../invoice-item.decider.js';
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
    private readonly quotes: TaxQuotes,
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
    const invoiceId = createdId('inv', envelope);
    const terms =
      on === 'own_invoice' ? await this.ownTerms(envelope, accountId, invoiceId, { itemId, ...item }) : undefined;
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      {
        type: 'AddInvoiceItem',
        itemId,
        ...item,
        ...(terms === undefined ? {} : { own: { invoiceId, terms } }),
        now: terms?.now ?? (await this.time.of(envelope, accountId)),
      },
      ({ state }) => state.items.get(itemId)!,
    );
  }

  private async ownTerms(
    envelope: Envelope,
    accountId: AccountId,
    invoiceId: InvoiceId,
    item: Omit<AddInvoiceItem['input'], 'on'> & { readonly itemId: InvoiceItemId },
  ): Promise<IssueTerms> {
    const { tenantId } = envelope;
    const terms = await this.terms.ofAccount(envelope, accountId);
    if (terms.tax.settings.provider !== 'http') return terms;
    const own = { ...item, own: true, now: terms.now };
    const chunks = await this.accounts.view(accountStream(tenantId, accountId), (account) =>
      linesOfOwn(own, account, invoiceId),
    );
    return this.quotes.needed(tenantId, accountId, { invoiceId, chunks }, terms);
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
