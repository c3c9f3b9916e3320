import { accountStream, type CreditPolicy } from '#contracts';
import type { AccountId, Instant, SubscriptionId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ChangeTime } from '../subscription.commands.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { Catalogs } from '../../catalog/use-cases/catalogs.js';
import { subscriptionRecord } from '../subscription.record.js';
import type { SubscriptionRecord } from '../subscription.record.js';

/** What is asked of a timeline that has begun, apart from another plan and its end. */
export type TimelineRequest =
  | {
      readonly type: 'PauseSubscription';
      readonly at: ChangeTime;
      readonly until?: Instant;
      readonly credit: CreditPolicy;
    }
  | { readonly type: 'ResumeSubscription'; readonly at: ChangeTime }
  | { readonly type: 'UncancelSubscription' }
  | { readonly type: 'WithdrawScheduledChange'; readonly changeId: string };

export class ChangeTimeline extends Command<Executed<SubscriptionRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly subscriptionId: SubscriptionId,
    readonly request: TimelineRequest,
  ) {
    super();
  }
}

@CommandHandler(ChangeTimeline)
export class ChangeTimelineHandler implements ICommandHandler<ChangeTimeline> {
  constructor(
    private readonly accounts: Accounts,
    private readonly catalogs: Catalogs,
    private readonly time: AccountTime,
  ) {}

  async execute({
    envelope,
    accountId,
    subscriptionId,
    request,
  }: ChangeTimeline): Promise<Executed<SubscriptionRecord>> {
    const now = await this.time.of(envelope, accountId);
    return this.catalogs.deciding(envelope.tenantId, async (catalog) =>
      this.accounts.execute(
        accountStream(envelope.tenantId, accountId),
        { ...envelope, accountId },
        request.type === 'UncancelSubscription'
          ? { ...request, subscriptionId, catalog, now }
          : { changeId: envelope.commandId, ...request, subscriptionId, catalog, now },
        ({ state }) => subscriptionRecord(state.subscriptions.get(subscriptionId)!, accountId),
      ),
    );
  }
}
