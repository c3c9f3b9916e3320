import { accountStream } from '#contracts';
import type { AccountId, Instant, SubscriptionId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Accounts } from '../../account/use-cases/accounts.js';

export class EndSubscription extends Command<Executed<null>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly subscriptionId: SubscriptionId,
    readonly at: Instant,
  ) {
    super();
  }
}

@CommandHandler(EndSubscription)
export class EndSubscriptionHandler implements ICommandHandler<EndSubscription> {
  constructor(private readonly accounts: Accounts) {}

  execute({ envelope, accountId, subscriptionId, at }: EndSubscription): Promise<Executed<null>> {
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      { type: 'EndSubscription', subscriptionId, at },
      () => null,
    );
  }
}
