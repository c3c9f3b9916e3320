import { endpointIn } from '#billing/webhook';
import { Tenants } from '#billing/tenant';
import { notFound, refuse, type TenantId, type WebhookDeliveryId, type WebhookEndpointId } from '#kernel';
import { Body, Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { callerOf } from '../../pipeline/caller.js';
import { Answers, AnswersPage, Refuses } from '../../pipeline/documented.js';
import { IdOf } from '../../pipeline/ids.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { NoBody, NoQuery } from '../../pipeline/queries.dto.js';
import { DeliveryQueries, type DeliveryRecord } from '../../webhooks/delivery-queries.js';
import { DeliveryRows } from '../../webhooks/delivery-rows.js';
import { SentEvents } from '../../webhooks/sent-events.js';
import { webhookBody } from '../../webhooks/webhook-body.js';
import { WEBHOOKS } from './tag.js';
import { WebhookDeliveriesQuery } from './webhook-endpoints.dto.js';
import {
  deliveryDetailResource,
  deliveryResource,
  WebhookDeliveryDetailResource,
  WebhookDeliveryResource,
} from './webhooks.resource.js';

@ApiTags(WEBHOOKS.name)
@Controller('v1')
export class WebhookDeliveriesController {
  constructor(
    private readonly tenants: Tenants,
    private readonly deliveries: DeliveryQueries,
    private readonly rows: DeliveryRows,
    private readonly events: SentEvents,
  ) {}

  /** What is sent to an endpoint and what was in the last thirty days; the last queued first. */
  @Get('webhook-endpoints/:id/deliveries')
  @Operation('ListWebhookDeliveries', 'webhooks.read')
  @AnswersPage(WebhookDeliveryResource)
  @Refuses({ 400: ['invalid_cursor'], 404: ['webhook_endpoint_not_found'] })
  async list(
    @Req() request: FastifyRequest,
    @IdOf('webhook_endpoint') id: WebhookEndpointId,
    @Query() { status, ...query }: WebhookDeliveriesQuery,
  ): Promise<PageResource<WebhookDeliveryResource>> {
    const { tenantId } = callerOf(request);
    endpointIn((await this.tenants.webhooks(tenantId)).endpoints, id);
    const page = await this.deliveries.list(tenantId, id, status, pageRequest(query));
    return pageResource(page, page.rows.map(deliveryResource));
  }

  /** One delivery, with what is sent and how each attempt went. */
  @Get('webhook-deliveries/:id')
  @Operation('GetWebhookDelivery', 'webhooks.read')
  @Answers(WebhookDeliveryDetailResource)
  @Refuses({ 404: ['webhook_delivery_not_found'] })
  async find(
    @Req() request: FastifyRequest,
    @IdOf('webhook_delivery') id: WebhookDeliveryId,
    @Query() _: NoQuery,
  ): Promise<WebhookDeliveryDetailResource> {
    return this.detail(callerOf(request).tenantId, id);
  }

  /** Sends what is over once more, with all its attempts before it: what was given up, and also what was delivered. */
  @Post('webhook-deliveries/:id/retry')
  @Operation('RetryWebhookDelivery', 'webhooks.write')
  @HttpCode(200)
  @Answers(WebhookDeliveryDetailResource)
  @Refuses({ 404: ['webhook_delivery_not_found'], 409: ['webhook_delivery_pending', 'webhook_endpoint_disabled'] })
  async retry(
    @Req() request: FastifyRequest,
    @IdOf('webhook_delivery') id: WebhookDeliveryId,
    @Body() _: NoBody,
  ): Promise<WebhookDeliveryDetailResource> {
    const { tenantId } = callerOf(request);
    const { endpoint_id: endpointId } = await this.known(tenantId, id);
    const endpoint = (await this.tenants.webhooks(tenantId)).endpoints.get(endpointId);
    if (endpoint === undefined) return notFound('webhook_delivery', id);
    if (endpoint.disabled !== null)
      return refuse('webhook_endpoint_disabled', 'The endpoint is disabled: enable it first.', 'conflict');
    if (!(await this.rows.retry(tenantId, id)))
      return refuse('webhook_delivery_pending', 'It is being delivered already.', 'conflict');
    return this.detail(tenantId, id);
  }

  private async known(tenantId: TenantId, id: WebhookDeliveryId): Promise<DeliveryRecord> {
    return (await this.deliveries.find(tenantId, id)) ?? notFound('webhook_delivery', id);
  }

  private async detail(tenantId: TenantId, id: WebhookDeliveryId): Promise<WebhookDeliveryDetailResource> {
    const delivery = await this.known(tenantId, id);
    const [found, { endpoints }] = await Promise.all([this.events.of(delivery), this.tenants.webhooks(tenantId)]);
    const format = endpoints.get(delivery.endpoint_id)?.format;
    return deliveryDetailResource(delivery, found === undefined ? null : webhookBody(found.event, format));
  }
}
