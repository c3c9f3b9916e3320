import { accountStream } from '#contracts';
import type { AccountId, Instant, SubscriptionId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { Catalogs } from '../../catalog/use-cases/catalogs.js';
import type { Timers } from '../../timer/use-cases/fired-timer.js';
import { ActivateSubscription } from './activate-subscription.handler.js';
import { EndSubscription } from './end-subscription.handler.js';

/** Announces what the timeline says of an instant: that a trial or a pause is over. */
export class AnnounceTimeline extends Command<Executed<null>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly subscriptionId: SubscriptionId,
    readonly type: 'EndTrial' | 'EndPause',
    readonly at: Instant,
  ) {
    super();
  }
}

/** What falls due of a subscription by itself, beside its bills. */
export const subscriptionTimers = {
  activate: ({ envelope, accountId, subject, dueAt }) =>
    new ActivateSubscription(envelope, accountId, subject as SubscriptionId, dueAt),
  end: ({ envelope, accountId, subject, dueAt }) =>
    new EndSubscription(envelope, accountId, subject as SubscriptionId, dueAt),
  trial: ({ envelope, accountId, subject, dueAt }) =>
    new AnnounceTimeline(envelope, accountId, subject as SubscriptionId, 'EndTrial', dueAt),
  resume: ({ envelope, accountId, subject, dueAt }) =>
    new AnnounceTimeline(envelope, accountId, subject as SubscriptionId, 'EndPause', dueAt),
} satisfies Timers;

@CommandHandler(AnnounceTimeline)
export class AnnounceTimelineHandler implements ICommandHandler<AnnounceTimeline> {
  constructor(
    private readonly accounts: Accounts,
    private readonly catalogs: Catalogs,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, subscriptionId, type, at }: AnnounceTimeline): Promise<Executed<null>> {
    const catalog = await this.catalogs.ofTenant(envelope.tenantId);
    const facts = {
      subscriptionId,
      at,
      changeId: envelope.commandId,
      catalog,
      now: await this.time.of(envelope, accountId),
    };
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      type === 'EndTrial' ? { type, subscriptionId, at } : { type, ...facts },
      () => null,
    );
  }
}
