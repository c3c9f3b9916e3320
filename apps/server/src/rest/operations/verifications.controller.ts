import { notFound } from '#kernel';
import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { KnownAccounts } from '../../adapters/known-accounts.js';
import { Verifications, type VerificationId } from '../../audit/verifications.js';
import { callerOf } from '../../pipeline/caller.js';
import { Answers, Refuses } from '../../pipeline/documented.js';
import { IdOf, namingAccountAt, notFoundAsNamed } from '../../pipeline/ids.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { AUDIT } from '../audit/tag.js';
import { StartVerificationDto } from './verifications.dto.js';
import { verificationResource, VerificationResource } from './verifications.resource.js';

@ApiTags(AUDIT.name)
@Controller('v1/audit/verifications')
export class VerificationsController {
  constructor(
    private readonly verifications: Verifications,
    private readonly known: KnownAccounts,
  ) {}

  /** Compares replayed accounts with read models, books with invoices, and usage lines with the log. */
  @Post()
  @Operation('StartVerification', 'audit.write')
  @Answers(VerificationResource)
  @Refuses({ 404: ['account_not_found'] })
  async start(
    @Req() request: FastifyRequest,
    @Body() { accountId }: StartVerificationDto,
  ): Promise<VerificationResource> {
    const { tenantId } = callerOf(request);
    if (accountId === undefined) return verificationResource(await this.verifications.start(tenantId));
    return namingAccountAt('/accountId', async () => {
      if (!(await this.known.among(tenantId, [accountId])).has(accountId)) notFoundAsNamed('account', accountId);
      return verificationResource(await this.verifications.start(tenantId, accountId));
    });
  }

  /** How far it is, and what it found. */
  @Get(':id')
  @Operation('GetVerification', 'audit.read')
  @Answers(VerificationResource)
  @Refuses({ 404: ['verification_not_found'] })
  async find(
    @Req() request: FastifyRequest,
    @IdOf('verification') verificationId: VerificationId,
    @Query() _: NoQuery,
  ): Promise<VerificationResource> {
    return verificationResource(
      (await this.verifications.find(callerOf(request).tenantId, verificationId)) ??
        notFound('verification', verificationId),
    );
  }
}
