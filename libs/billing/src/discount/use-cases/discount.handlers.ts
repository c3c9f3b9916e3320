import { accountStream } from '#contracts';
import type { AccountId, DiscountId, SubscriptionId } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { Catalogs } from '../../catalog/use-cases/catalogs.js';
import { CouponRedeeming } from '../../coupon/use-cases/redeeming.js';
import type { DiscountTerms, NewDiscount } from '../discount.commands.js';
import { discountOf } from '../discount.decider.js';
import { discountRecord, type DiscountRecord } from '../discount.record.js';
import { refuseSenselessTerms } from '../discount-terms.js';

/** A coupon by its code, or what was agreed. */
export type DiscountInput = { readonly coupon: string } | { readonly agreed: DiscountTerms };

/** Takes something off what a subscription costs. */
export class ApplyDiscount extends Command<Executed<DiscountRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly subscriptionId: SubscriptionId,
    readonly input: DiscountInput,
  ) {
    super();
  }
}

/** Lets it count in no further period. */
export class RemoveDiscount extends Command<Executed<DiscountRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly subscriptionId: SubscriptionId,
    readonly discountId: DiscountId,
  ) {
    super();
  }
}

@CommandHandler(ApplyDiscount)
export class ApplyDiscountHandler implements ICommandHandler<ApplyDiscount> {
  constructor(
    private readonly accounts: Accounts,
    private readonly catalogs: Catalogs,
    private readonly redeeming: CouponRedeeming,
    private readonly time: AccountTime,
  ) {}

  execute(command: ApplyDiscount): Promise<Executed<DiscountRecord>> {
    const { envelope, accountId, input } = command;
    const discountId = createdId('dsc', envelope);
    if ('coupon' in input) {
      const redeeming = [{ code: input.coupon, discountId }];
      return this.redeeming.redeem(envelope, accountId, redeeming, ([discount]) => this.apply(command, discount!));
    }
    refuseSenselessTerms(input.agreed);
    return this.apply(command, { discountId, terms: input.agreed });
  }

  private apply(
    { envelope, accountId, subscriptionId }: ApplyDiscount,
    discount: NewDiscount,
  ): Promise<Executed<DiscountRecord>> {
    return this.catalogs.deciding(envelope.tenantId, async (catalog) =>
      this.accounts.execute(
        accountStream(envelope.tenantId, accountId),
        { ...envelope, accountId },
        { type: 'ApplyDiscount', subscriptionId, ...discount, catalog, now: await this.time.of(envelope, accountId) },
        ({ state }) => discountRecord(discountOf(state.subscriptions.get(subscriptionId)!, discount.discountId)),
      ),
    );
  }
}

@CommandHandler(RemoveDiscount)
export class RemoveDiscountHandler implements ICommandHandler<RemoveDiscount> {
  constructor(
    private readonly accounts: Accounts,
    private readonly catalogs: Catalogs,
    private readonly time: AccountTime,
  ) {}

  execute(command: RemoveDiscount): Promise<Executed<DiscountRecord>> {
    const { envelope, accountId, subscriptionId, discountId } = command;
    return this.catalogs.deciding(envelope.tenantId, async (catalog) =>
      this.accounts.execute(
        accountStream(envelope.tenantId, accountId),
        { ...envelope, accountId },
        {
          type: 'RemoveDiscount',
          subscriptionId,
          discountId,
          catalog,
          now: await this.time.of(envelope, accountId),
        },
        ({ state }) => discountRecord(discountOf(state.subscriptions.get(subscriptionId)!, discountId)),
      ),
    );
  }
}
