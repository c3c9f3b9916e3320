import {
  accountStream,
  aliasStream,
  type Activation,
  type Quantities,
  type Overrides,
  type TrialTerms,
  type Metadata,
} from '#contracts';
import { derivedId, DomainError, type AccountId, type Instant, type SubscriptionId } from '#kernel';
import { createdId, subcommand, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { Aliases } from '../../alias/use-cases/aliases.js';
import { Catalogs } from '../../catalog/use-cases/catalogs.js';
import { CouponRedeeming } from '../../coupon/use-cases/redeeming.js';
import type { NewDiscount } from '../../discount/discount.commands.js';
import { ExternalIds } from '../../alias/use-cases/external-ids.js';
import { PersonalData } from '../../account/ports/personal-data.js';
import { subscriptionRecord } from '../subscription.record.js';
import type { SubscriptionRecord } from '../subscription.record.js';

export interface SubscriptionInput {
  readonly plan: string;
  readonly planVersion?: number;
  readonly externalId?: string;
  readonly startAt?: Instant;
  readonly anchor?: { readonly day?: number; readonly align?: 'subscription' | 'account' | 'calendar' };
  readonly activation?: Activation;
  readonly quantities?: Quantities;
  readonly overrides?: Overrides;
  readonly trial?: Partial<TrialTerms>;
  readonly billedThrough?: Instant;
  readonly metadata?: Metadata;
  /** Codes of coupons that it begins with. */
  readonly coupons?: readonly string[];
}

export class CreateSubscription extends Command<Executed<SubscriptionRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly input: SubscriptionInput,
  ) {
    super();
  }
}

interface Identity {
  readonly externalIdHash?: string;
  readonly personal?: SubscriptionRecord['personal'] & {};
}

@CommandHandler(CreateSubscription)
export class CreateSubscriptionHandler implements ICommandHandler<CreateSubscription> {
  constructor(
    private readonly accounts: Accounts,
    private readonly aliases: Aliases,
    private readonly externalIds: ExternalIds,
    private readonly catalogs: Catalogs,
    private readonly redeeming: CouponRedeeming,
    private readonly personalData: PersonalData,
    private readonly time: AccountTime,
  ) {}

  async execute(command: CreateSubscription): Promise<Executed<SubscriptionRecord>> {
    const { envelope, accountId, input } = command;
    const { externalId } = input;
    if (externalId === undefined) return this.create(command, createdId('sub', envelope), {});
    const hash = await this.personalData.blindIndex(envelope.tenantId, externalId);
    const personal = await this.personalData.seal(envelope.tenantId, accountId, 'profile', { externalId });
    const named = { externalId, hash };
    const { subscriptionId, heldByErased } = await this.externalIds.subscriptionToCreate(envelope, accountId, named);
    const create = () => this.create(command, subscriptionId, { externalIdHash: hash, personal });
    const isThere = await this.accounts.view(accountStream(envelope.tenantId, accountId), ({ subscriptions }) =>
      subscriptions.has(subscriptionId),
    );
    if (isThere) return create();
    if (heldByErased !== null) await this.release(envelope, hash, heldByErased);
    return this.reserving(envelope, accountId, hash, create);
  }

  /** An external id is unique in the tenant, but a subscription lives in its account: the name is taken first. */
  private async reserving<Result>(
    envelope: Envelope,
    accountId: AccountId,
    hash: string,
    create: () => Promise<Result>,
  ): Promise<Result> {
    const stream = aliasStream(envelope.tenantId, 'subscription', hash);
    const reservation = { type: 'subscription', hash, targetId: accountId } as const;
    await this.aliases.execute(
      stream,
      subcommand(envelope, 'reserve-alias'),
      { type: 'ReserveAlias', reservation },
      () => null,
    );
    try {
      return await create();
    } catch (error) {
      if (error instanceof DomainError && error.kind !== 'unavailable') {
        await this.aliases.execute(
          stream,
          subcommand(envelope, 'release-alias'),
          { type: 'ReleaseAlias', reservation },
          () => null,
        );
      }
      throw error;
    }
  }

  /** The name of somebody who was erased is free again, whoever of them reserved it how often. */
  private async release(envelope: Envelope, hash: string, targetId: AccountId): Promise<void> {
    const stream = aliasStream(envelope.tenantId, 'subscription', hash);
    const reservation = { type: 'subscription', hash, targetId } as const;
    const holds = () => this.aliases.view(stream, (alias) => (alias.targetId === targetId ? alias.holds : 0), 0);
    for (let held = await holds(); held > 0; held = await holds()) {
      const own = subcommand(envelope, 'release-erased', targetId, held);
      await this.aliases.execute(stream, own, { type: 'ReleaseAlias', reservation }, () => null);
    }
  }

  private create(
    command: CreateSubscription,
    subscriptionId: SubscriptionId,
    identity: Identity,
  ): Promise<Executed<SubscriptionRecord>> {
    const { envelope, accountId, input } = command;
    const { coupons = [] } = input;
    const redeeming = coupons.map((code) => ({ code, discountId: derivedId('dsc', subscriptionId, code) }));
    return this.redeeming.redeem(envelope, accountId, redeeming, (discounts) =>
      this.createWith(discounts, command, subscriptionId, identity),
    );
  }

  private createWith(
    discounts: readonly NewDiscount[],
    { envelope, accountId, input }: CreateSubscription,
    subscriptionId: SubscriptionId,
    identity: Identity,
  ): Promise<Executed<SubscriptionRecord>> {
    const { plan, planVersion, startAt, anchor, activation, quantities, overrides, trial, billedThrough, metadata } =
      input;
    return this.catalogs.deciding(envelope.tenantId, async (catalog) =>
      this.accounts.execute(
        accountStream(envelope.tenantId, accountId),
        { ...envelope, accountId },
        {
          type: 'CreateSubscription',
          subscriptionId,
          ...identity,
          plan,
          ...(planVersion === undefined ? {} : { planVersion }),
          ...(startAt === undefined ? {} : { startAt }),
          anchor: { align: 'subscription', ...anchor },
          activation: activation ?? 'automatic',
          quantities: quantities ?? {},
          overrides: overrides ?? {},
          ...(trial === undefined ? {} : { trial }),
          ...(billedThrough === undefined ? {} : { billedThrough }),
          ...(metadata === undefined ? {} : { metadata }),
          ...(discounts.length === 0 ? {} : { discounts }),
          catalog,
          now: await this.time.of(envelope, accountId),
        },
        ({ state }) => subscriptionRecord(state.subscriptions.get(subscriptionId)!, accountId),
      ),
    );
  }
}
