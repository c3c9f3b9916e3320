import { ChangeWebhooks, endpointIn, type WebhookEndpoint } from '#billing/webhook';
import { Tenants } from '#billing/tenant';
import { notFound, type TenantId, type WebhookEndpointId } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Body, Controller, Get, HttpCode, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, AnswersList, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { AnswersSecret } from '../../pipeline/idempotency.js';
import { IdOf } from '../../pipeline/ids.js';
import { NoBody, NoQuery } from '../../pipeline/queries.dto.js';
import { DeliveryQueries } from '../../webhooks/delivery-queries.js';
import { secretText } from '../../webhooks/signature.js';
import { WebhookClient } from '../../webhooks/webhook-client.js';
import { WebhookSecrets } from '../../webhooks/webhook-secrets.js';
import { WEBHOOKS } from './tag.js';
import { ChangeWebhookEndpointDto, CreateWebhookEndpointDto, RotateWebhookSecretDto } from './webhook-endpoints.dto.js';
import { WebhookTests } from './webhook-tests.js';
import { checkedUrl } from './webhook-urls.js';
import {
  DeletedWebhookEndpointResource,
  endpointResource,
  endpointStatusResource,
  WebhookEndpointResource,
  WebhookEndpointStatusResource,
  WebhookEndpointWithSecretResource,
  WebhookTestResource,
} from './webhooks.resource.js';

const OVERLAP_SECONDS = 24 * 60 * 60;

@ApiTags(WEBHOOKS.name)
@Controller('v1/webhook-endpoints')
@Reads('tenants')
export class WebhookEndpointsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly tenants: Tenants,
    private readonly secrets: WebhookSecrets,
    private readonly client: WebhookClient,
    private readonly deliveries: DeliveryQueries,
    private readonly tests: WebhookTests,
  ) {}

  /** Has public events that come from now on posted to a URL. */
  @Post()
  @Operation('CreateWebhookEndpoint', 'webhooks.write')
  @AnswersSecret()
  @Tells(WebhookEndpointWithSecretResource)
  @Refuses({ 422: ['url_not_allowed', 'too_many_webhook_endpoints'] })
  async create(
    @CommandEnvelope() envelope: Envelope,
    @Body() { url, dryRun: _, ...terms }: CreateWebhookEndpointDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<WebhookEndpointWithSecretResource>> {
    const endpointId = createdId('whe', envelope);
    const sealed = this.secrets.sealUrl(envelope.tenantId, endpointId, checkedUrl(url, this.client.settings));
    const defaults = { eventTypes: [], accountIds: [], ordering: 'account', format: 'full' } as const;
    const executed = await this.commands.execute(
      new ChangeWebhooks(envelope, {
        type: 'CreateWebhookEndpoint',
        endpointId,
        secretId: createdId('whs', envelope),
        terms: { ...defaults, ...terms, ...sealed },
      }),
    );
    return told(reply, executed, this.withSecret(envelope.tenantId, existing(executed, endpointId)));
  }

  /** Where your public events are posted, and how that goes. */
  @Get()
  @Operation('ListWebhookEndpoints', 'webhooks.read')
  @AnswersList(WebhookEndpointStatusResource)
  async list(@Req() request: FastifyRequest, @Query() _: NoQuery): Promise<WebhookEndpointStatusResource[]> {
    const { tenantId } = callerOf(request);
    const [{ endpoints }, health] = await Promise.all([
      this.tenants.webhooks(tenantId),
      this.deliveries.health(tenantId),
    ]);
    return [...endpoints.values()].map((endpoint) =>
      endpointStatusResource(endpoint, this.urlOf(tenantId, endpoint), health.get(endpoint.endpointId)),
    );
  }

  /** One endpoint. */
  @Get(':id')
  @Operation('GetWebhookEndpoint', 'webhooks.read')
  @Answers(WebhookEndpointStatusResource)
  @Refuses({ 404: ['webhook_endpoint_not_found'] })
  async find(
    @Req() request: FastifyRequest,
    @IdOf('webhook_endpoint') id: WebhookEndpointId,
    @Query() _: NoQuery,
  ): Promise<WebhookEndpointStatusResource> {
    const { tenantId } = callerOf(request);
    const endpoint = endpointIn((await this.tenants.webhooks(tenantId)).endpoints, id);
    const health = await this.deliveries.health(tenantId);
    return endpointStatusResource(endpoint, this.urlOf(tenantId, endpoint), health.get(id));
  }

  /** Changes what is posted, or where. What is queued already goes to the new URL, too. */
  @Patch(':id')
  @Operation('ChangeWebhookEndpoint', 'webhooks.write')
  @Tells(WebhookEndpointResource)
  @Refuses({ 404: ['webhook_endpoint_not_found'], 422: ['url_not_allowed'] })
  async change(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('webhook_endpoint') endpointId: WebhookEndpointId,
    @Body() { url, dryRun: _, ...terms }: ChangeWebhookEndpointDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<WebhookEndpointResource>> {
    const { tenantId } = envelope;
    const sealed =
      url === undefined ? {} : this.secrets.sealUrl(tenantId, endpointId, checkedUrl(url, this.client.settings));
    const change = { type: 'ChangeWebhookEndpoint', endpointId, change: { ...terms, ...sealed } } as const;
    return this.told(reply, envelope, await this.commands.execute(new ChangeWebhooks(envelope, change)), endpointId);
  }

  /** Gives an endpoint another signing secret. For a while, what is sent is signed with both. */
  @Post(':id/rotate-secret')
  @Operation('RotateWebhookSecret', 'webhooks.write')
  @HttpCode(200)
  @AnswersSecret()
  @Tells(WebhookEndpointWithSecretResource)
  @Refuses({ 404: ['webhook_endpoint_not_found'] })
  async rotate(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('webhook_endpoint') endpointId: WebhookEndpointId,
    @Body() { overlapSeconds = OVERLAP_SECONDS }: RotateWebhookSecretDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<WebhookEndpointWithSecretResource>> {
    const secretId = createdId('whs', envelope);
    const change = { type: 'RotateWebhookSecret', endpointId, secretId, overlapSeconds } as const;
    const executed = await this.commands.execute(new ChangeWebhooks(envelope, change));
    return told(reply, executed, this.withSecret(envelope.tenantId, existing(executed, endpointId)));
  }

  /** Posts a `webhook_endpoint.test` at once, and answers what came of it. Nothing is queued. */
  @Post(':id/test')
  @Operation('TestWebhookEndpoint', 'webhooks.write')
  @HttpCode(200)
  @Answers(WebhookTestResource)
  @Refuses({ 404: ['webhook_endpoint_not_found'] })
  async test(
    @Req() request: FastifyRequest,
    @IdOf('webhook_endpoint') id: WebhookEndpointId,
    @Body() _: NoBody,
  ): Promise<WebhookTestResource> {
    const { tenantId } = callerOf(request);
    const endpoint = endpointIn((await this.tenants.webhooks(tenantId)).endpoints, id);
    return this.tests.of(tenantId, endpoint, this.urlOf(tenantId, endpoint));
  }

  /** Sends nothing to an endpoint any more. What waits is kept; what comes meanwhile is in the log, for a replay. */
  @Post(':id/disable')
  @Operation('DisableWebhookEndpoint', 'webhooks.write')
  @HttpCode(200)
  @Tells(WebhookEndpointResource)
  @Refuses({ 404: ['webhook_endpoint_not_found'] })
  async disable(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('webhook_endpoint') endpointId: WebhookEndpointId,
    @Body() _: NoBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<WebhookEndpointResource>> {
    const change = { type: 'DisableWebhookEndpoint', endpointId, cause: 'operator' } as const;
    return this.told(reply, envelope, await this.commands.execute(new ChangeWebhooks(envelope, change)), endpointId);
  }

  /** Sends again to an endpoint that was disabled: what waits, and what comes from now on. */
  @Post(':id/enable')
  @Operation('EnableWebhookEndpoint', 'webhooks.write')
  @HttpCode(200)
  @Tells(WebhookEndpointResource)
  @Refuses({ 404: ['webhook_endpoint_not_found'], 409: ['webhook_endpoint_enabled_recently'] })
  async enable(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('webhook_endpoint') endpointId: WebhookEndpointId,
    @Body() _: NoBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<WebhookEndpointResource>> {
    const change = { type: 'EnableWebhookEndpoint', endpointId } as const;
    return this.told(reply, envelope, await this.commands.execute(new ChangeWebhooks(envelope, change)), endpointId);
  }

  /** Deletes an endpoint. Its URL is forgotten, and what waits is not sent. */
  @Post(':id/delete')
  @Operation('DeleteWebhookEndpoint', 'webhooks.write')
  @HttpCode(200)
  @Tells(DeletedWebhookEndpointResource)
  @Refuses({ 404: ['webhook_endpoint_not_found'] })
  async delete(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('webhook_endpoint') endpointId: WebhookEndpointId,
    @Body() _: NoBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<DeletedWebhookEndpointResource>> {
    const executed = await this.commands.execute(
      new ChangeWebhooks(envelope, { type: 'DeleteWebhookEndpoint', endpointId }),
    );
    return told(reply, executed, { id: endpointId, deleted: true });
  }

  private told(
    reply: FastifyReply,
    { tenantId }: Envelope,
    executed: Executed<WebhookEndpoint | null>,
    endpointId: WebhookEndpointId,
  ): Told<WebhookEndpointResource> {
    const endpoint = existing(executed, endpointId);
    return told(reply, executed, endpointResource(endpoint, this.urlOf(tenantId, endpoint)));
  }

  private urlOf(tenantId: TenantId, endpoint: WebhookEndpoint): string {
    return this.secrets.openUrl(tenantId, endpoint) ?? '';
  }

  private withSecret(tenantId: TenantId, endpoint: WebhookEndpoint): WebhookEndpointWithSecretResource {
    return {
      ...endpointResource(endpoint, this.urlOf(tenantId, endpoint)),
      secret: secretText(this.secrets.signing(endpoint.secretId)),
    };
  }
}

const existing = ({ answer }: Executed<WebhookEndpoint | null>, endpointId: WebhookEndpointId): WebhookEndpoint =>
  answer ?? notFound('webhook_endpoint', endpointId);
