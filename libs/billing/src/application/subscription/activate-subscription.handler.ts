import { accountStream } from '#contracts';
import { Clock, type AccountId, type Instant, type SubscriptionId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Accounts } from '../accounts.js';
import { Catalogs } from '../catalogs.js';
import { subscriptionRecord } from '../records/from-state.js';
import type { SubscriptionRecord } from '../records/records.js';

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
    private readonly clock: Clock,
  ) {}

  async execute({
    envelope,
    accountId,
    subscriptionId,
    at,
  }: ActivateSubscription): Promise<Executed<SubscriptionRecord>> {
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      {
        type: 'ActivateSubscription',
        subscriptionId,
        ...(at === undefined ? {} : { at }),
        catalog: await this.catalogs.ofTenant(envelope.tenantId),
        now: this.clock.now(),
      },
      ({ state }) => subscriptionRecord(state.subscriptions.get(subscriptionId)!, accountId),
    );
  }
}
