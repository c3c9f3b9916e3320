import { SubscriptionUsage } from '#billing/usage';
import { isBefore, refuseAt, type SubscriptionId } from '#kernel';
import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { AnswersPage, Refuses } from '../../pipeline/documented.js';
import { IdOf } from '../../pipeline/ids.js';
import { pageResource, type PageResource } from '../../pipeline/pages.js';
import { subscriptionUsageResource, SubscriptionUsageResource } from './subscription-usage.resource.js';
import { SubscriptionUsageQueryDto } from './usage.dto.js';
import { USAGE } from './tag.js';

@ApiTags(USAGE.name)
@Controller('v1/subscriptions/:id/usage')
@Reads('usage', 'subscriptions')
export class SubscriptionUsageController {
  constructor(private readonly usage: SubscriptionUsage) {}

  /** What all usage charges of a subscription counted, by billing period or by windows, with what is billed of it and will be. */
  @Get()
  @Operation('ListSubscriptionUsage', 'usage.read')
  @AnswersPage(SubscriptionUsageResource)
  @Refuses({ 400: ['invalid_cursor', 'too_many_points'], 404: ['subscription_not_found'] })
  async list(
    @Req() request: FastifyRequest,
    @IdOf('subscription') subscriptionId: SubscriptionId,
    @Query() query: SubscriptionUsageQueryDto,
  ): Promise<PageResource<SubscriptionUsageResource>> {
    const { tenantId } = callerOf(request);
    const { from, to } = query;
    if (from !== undefined && to !== undefined && !isBefore(from, to))
      return refuseAt('/to', 'invalid_request', '“to” does not lie behind “from”.', 'invalid');
    const page = await this.usage.page(tenantId, subscriptionId, query);
    return pageResource(page, page.rows.map(subscriptionUsageResource));
  }
}
