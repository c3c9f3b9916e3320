import { endpointIn } from '#billing/webhook';
import { Tenants } from '#billing/tenant';
import {
  EventLog,
  notFound,
  refuse,
  refuseAt,
  type TenantId,
  type WebhookEndpointId,
  type WebhookReplayId,
} from '#kernel';
import { createdId, type Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { callerOf } from '../../pipeline/caller.js';
import { Answers, AnswersPage, Refuses } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { NoBody, NoQuery, PageQuery } from '../../pipeline/queries.dto.js';
import { ReplayRows } from '../../webhooks/replay-rows.js';
import { WEBHOOKS } from './tag.js';
import { StartWebhookReplayDto } from './webhook-endpoints.dto.js';
import { replayResource, WebhookReplayResource } from './webhooks.resource.js';

const RATE_PER_SECOND = 100;

@ApiTags(WEBHOOKS.name)
@Controller('v1')
export class WebhookReplaysController {
  constructor(
    private readonly tenants: Tenants,
    private readonly replays: ReplayRows,
    private readonly log: EventLog,
  ) {}

  /** Sends events of a stretch of the log to an endpoint again, as old as they may be. What is new does not wait for it. */
  @Post('webhook-endpoints/:id/replays')
  @Operation('StartWebhookReplay', 'webhooks.write')
  @Answers(WebhookReplayResource)
  @Refuses({
    404: ['webhook_endpoint_not_found'],
    409: ['webhook_endpoint_disabled'],
    422: ['position_beyond_head'],
  })
  async start(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('webhook_endpoint') id: WebhookEndpointId,
    @Body() { from, to, eventTypes = [], ratePerSecond = RATE_PER_SECOND }: StartWebhookReplayDto,
  ): Promise<WebhookReplayResource> {
    const { tenantId } = envelope;
    const { disabled } = endpointIn((await this.tenants.webhooks(tenantId)).endpoints, id);
    if (disabled !== null)
      return refuse('webhook_endpoint_disabled', 'The endpoint is disabled: enable it first.', 'conflict');
    const head = await this.log.head();
    for (const [pointer, position] of [
      ['/from', from],
      ['/to', to],
    ] as const)
      if (position !== undefined && BigInt(position) > head)
        return refuseAt(pointer, 'position_beyond_head', `The log ends at ${head}.`);
    if (to !== undefined && BigInt(to) < BigInt(from))
      return refuseAt('/to', 'invalid_request', '“to” lies behind “from”.', 'invalid');
    const replayId = createdId('whr', envelope);
    await this.replays.begin({
      replay_id: replayId,
      tenant_id: tenantId,
      endpoint_id: id,
      after_position: BigInt(from),
      through_position: to === undefined ? head : BigInt(to),
      event_types: eventTypes,
      rate: ratePerSecond,
    });
    return this.known(tenantId, replayId);
  }

  /** What is sent to an endpoint again, the newest first. */
  @Get('webhook-endpoints/:id/replays')
  @Operation('ListWebhookReplays', 'webhooks.read')
  @AnswersPage(WebhookReplayResource)
  @Refuses({ 400: ['invalid_cursor'], 404: ['webhook_endpoint_not_found'] })
  async list(
    @Req() request: FastifyRequest,
    @IdOf('webhook_endpoint') id: WebhookEndpointId,
    @Query() query: PageQuery,
  ): Promise<PageResource<WebhookReplayResource>> {
    const { tenantId } = callerOf(request);
    endpointIn((await this.tenants.webhooks(tenantId)).endpoints, id);
    const page = await this.replays.list(tenantId, id, pageRequest(query));
    return pageResource(page, page.rows.map(replayResource));
  }

  /** One replay, and how far it is. */
  @Get('webhook-replays/:id')
  @Operation('GetWebhookReplay', 'webhooks.read')
  @Answers(WebhookReplayResource)
  @Refuses({ 404: ['webhook_replay_not_found'] })
  find(
    @Req() request: FastifyRequest,
    @IdOf('webhook_replay') id: WebhookReplayId,
    @Query() _: NoQuery,
  ): Promise<WebhookReplayResource> {
    return this.known(callerOf(request).tenantId, id);
  }

  /** Ends a replay: what of it was not sent stays so. */
  @Post('webhook-replays/:id/cancel')
  @Operation('CancelWebhookReplay', 'webhooks.write')
  @HttpCode(200)
  @Answers(WebhookReplayResource)
  @Refuses({ 404: ['webhook_replay_not_found'] })
  async cancel(
    @Req() request: FastifyRequest,
    @IdOf('webhook_replay') id: WebhookReplayId,
    @Body() _: NoBody,
  ): Promise<WebhookReplayResource> {
    const { tenantId } = callerOf(request);
    if (!(await this.replays.cancel(tenantId, id))) return notFound('webhook_replay', id);
    return this.known(tenantId, id);
  }

  private async known(tenantId: TenantId, id: WebhookReplayId): Promise<WebhookReplayResource> {
    const replay = await this.replays.find(tenantId, id);
    return replay === undefined ? notFound('webhook_replay', id) : replayResource(replay);
  }
}
