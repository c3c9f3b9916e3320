import { accountStream, type AccountDiscountTerms } from '#contracts';
import type { AccountId, DiscountId } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { Catalogs } from '../../catalog/use-cases/catalogs.js';
import { accountDiscountOf } from '../account-discount.decider.js';
import { refuseSenselessTerms } from '../discount-terms.js';
import { accountDiscountRecord, type AccountDiscountRecord } from '../discount.record.js';

/** Takes something off all that an account is charged. */
export class ApplyAccountDiscount extends Command<Executed<AccountDiscountRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly terms: Omit<AccountDiscountTerms, 'discountId'>,
  ) {
    super();
  }
}

export class RemoveAccountDiscount extends Command<Executed<AccountDiscountRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly discountId: DiscountId,
  ) {
    super();
  }
}

@CommandHandler(ApplyAccountDiscount)
export class ApplyAccountDiscountHandler implements ICommandHandler<ApplyAccountDiscount> {
  constructor(
    private readonly accounts: Accounts,
    private readonly catalogs: Catalogs,
    private readonly time: AccountTime,
  ) {}

  execute({ envelope, accountId, terms }: ApplyAccountDiscount): Promise<Executed<AccountDiscountRecord>> {
    refuseSenselessTerms(terms);
    const discountId = createdId('dsc', envelope);
    return this.catalogs.deciding(envelope.tenantId, async (catalog) =>
      this.accounts.execute(
        accountStream(envelope.tenantId, accountId),
        { ...envelope, accountId },
        { type: 'ApplyAccountDiscount', discountId, terms, catalog, now: await this.time.of(envelope, accountId) },
        ({ state }) => accountDiscountRecord(accountDiscountOf(state, discountId)),
      ),
    );
  }
}

@CommandHandler(RemoveAccountDiscount)
export class RemoveAccountDiscountHandler implements ICommandHandler<RemoveAccountDiscount> {
  constructor(
    private readonly accounts: Accounts,
    private readonly catalogs: Catalogs,
    private readonly time: AccountTime,
  ) {}

  execute({ envelope, accountId, discountId }: RemoveAccountDiscount): Promise<Executed<AccountDiscountRecord>> {
    return this.catalogs.deciding(envelope.tenantId, async (catalog) =>
      this.accounts.execute(
        accountStream(envelope.tenantId, accountId),
        { ...envelope, accountId },
        { type: 'RemoveAccountDiscount', discountId, catalog, now: await this.time.of(envelope, accountId) },
        ({ state }) => accountDiscountRecord(accountDiscountOf(state, discountId)),
      ),
    );
  }
}
