import { accountStream, type EndCredit } from '#contracts';
import type { AccountId, Instant, Money, SubscriptionId } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { gatheringAgain } from '../../account/use-cases/gathering-again.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { Catalogs } from '../../catalog/use-cases/catalogs.js';
import { IssueTermsOf } from '../../invoice/use-cases/issue-terms-of.js';
import { subscriptionRecord } from '../subscription.record.js';
import type { SubscriptionRecord } from '../subscription.record.js';

export interface Cancellation {
  readonly at: 'now' | 'period_end' | Instant;
  readonly credit?: EndCredit;
  /** Unless it is false, what was used or served by then is billed. */
  readonly finalBill?: boolean;
  /** Comes back in place of what a policy says, by an invoice of its own. */
  readonly creditAmount?: Money;
  readonly reason?: string;
}

export class CancelSubscription extends Command<Executed<SubscriptionRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly subscriptionId: SubscriptionId,
    readonly cancellation: Cancellation,
  ) {
    super();
  }
}

@CommandHandler(CancelSubscription)
export class CancelSubscriptionHandler implements ICommandHandler<CancelSubscription> {
  constructor(
    private readonly accounts: Accounts,
    private readonly catalogs: Catalogs,
    private readonly time: AccountTime,
    private readonly terms: IssueTermsOf,
  ) {}

  execute({
    envelope,
    accountId,
    subscriptionId,
    cancellation,
  }: CancelSubscription): Promise<Executed<SubscriptionRecord>> {
    return gatheringAgain(() => this.cancel(envelope, accountId, subscriptionId, cancellation));
  }

  private async cancel(
    envelope: Envelope,
    accountId: AccountId,
    subscriptionId: SubscriptionId,
    cancellation: CancelSubscription['cancellation'],
  ): Promise<Executed<SubscriptionRecord>> {
    const { at, credit, creditAmount, finalBill, reason } = cancellation;
    return this.catalogs.deciding(envelope.tenantId, async (catalog) =>
      this.accounts.execute(
        accountStream(envelope.tenantId, accountId),
        { ...envelope, accountId },
        {
          type: 'CancelSubscription',
          subscriptionId,
          changeId: envelope.commandId,
          at,
          credit: credit ?? (creditAmount === undefined ? 'prorated' : 'none'),
          ...(finalBill === undefined ? {} : { finalBill }),
          ...(creditAmount === undefined
            ? {}
            : { creditAmount: await this.givenBack(envelope, accountId, creditAmount) }),
          ...(reason === undefined ? {} : { reason }),
          catalog,
          now: await this.time.of(envelope, accountId),
        },
        ({ state }) => subscriptionRecord(state.subscriptions.get(subscriptionId)!, accountId),
      ),
    );
  }

  private async givenBack(envelope: Envelope, accountId: AccountId, amount: Money) {
    const terms = await this.terms.ofAccount(envelope, accountId);
    return { amount, itemId: createdId('itm', envelope), own: { invoiceId: createdId('inv', envelope), terms } };
  }
}
