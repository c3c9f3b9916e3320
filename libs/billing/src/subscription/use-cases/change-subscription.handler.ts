import { accountStream } from '#contracts';
import type { AccountId, SubscriptionId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MetadataChange } from '../../account/metadata.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { subscriptionRecord } from '../subscription.record.js';
import type { SubscriptionRecord } from '../subscription.record.js';

export class ChangeSubscription extends Command<Executed<SubscriptionRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly subscriptionId: SubscriptionId,
    readonly metadata: MetadataChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeSubscription)
export class ChangeSubscriptionHandler implements ICommandHandler<ChangeSubscription> {
  constructor(private readonly accounts: Accounts) {}

  execute({
    envelope,
    accountId,
    subscriptionId,
    metadata,
  }: ChangeSubscription): Promise<Executed<SubscriptionRecord>> {
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      { type: 'ChangeSubscription', subscriptionId, metadata },
      ({ state }) => subscriptionRecord(state.subscriptions.get(subscriptionId)!, accountId),
    );
  }
}
