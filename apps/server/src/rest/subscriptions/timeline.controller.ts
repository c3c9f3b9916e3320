import { AccountDirectory, AccountTime } from '#billing/account';
import { ChangePlan, ChangeTimeline, type PlanChange, type TimelineRequest } from '#billing/subscription';
import type { SubscriptionId } from '#kernel';
import { SubscriptionsQuery } from '#projections/subscriptions';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { AnswersList, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { NoBody, NoQuery } from '../../pipeline/queries.dto.js';
import {
  ChangedSubscriptionResource,
  changePreviewResource,
  ScheduledChangeResource,
  scheduledChangeResource,
} from './change.resource.js';
import { PRICE_REFUSALS } from '../catalog/price-models.js';
import { SubscriptionAnswers } from './subscription-answers.js';
import { ChangePlanDto, PauseSubscriptionDto, ResumeSubscriptionDto } from './subscription.dto.js';
import { SubscriptionResource } from './subscription.resource.js';
import { SUBSCRIPTIONS } from './tag.js';

/** Changes of a subscription that has begun. */
@ApiTags(SUBSCRIPTIONS.name)
@Controller('v1/subscriptions/:id')
@Reads('subscriptions')
export class TimelineController {
  constructor(
    private readonly commands: CommandBus,
    private readonly subscriptions: SubscriptionsQuery,
    private readonly directory: AccountDirectory,
    private readonly answers: SubscriptionAnswers,
    private readonly time: AccountTime,
  ) {}

  /** Another plan, version, number of units or agreed price: now, in the past, or from a later moment on. A dry run previews what it would bill. */
  @Post('changes')
  @Operation('ChangePlan', 'subscriptions.write')
  @HttpCode(200)
  @Tells(ChangedSubscriptionResource)
  @Refuses({
    404: ['subscription_not_found', 'plan_not_found'],
    422: [
      'subscription_not_active',
      'subscription_canceled',
      'change_before_start',
      'later_change_exists',
      'plan_archived',
      'currency_mismatch',
      'charge_not_found',
      'invalid_decimal',
      'tier_not_found',
      ...PRICE_REFUSALS,
      'invalid_basis_points',
      'nothing_changes',
      'proration_required',
      'full_difference_ahead',
      'preview_too_large',
      'account_closed',
    ],
    504: ['read_model_behind'],
  })
  async change(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('subscription') subscriptionId: SubscriptionId,
    @Body() { proration, billingCycle, allowances, dryRun: _, ...terms }: ChangePlanDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<ChangedSubscriptionResource>> {
    const { tenantId } = envelope;
    const accountId = await this.directory.ownerOf(tenantId, subscriptionId);
    const change: PlanChange = {
      quantities: {},
      ...terms,
      ...prorationOf(proration),
      ...(billingCycle === 'restart' ? { billingCycle } : {}),
      ...(allowances === 'restart' ? { allowances } : {}),
    };
    const executed = await this.commands.execute(new ChangePlan(envelope, accountId, subscriptionId, change));
    const { subscription, preview } = executed.answer;
    return told(reply, executed, {
      ...(await this.answers.stored(tenantId, subscription)),
      ...(preview ? { preview: changePreviewResource(preview.lines, preview.currency) } : {}),
    });
  }

  /** Nothing is served, nor billed, until it is resumed. */
  @Post('pause')
  @Operation('PauseSubscription', 'subscriptions.write')
  @HttpCode(200)
  @Tells(SubscriptionResource)
  @Refuses({
    404: ['subscription_not_found'],
    422: [
      'subscription_not_active',
      'subscription_canceled',
      'subscription_already_paused',
      'change_before_start',
      'until_before_pause',
      'account_closed',
    ],
    504: ['read_model_behind'],
  })
  pause(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('subscription') subscriptionId: SubscriptionId,
    @Body() pause: PauseSubscriptionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<SubscriptionResource>> {
    return this.request(envelope, subscriptionId, reply, {
      type: 'PauseSubscription',
      at: 'now',
      credit: 'prorated',
      ...pause,
    });
  }

  /** Ends a pause. */
  @Post('resume')
  @Operation('ResumeSubscription', 'subscriptions.write')
  @HttpCode(200)
  @Tells(SubscriptionResource)
  @Refuses({
    404: ['subscription_not_found'],
    422: [
      'subscription_not_active',
      'subscription_canceled',
      'subscription_not_paused',
      'change_before_start',
      'account_closed',
    ],
    504: ['read_model_behind'],
  })
  resume(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('subscription') subscriptionId: SubscriptionId,
    @Body() { at = 'now' }: ResumeSubscriptionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<SubscriptionResource>> {
    return this.request(envelope, subscriptionId, reply, { type: 'ResumeSubscription', at });
  }

  /** Takes back an end that has not come. */
  @Post('uncancel')
  @Operation('UncancelSubscription', 'subscriptions.write')
  @HttpCode(200)
  @Tells(SubscriptionResource)
  @Refuses({
    404: ['subscription_not_found'],
    422: ['subscription_not_canceled', 'subscription_ended', 'account_closed'],
    504: ['read_model_behind'],
  })
  uncancel(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('subscription') subscriptionId: SubscriptionId,
    @Body() _: NoBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<SubscriptionResource>> {
    return this.request(envelope, subscriptionId, reply, { type: 'UncancelSubscription' });
  }

  /** What counts only later: plans, units, pauses, and the end. */
  @Get('changes')
  @Operation('ListScheduledChanges', 'subscriptions.read')
  @AnswersList(ScheduledChangeResource)
  @Refuses({ 404: ['subscription_not_found'] })
  async list(
    @Req() request: FastifyRequest,
    @IdOf('subscription') subscriptionId: SubscriptionId,
    @Query() _: NoQuery,
  ): Promise<ScheduledChangeResource[]> {
    const { tenantId } = callerOf(request);
    const accountId = await this.directory.ownerOf(tenantId, subscriptionId);
    const now = await this.time.now(tenantId, accountId);
    const changes = await this.subscriptions.scheduled(tenantId, subscriptionId, now);
    return changes.map(scheduledChangeResource);
  }

  /** Takes back a change that does not count yet. */
  @Post('changes/:changeId/withdraw')
  @Operation('WithdrawScheduledChange', 'subscriptions.write')
  @HttpCode(200)
  @Tells(SubscriptionResource)
  @Refuses({
    404: ['subscription_not_found', 'change_not_found'],
    422: ['change_already_effective', 'later_change_exists', 'subscription_ended', 'account_closed'],
    504: ['read_model_behind'],
  })
  withdraw(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('subscription') subscriptionId: SubscriptionId,
    @Param('changeId') changeId: string,
    @Body() _: NoBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<SubscriptionResource>> {
    return this.request(envelope, subscriptionId, reply, { type: 'WithdrawScheduledChange', changeId });
  }

  private async request(
    envelope: Envelope,
    subscriptionId: SubscriptionId,
    reply: FastifyReply,
    request: TimelineRequest,
  ): Promise<Told<SubscriptionResource>> {
    const { tenantId } = envelope;
    const accountId = await this.directory.ownerOf(tenantId, subscriptionId);
    const command = new ChangeTimeline(envelope, accountId, subscriptionId, request);
    return this.answers.tell(tenantId, reply, await this.commands.execute(command));
  }
}

const prorationOf = (asked: ChangePlanDto['proration']): Pick<PlanChange, 'proration' | 'collect'> => {
  if (asked === 'next_invoice') return { proration: 'prorated', collect: 'next_invoice' };
  return { proration: asked === undefined || asked === 'now' ? 'prorated' : asked };
};
