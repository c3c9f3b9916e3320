import { accountStream } from '#contracts';
import { type AccountId, type Instant, type SubscriptionId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { Catalogs } from '../../catalog/use-cases/catalogs.js';
import { subscriptionRecord } from '../subscription.record.js';
import type { SubscriptionRecord } from '../subscription.record.js';

export class ActivateSubscription extends Command<Executed<SubscriptionRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly subscriptionId: SubscriptionId,
    readonly at?: Instant,
  ) {
    super();
  }
}

@CommandHandler(ActivateSubscription)
export class ActivateSubscriptionHandler implements ICommandHandler<ActivateSubscription> {
  constructor(
    private readonly accounts: Accounts,
    private readonly catalogs: Catalogs,
    private readonly time: AccountTime,
  ) {}

  async execute({
    envelope,
    accountId,
    subscriptionId,
    at,
  }: ActivateSubscription): Promise<Executed<SubscriptionRecord>> {
    return this.catalogs.deciding(envelope.tenantId, async (catalog) =>
      this.accounts.execute(
        accountStream(envelope.tenantId, accountId),
        { ...envelope, accountId },
        {
          type: 'ActivateSubscription',
          subscriptionId,
          ...(at === undefined ? {} : { at }),
          catalog,
          now: await this.time.of(envelope, accountId),
        },
        ({ state }) => subscriptionRecord(state.subscriptions.get(subscriptionId)!, accountId),
      ),
    );
  }
}
