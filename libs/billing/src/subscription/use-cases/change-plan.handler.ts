import { accountStream, type ChangeOptions, type Quantities, type OverridesChange, type InvoiceLine } from '#contracts';
import type { AccountId, SubscriptionId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { changePreview } from '../../invoice/change-preview.js';
import type { ChangeTime } from '../subscription.commands.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { Catalogs } from '../../catalog/use-cases/catalogs.js';
import { subscriptionRecord } from '../subscription.record.js';
import type { SubscriptionRecord } from '../subscription.record.js';

export interface PlanChange extends ChangeOptions {
  readonly plan?: string;
  readonly planVersion?: number;
  readonly quantities: Quantities;
  readonly overrides?: OverridesChange;
  readonly at: ChangeTime;
}

/** The subscription as it is with the change, and what it gives back and charges by then. */
export interface ChangedSubscription {
  readonly subscription: SubscriptionRecord;
  /** Of a dry run. */
  readonly preview?: { readonly lines: readonly InvoiceLine[]; readonly currency: string };
}

export class ChangePlan extends Command<Executed<ChangedSubscription>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly subscriptionId: SubscriptionId,
    readonly change: PlanChange,
  ) {
    super();
  }
}

@CommandHandler(ChangePlan)
export class ChangePlanHandler implements ICommandHandler<ChangePlan> {
  constructor(
    private readonly accounts: Accounts,
    private readonly catalogs: Catalogs,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, subscriptionId, change }: ChangePlan): Promise<Executed<ChangedSubscription>> {
    const now = await this.time.of(envelope, accountId);
    const changeId = envelope.commandId;
    return this.catalogs.deciding(envelope.tenantId, async (catalog) =>
      this.accounts.execute(
        accountStream(envelope.tenantId, accountId),
        { ...envelope, accountId },
        { type: 'ChangePlan', subscriptionId, changeId, ...change, catalog, now },
        ({ state }) => ({
          subscription: subscriptionRecord(state.subscriptions.get(subscriptionId)!, accountId),
          ...(envelope.dryRun === true
            ? {
                preview: {
                  lines: changePreview(state, subscriptionId, changeId, catalog),
                  currency: state.profile!.currency,
                },
              }
            : {}),
        }),
      ),
    );
  }
}
