import { ChangeApiKeys } from '#billing/tenant';
import { notFound, type ApiKeyId } from '#kernel';
import { ProjectionStatuses } from '#projection';
import { TenantsQuery } from '#projections/tenants';
import { createdId, type Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiKeys } from '../../access/api-keys.js';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { AnswersPage, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { AnswersSecret } from '../../pipeline/idempotency.js';
import { IdOf } from '../../pipeline/ids.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { NoBody } from '../../pipeline/queries.dto.js';
import {
  ApiKeyResource,
  ApiKeysQueryDto,
  IssueApiKeyDto,
  IssuedApiKeyResource,
  RevokeApiKeyQueryDto,
  RotateApiKeyDto,
} from './credentials.dto.js';
import { apiKeyResource, FIRST_SCOPES, issuerIn, refuseBeyond, termsIn, untilKnown } from './key-terms.js';
import { OPERATIONS } from './tag.js';

const OVERLAP_SECONDS = 24 * 60 * 60;

@ApiTags(OPERATIONS.name)
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
  @Refuses({ 422: ['expiry_in_past', 'too_many_api_keys'] })
  async issue(
    @Req() request: FastifyRequest,
    @CommandEnvelope() envelope: Envelope,
    @Body() body: IssueApiKeyDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<IssuedApiKeyResource>> {
    const caller = callerOf(request);
    refuseBeyond(caller, body.scopes ?? FIRST_SCOPES, body.requestsPerHour);
    const terms = { ...termsIn(body), ...issuerIn(caller) };
    const { secret, key } = this.apiKeys.make(caller.mode, createdId('key', envelope), terms);
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

  /** Issues a successor with the same name, scopes and limit. The former key stays valid beside it for a while, then no more. */
  @Post(':id/rotate')
  @Operation('RotateApiKey', 'credentials.write')
  @AnswersSecret()
  @Tells(IssuedApiKeyResource)
  @Refuses({
    404: ['api_key_not_found'],
    422: ['api_key_not_live', 'api_key_replaced', 'expiry_in_past', 'too_many_api_keys'],
  })
  async rotate(
    @Req() request: FastifyRequest,
    @CommandEnvelope() envelope: Envelope,
    @IdOf('api_key') keyId: ApiKeyId,
    @Body() { overlapSeconds = OVERLAP_SECONDS, ...terms }: RotateApiKeyDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<IssuedApiKeyResource>> {
    const caller = callerOf(request);
    const former = (await this.tenants.key(caller.tenantId, keyId)) ?? notFound('api_key', keyId);
    // Who gets the secret of the successor gets all that it opens.
    refuseBeyond(caller, former.scopes, former.requestsPerHour ?? undefined);
    const { secret, hash } = this.apiKeys.secretOf(caller.mode, createdId('key', envelope));
    const successor = {
      keyId: createdId('key', envelope),
      hash,
      ...terms,
      ...issuerIn(caller),
    };
    const change = { type: 'RotateApiKey', keyId, successor, overlapSeconds } as const;
    const executed = await this.commands.execute(new ChangeApiKeys(envelope, change));
    await untilKnown(this.statuses, executed.position);
    return told(reply, executed, { ...apiKeyResource(executed.answer), secret });
  }

  /** Takes a key out of use, alone or with every key that goes back to it. */
  @Post(':id/revoke')
  @Operation('RevokeApiKey', 'credentials.write')
  @HttpCode(200)
  @Tells(ApiKeyResource)
  @Refuses({ 404: ['api_key_not_found'] })
  async revoke(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('api_key') keyId: ApiKeyId,
    @Query() { cascade }: RevokeApiKeyQueryDto,
    @Body() _: NoBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<ApiKeyResource>> {
    const change = { type: 'RevokeApiKey', keyId, ...(cascade === 'true' ? { cascade: true } : {}) } as const;
    const executed = await this.commands.execute(new ChangeApiKeys(envelope, change));
    await untilKnown(this.statuses, executed.position);
    return told(reply, executed, apiKeyResource(executed.answer));
  }
}
