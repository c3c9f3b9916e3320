import { ChangeApiKeys, ChangeTenantStanding, CreateTenant, type ApiKeyRecord, type TenantRecord } from '#billing';
import { isId, notFound, parseInstant, refuse, refuseAt, type TenantId } from '#kernel';
import { ProjectionStatuses } from '#projection';
import { TenantDirectoryQuery, TenantsQuery, type ListedApiKey } from '#projections/tenants';
import { createdId, type Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiKeys, tenantCreation } from '../../access/api-keys.js';
import type { Caller } from '../../access/caller.js';
import { Operation } from '../../access/operation.js';
import { granted } from '../../access/permissions.js';
import { told, type Told } from '../http/answers.js';
import { callerOf } from '../http/caller.js';
import { Reads } from '../http/consistency.interceptor.js';
import { Answers, AnswersPage, Refuses, Tells } from '../http/documented.js';
import { CommandEnvelope } from '../http/envelope.js';
import { AnswersSecret } from '../http/idempotency.interceptor.js';
import { pageRequest, pageResource, type PageResource } from '../http/pages.js';
import { NoBody, NoQuery, PageQuery } from '../http/queries.dto.js';
import {
  ApiKeyResource,
  CreatedTenantResource,
  ApiKeysQueryDto,
  CreateTenantDto,
  IssueApiKeyDto,
  IssuedApiKeyResource,
  ReinstateTenantDto,
  SuspendTenantDto,
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
  @Refuses({ 422: ['expiry_in_past'] })
  async issue(
    @Req() request: FastifyRequest,
    @CommandEnvelope() envelope: Envelope,
    @Body() { name, scopes = ['billing_admin'], expiresAt, requestsPerHour }: IssueApiKeyDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<IssuedApiKeyResource>> {
    const caller = callerOf(request);
    refuseBeyond(caller, scopes, requestsPerHour);
    const { secret, key } = this.apiKeys.make(caller.mode, createdId('key', envelope), {
      name,
      scopes,
      ...(expiresAt === undefined ? {} : { expiresAt: parseInstant(expiresAt) }),
      ...(requestsPerHour === undefined ? {} : { requestsPerHour }),
    });
    const executed = await this.commands.execute(new ChangeApiKeys(envelope, { type: 'IssueApiKey', key }));
    await untilKnown(this.statuses, executed.position);
    return told(reply, executed, { ...apiKeyResource(executed.answer), secret });
  }

  /** Lists keys, newest first; never the keys themselves. */
  @Get()
  @Operation('ListApiKeys', 'credentials.read')
  @AnswersPage(ApiKeyResource)
  @Refuses({ 400: ['invalid_cursor'] })
  async list(@Req() request: FastifyRequest, @Query() query: ApiKeysQueryDto): Promise<PageResource<ApiKeyResource>> {
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
    @Body() { name, mode = 'live', startAt, timeZone, requestsPerHour }: CreateTenantDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<CreatedTenantResource>> {
    if (startAt !== undefined && mode !== 'test')
      refuseAt('/startAt', 'test_tenant_required', 'Only a test tenant goes by a clock of its own.');
    const tenantId = createdId('tnt', envelope);
    const { secret, key } = this.apiKeys.make(mode, createdId('key', envelope), {
      name: 'first key',
      scopes: ['billing_admin'],
      ...(requestsPerHour === undefined ? {} : { requestsPerHour }),
    });
    const creation = tenantCreation(mode, tenantId, name, timeZone ?? 'UTC', key);
    const executed = await this.commands.execute(
      new CreateTenant({ ...envelope, tenantId }, creation, startAt === undefined ? undefined : parseInstant(startAt)),
    );
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
  async find(@Param('id') id: string, @Query() _: NoQuery): Promise<TenantResource> {
    return tenantResource((await this.directory.find(tenantIdIn(id))) ?? notFound('tenant', id));
  }

  /** Suspends a tenant. Within seconds its credentials open nothing, and nothing of it falls due until it is reinstated. */
  @Post(':id/suspend')
  @Operation('SuspendTenant', 'tenants.write')
  @HttpCode(200)
  @Tells(TenantResource)
  @Refuses({ 404: ['tenant_not_found'], 422: ['own_tenant'] })
  suspend(
    @CommandEnvelope() envelope: Envelope,
    @Param('id') id: string,
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
    @Param('id') id: string,
    @Body() { reason }: ReinstateTenantDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<TenantResource>> {
    const change = { type: 'ReinstateTenant', ...(reason === undefined ? {} : { reason }) } as const;
    return this.changeStanding(envelope, id, change, reply);
  }

  private async changeStanding(
    envelope: Envelope,
    id: string,
    change: ChangeTenantStanding['change'],
    reply: FastifyReply,
  ): Promise<Told<TenantResource>> {
    const command = new ChangeTenantStanding({ ...envelope, tenantId: tenantIdIn(id) }, change);
    const executed = await this.commands.execute(command);
    await untilKnown(this.statuses, executed.position);
    return told(reply, executed, tenantResource(executed.answer));
  }
}

const tenantIdIn = (id: string): TenantId => (isId('tnt', id) ? id : notFound('tenant', id));

/** Nobody hands out more than they have. @throws DomainError `forbidden` */
const refuseBeyond = (caller: Caller, scopes: readonly string[], requestsPerHour: number | undefined): void => {
  const missing = [...granted(scopes).permissions].filter((permission) => !caller.permissions.has(permission));
  if (missing.length > 0) {
    refuse('forbidden', `Your credentials do not have all that this key would: ${missing.join(', ')}.`, 'forbidden');
  }
  if ((requestsPerHour ?? 0) > caller.requestsPerHour && !caller.permissions.has('tenants.write')) {
    refuse(
      'forbidden',
      `More than your own ${caller.requestsPerHour} requests an hour takes the permission tenants.write.`,
      'forbidden',
    );
  }
};

const tenantResource = ({ tenantId, name, mode, testClockId, suspended }: TenantRecord): TenantResource => ({
  id: tenantId,
  name,
  mode,
  testClockId,
  status: suspended ? 'suspended' : 'active',
});

const apiKeyResource = ({
  keyId,
  name,
  scopes,
  expiresAt,
  requestsPerHour,
  revoked,
}: ApiKeyRecord | ListedApiKey): ApiKeyResource => ({
  id: keyId,
  name,
  scopes: [...scopes],
  expiresAt: expiresAt ?? null,
  requestsPerHour: requestsPerHour ?? null,
  revoked,
});
