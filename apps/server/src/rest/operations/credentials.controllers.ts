import { ChangeApiKeys, CreateTenant, type ApiKeyRecord } from '#billing';
import { isId, notFound } from '#kernel';
import { ProjectionStatuses } from '#projection';
import { TenantsQuery } from '#projections/tenants';
import { createdId, type Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { ApiKeys, tenantCreation } from '../../credentials.js';
import { told, type Told } from '../http/answers.js';
import { callerOf } from '../http/caller.js';
import { Reads } from '../http/consistency.interceptor.js';
import { AnswersPage, Refuses, Tells } from '../http/documented.js';
import { CommandEnvelope } from '../http/envelope.js';
import { AnswersSecret } from '../http/idempotency.interceptor.js';
import { pageRequest, pageResource, type PageResource } from '../http/pages.js';
import { NoBody, PageQuery } from '../http/queries.dto.js';
import {
  CreateTenantDto,
  IssueApiKeyDto,
  ApiKeyResource,
  IssuedApiKeyResource,
  TenantResource,
} from './credentials.dto.js';

/** A key that is answered opens doors, and one that was revoked soon none; a projector that is away keeps nobody waiting for ever. */
const untilKnown = (statuses: ProjectionStatuses, position: bigint): Promise<void> =>
  statuses.waitFor(['tenants'], position).catch(() => undefined);

@ApiTags('Operations')
@Controller('v1/api-keys')
@Reads('tenants')
export class ApiKeysController {
  constructor(
    private readonly commands: CommandBus,
    private readonly tenants: TenantsQuery,
    private readonly apiKeys: ApiKeys,
    private readonly statuses: ProjectionStatuses,
  ) {}

  /** Issues a key of this tenant. */
  @Post()
  @Operation('IssueApiKey', 'credentials.write')
  @AnswersSecret()
  @Tells(IssuedApiKeyResource)
  async issue(
    @CommandEnvelope() envelope: Envelope,
    @Body() { name }: IssueApiKeyDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<IssuedApiKeyResource>> {
    const { secret, key } = this.apiKeys.make(createdId('key', envelope), name, ['tenant']);
    const executed = await this.commands.execute(new ChangeApiKeys(envelope, { type: 'IssueApiKey', key }));
    await untilKnown(this.statuses, executed.position);
    return told(reply, executed, { ...apiKeyResource(executed.answer), secret });
  }

  /** Lists keys, newest first; never the keys themselves. */
  @Get()
  @Operation('ListApiKeys', 'credentials.read')
  @AnswersPage(ApiKeyResource)
  @Refuses({ 400: ['invalid_cursor'] })
  async list(@Req() request: FastifyRequest, @Query() query: PageQuery): Promise<PageResource<ApiKeyResource>> {
    const page = await this.tenants.keys(callerOf(request).tenantId, pageRequest(query));
    return pageResource(page, page.rows.map(apiKeyResource));
  }

  /** Takes a key out of use. */
  @Post(':id/revoke')
  @Operation('RevokeApiKey', 'credentials.write')
  @HttpCode(200)
  @Tells(ApiKeyResource)
  @Refuses({ 404: ['api_key_not_found'] })
  async revoke(
    @CommandEnvelope() envelope: Envelope,
    @Param('id') id: string,
    @Body() _: NoBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<ApiKeyResource>> {
    const keyId = isId('key', id) ? id : notFound('api_key', id);
    const executed = await this.commands.execute(new ChangeApiKeys(envelope, { type: 'RevokeApiKey', keyId }));
    await untilKnown(this.statuses, executed.position);
    return told(reply, executed, apiKeyResource(executed.answer));
  }
}

@ApiTags('Operations')
@Controller('v1/tenants')
export class TenantsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly apiKeys: ApiKeys,
    private readonly statuses: ProjectionStatuses,
  ) {}

  /** Creates another tenant of this installation, with a first key of its own. */
  @Post()
  @Operation('CreateTenant', 'tenants.write')
  @AnswersSecret()
  @Tells(TenantResource, { ifMatch: false })
  async create(
    @CommandEnvelope() envelope: Envelope,
    @Body() { name, timeZone }: CreateTenantDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<TenantResource>> {
    const tenantId = createdId('tnt', envelope);
    const { secret, key } = this.apiKeys.make(createdId('key', envelope), 'first key', ['tenant']);
    const creation = tenantCreation(tenantId, name, timeZone ?? 'UTC', key);
    const executed = await this.commands.execute(new CreateTenant({ ...envelope, tenantId }, creation));
    await untilKnown(this.statuses, executed.position);
    return told(reply, executed, { id: tenantId, name: executed.answer.name, apiKey: secret });
  }
}

const apiKeyResource = ({
  keyId,
  name,
  scopes,
  revoked,
}: Pick<ApiKeyRecord, 'keyId' | 'name' | 'scopes' | 'revoked'>): ApiKeyResource => ({
  id: keyId,
  name,
  scopes: [...scopes],
  revoked,
});
