import { AccountDirectory } from '#billing/account';
import {
  ActivateSubscription,
  CancelSubscription,
  ChangeSubscription,
  CreateSubscription,
} from '#billing/subscription';
import { Tenants } from '#billing/tenant';
import { Clock, type SubscriptionId } from '#kernel';
import { SubscriptionsQuery } from '#projections/subscriptions';
import { AccountHistory } from '#replay';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { REDEMPTION_REFUSALS } from '../coupons/redemption-refusals.js';
import { PRICE_REFUSALS } from '../catalog/price-models.js';
import type { Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, AnswersPage, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf, namingAccountAt, notFoundAsNamed, pastIn } from '../../pipeline/ids.js';
import { mapped } from '../../pipeline/mapped.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { TimeQuery } from '../../pipeline/queries.dto.js';
import { ActivateSubscriptionDto, ChangeSubscriptionDto, CreateSubscriptionDto } from './subscription.dto.js';
import { SubscriptionsQueryDto } from './subscriptions-query.dto.js';
import { CancelSubscriptionDto, cancellationIn } from './cancellation.dto.js';
import { SubscriptionAnswers } from './subscription-answers.js';
import { SubscriptionResource } from './subscription.resource.js';
import { SUBSCRIPTIONS } from './tag.js';

@ApiTags(SUBSCRIPTIONS.name)
@Controller('v1/subscriptions')
@Reads('subscriptions')
export class SubscriptionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly subscriptions: SubscriptionsQuery,
    private readonly directory: AccountDirectory,
    private readonly history: AccountHistory,
    private readonly answers: SubscriptionAnswers,
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  /** Gives an account a plan. */
  @Post()
  @Operation('CreateSubscription', 'subscriptions.write')
  @Tells(SubscriptionResource)
  @Refuses({
    404: ['account_not_found', 'plan_not_found', 'coupon_not_found'],
    409: ['subscription_already_exists', 'external_id_taken'],
    422: [
      'plan_archived',
      ...REDEMPTION_REFUSALS,
      'charge_not_found',
      'invalid_decimal',
      ...PRICE_REFUSALS,
      'tier_not_found',
      'invalid_basis_points',
      'duplicate_charge_key',
      'too_many_subscriptions',
      'account_closed',
    ],
  })
  async create(
    @CommandEnvelope() envelope: Envelope,
    @Body() body: CreateSubscriptionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<SubscriptionResource>> {
    const { accountId, trialDays, trialPrice, ...terms } = body;
    const trial = { ...mapped('days', trialDays), ...mapped('price', trialPrice) };
    const input = { ...terms, ...(Object.keys(trial).length === 0 ? {} : { trial }) };
    const executed = await namingAccountAt('/accountId', () =>
      this.commands.execute(new CreateSubscription(envelope, accountId, input)),
    );
    return this.answers.tell(envelope.tenantId, reply, executed);
  }

  /** Changes what is noted about it: metadata. */
  @Patch(':id')
  @Operation('ChangeSubscription', 'subscriptions.write')
  @Tells(SubscriptionResource)
  @Refuses({
    404: ['subscription_not_found'],
    422: ['account_closed', 'too_much_metadata'],
    504: ['read_model_behind'],
  })
  async change(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('subscription') subscriptionId: SubscriptionId,
    @Body() { metadata = {} }: ChangeSubscriptionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<SubscriptionResource>> {
    const { tenantId } = envelope;
    const accountId = await this.directory.ownerOf(tenantId, subscriptionId);
    return this.answers.tell(
      tenantId,
      reply,
      await this.commands.execute(new ChangeSubscription(envelope, accountId, subscriptionId, metadata)),
    );
  }

  /** Begins what waited for it. */
  @Post(':id/activate')
  @Operation('ActivateSubscription', 'subscriptions.write')
  @HttpCode(200)
  @Tells(SubscriptionResource)
  @Refuses({
    404: ['subscription_not_found'],
    422: ['subscription_canceled', 'account_closed'],
    504: ['read_model_behind'],
  })
  async activate(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('subscription') subscriptionId: SubscriptionId,
    @Body() { at }: ActivateSubscriptionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<SubscriptionResource>> {
    const { tenantId } = envelope;
    const accountId = await this.directory.ownerOf(tenantId, subscriptionId);
    return this.answers.tell(
      tenantId,
      reply,
      await this.commands.execute(new ActivateSubscription(envelope, accountId, subscriptionId, at)),
    );
  }

  /** Sets its end. */
  @Post(':id/cancel')
  @Operation('CancelSubscription', 'subscriptions.write')
  @HttpCode(200)
  @Tells(SubscriptionResource)
  @Refuses({
    404: ['subscription_not_found'],
    422: [
      'subscription_already_canceled',
      'end_before_start',
      'credit_amount_ahead',
      'credit_named_twice',
      'tax_rate_missing',
      'amount_not_positive',
      'currency_mismatch',
      'invalid_amount',
      'tax_not_known',
      'account_closed',
    ],
    504: ['read_model_behind'],
  })
  async cancel(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('subscription') subscriptionId: SubscriptionId,
    @Body() cancellation: CancelSubscriptionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<SubscriptionResource>> {
    const { tenantId } = envelope;
    const accountId = await this.directory.ownerOf(tenantId, subscriptionId);
    return this.answers.tell(
      tenantId,
      reply,
      await this.commands.execute(
        new CancelSubscription(envelope, accountId, subscriptionId, cancellationIn(cancellation)),
      ),
    );
  }

  /** Lists subscriptions, newest first. They are found by metadata, too. */
  @Get()
  @Operation('ListSubscriptions', 'subscriptions.read')
  @AnswersPage(SubscriptionResource)
  @Refuses({ 400: ['invalid_cursor'], 404: ['account_not_found'] })
  async list(
    @Req() request: FastifyRequest,
    @Query() query: SubscriptionsQueryDto,
  ): Promise<PageResource<SubscriptionResource>> {
    const { tenantId } = callerOf(request);
    const at = this.clock.now();
    const page = await this.subscriptions.list(tenantId, { at, ...query }, pageRequest(query));
    return pageResource(page, await this.answers.resources(tenantId, page.rows));
  }

  /** One subscription, as of now or of any moment. */
  @Get(':id')
  @Operation('GetSubscription', 'subscriptions.read')
  @Answers(SubscriptionResource)
  @Refuses({ 400: ['invalid_as_of'], 404: ['subscription_not_found'] })
  async find(
    @Req() request: FastifyRequest,
    @IdOf('subscription') subscriptionId: SubscriptionId,
    @Query() query: TimeQuery,
  ): Promise<SubscriptionResource> {
    const { tenantId } = callerOf(request);
    const past = await pastIn(query, () => this.tenants.billingTerms(tenantId));
    if (!past) {
      const record =
        (await this.subscriptions.find(tenantId, subscriptionId)) ?? notFoundAsNamed('subscription', subscriptionId);
      return this.answers.resource(tenantId, record);
    }
    const { subscriptions, at } = await this.history.at(
      tenantId,
      await this.directory.ownerOf(tenantId, subscriptionId),
      past,
    );
    const record = subscriptions.find((candidate) => candidate.subscriptionId === subscriptionId);
    return this.answers.resourceAt(tenantId, record ?? notFoundAsNamed('subscription', subscriptionId), at);
  }
}
