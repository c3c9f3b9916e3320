import { PersonalData } from '#billing/account';
import { AuditLogQuery, type AuditFilter } from '#projections/audit-log';
import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { AnswersPage, Refuses } from '../../pipeline/documented.js';
import { mapped } from '../../pipeline/mapped.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { auditChanges, openedAuditChanges } from './audit-changes.js';
import { auditEntryResource, AuditEntryResource } from './audit-entry.resource.js';
import { AuditLogQueryDto } from './audit.dto.js';
import { AUDIT } from './tag.js';

@ApiTags(AUDIT.name)
@Controller('v1/audit/log')
@Reads('audit-log', 'tenants')
export class AuditLogController {
  constructor(
    private readonly log: AuditLogQuery,
    private readonly personalData: PersonalData,
  ) {}

  /** Lists every change of state, newest first: who asked for it, by which command, why, and what it changed, before and after. */
  @Get()
  @Operation('ListAuditLog', 'audit.read')
  @AnswersPage(AuditEntryResource)
  @Refuses({ 400: ['invalid_cursor'], 404: ['account_not_found'] })
  async list(
    @Req() request: FastifyRequest,
    @Query() query: AuditLogQueryDto,
  ): Promise<PageResource<AuditEntryResource>> {
    const { tenantId } = callerOf(request);
    const { account, actor, command, type, ...rest } = query;
    const filter: AuditFilter = {
      ...rest,
      ...mapped('accountId', account),
      ...mapped('actors', actor),
      ...mapped('commands', command),
      ...mapped('types', type),
    };
    const page = await this.log.list(tenantId, filter, pageRequest(query));
    const changes =
      query.personal === true
        ? await openedAuditChanges(this.personalData, tenantId, page.rows)
        : auditChanges(page.rows);
    return pageResource(
      page,
      page.rows.map((entry, index) => auditEntryResource(entry, changes[index]!)),
    );
  }
}
