import { ChangeApiKeys, ChangeTenantStanding, CreateTenant, type TenantRecord } from '#billing/tenant';
import { notFound, refuseAt, type TenantId } from '#kernel';
import { ProjectionStatuses } from '#projection';
import { TenantDirectoryQuery } from '#projections/tenants';
import { createdId, type Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiKeys, tenantCreation } from '../../access/api-keys.js';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, AnswersPage, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { AnswersSecret } from '../../pipeline/idempotency.js';
import { IdOf } from '../../pipeline/ids.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { NoQuery, PageQuery } from '../../pipeline/queries.dto.js';
import {
  CreatedTenantResource,
  CreateTenantDto,
  IssueApiKeyDto,
  IssuedApiKeyResource,
  ReinstateTenantDto,
  SuspendTenantDto,
  TenantResource,
} from './credentials.dto.js';
import { apiKeyResource, FIRST_SCOPES, refuseBeyond, termsIn, untilKnown } from './key-terms.js';
import { OPERATIONS } from './tag.js';

@ApiTags(OPERATIONS.name)
@Controller('v1/tenants')
@Reads('tenants')
export class TenantsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly apiKeys: ApiKeys,
    private readonly directory: TenantDirectoryQuery,
    private readonly statuses: ProjectionStatuses,
  ) {}

  /** Creates another tenant of this installation, with a first key of its own; a test tenant goes by a clock that is set by hand. */
  @Post()
  @Operation('CreateTenant', 'tenants.write')
  @AnswersSecret()
  @Tells(CreatedTenantResource, { ifMatch: false })
  @Refuses({ 422: ['test_tenant_required'] })
  async create(
    @CommandEnvelope() envelope: Envelope,
    @Body() { name, mode = 'live', startAt, timeZone = 'UTC', usageShards, ...limits }: CreateTenantDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<CreatedTenantResource>> {
    if (startAt !== undefined && mode !== 'test')
      refuseAt('/startAt', 'test_tenant_required', 'Only a test tenant goes by a clock of its own.');
    const tenantId = createdId('tnt', envelope);
    const { secret, key } = this.apiKeys.make(mode, createdId('key', envelope), {
      name: 'first key',
      scopes: FIRST_SCOPES,
      ...limits,
    });
    const plain = tenantCreation(mode, tenantId, name, timeZone, key);
    const creation = usageShards === undefined ? plain : { ...plain, usageShards };
    const executed = await this.commands.execute(new CreateTenant({ ...envelope, tenantId }, creation, startAt));
    await untilKnown(this.statuses, executed.position);
    return told(reply, executed, { ...tenantResource(executed.answer), apiKey: secret });
  }

  /** Lists the tenants of this installation, newest first. */
  @Get()
  @Operation('ListTenants', 'tenants.read')
  @AnswersPage(TenantResource)
  @Refuses({ 400: ['invalid_cursor'] })
  async list(@Query() query: PageQuery): Promise<PageResource<TenantResource>> {
    const page = await this.directory.list(pageRequest(query));
    return pageResource(page, page.rows.map(tenantResource));
  }

  /** A tenant of this installation. */
  @Get(':id')
  @Operation('GetTenant', 'tenants.read')
  @Answers(TenantResource)
  @Refuses({ 404: ['tenant_not_found'] })
  async find(@IdOf('tenant') id: TenantId, @Query() _: NoQuery): Promise<TenantResource> {
    return tenantResource((await this.directory.find(id)) ?? notFound('tenant', id));
  }

  /** Issues a key of another tenant, which has lost all of its own or needs a wider limit. */
  @Post(':id/api-keys')
  @Operation('IssueTenantApiKey', 'tenants.write')
  @AnswersSecret()
  @Tells(IssuedApiKeyResource)
  @Refuses({ 404: ['tenant_not_found'], 422: ['expiry_in_past', 'too_many_api_keys'] })
  async issueKey(
    @Req() request: FastifyRequest,
    @CommandEnvelope() envelope: Envelope,
    @IdOf('tenant') id: TenantId,
    @Body() body: IssueApiKeyDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<IssuedApiKeyResource>> {
    refuseBeyond(callerOf(request), body.scopes ?? FIRST_SCOPES, undefined);
    const { tenantId, mode } = (await this.directory.find(id)) ?? notFound('tenant', id);
    const { secret, key } = this.apiKeys.make(mode, createdId('key', envelope), termsIn(body));
    const executed = await this.commands.execute(
      new ChangeApiKeys({ ...envelope, tenantId }, { type: 'IssueApiKey', key }),
    );
    await untilKnown(this.statuses, executed.position);
    return told(reply, executed, { ...apiKeyResource(executed.answer), secret });
  }

  /** Suspends a tenant. Within seconds its credentials open nothing, and nothing of it falls due until it is reinstated. */
  @Post(':id/suspend')
  @Operation('SuspendTenant', 'tenants.write')
  @HttpCode(200)
  @Tells(TenantResource)
  @Refuses({ 404: ['tenant_not_found'], 422: ['own_tenant'] })
  suspend(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('tenant') id: TenantId,
    @Body() { reason }: SuspendTenantDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<TenantResource>> {
    return this.changeStanding(envelope, id, { type: 'SuspendTenant', reason, by: envelope.tenantId }, reply);
  }

  /** Takes a suspended tenant back. What fell due meanwhile is done now. */
  @Post(':id/reinstate')
  @Operation('ReinstateTenant', 'tenants.write')
  @HttpCode(200)
  @Tells(TenantResource)
  @Refuses({ 404: ['tenant_not_found'] })
  reinstate(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('tenant') id: TenantId,
    @Body() { reason }: ReinstateTenantDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<TenantResource>> {
    const change = { type: 'ReinstateTenant', ...(reason === undefined ? {} : { reason }) } as const;
    return this.changeStanding(envelope, id, change, reply);
  }

  private async changeStanding(
    envelope: Envelope,
    tenantId: TenantId,
    change: ChangeTenantStanding['change'],
    reply: FastifyReply,
  ): Promise<Told<TenantResource>> {
    const command = new ChangeTenantStanding({ ...envelope, tenantId }, change);
    const executed = await this.commands.execute(command);
    await untilKnown(this.statuses, executed.position);
    return told(reply, executed, tenantResource(executed.answer));
  }
}

const tenantResource = ({
  tenantId,
  name,
  mode,
  testClockId,
  usageShards,
  suspended,
}: TenantRecord): TenantResource => ({
  id: tenantId,
  name,
  mode,
  testClockId,
  usageShards,
  status: suspended ? 'suspended' : 'active',
});
