import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { PersonalDataReads } from '../../audit/personal-data-reads.js';
import { callerOf } from '../../pipeline/caller.js';
import { AnswersPage, Refuses } from '../../pipeline/documented.js';
import { mapped } from '../../pipeline/mapped.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { PersonalDataReadsQueryDto } from './audit.dto.js';
import { personalDataReadResource, PersonalDataReadResource } from './personal-data-read.resource.js';
import { AUDIT } from './tag.js';

@ApiTags(AUDIT.name)
@Controller('v1/audit/personal-data-reads')
export class PersonalDataReadsController {
  constructor(private readonly reads: PersonalDataReads) {}

  /** Lists who read personal data of whom, newest first. Kept for 400 days. */
  @Get()
  @Operation('ListPersonalDataReads', 'audit.read')
  @AnswersPage(PersonalDataReadResource)
  @Refuses({ 400: ['invalid_cursor'], 404: ['account_not_found'] })
  async list(
    @Req() request: FastifyRequest,
    @Query() query: PersonalDataReadsQueryDto,
  ): Promise<PageResource<PersonalDataReadResource>> {
    const { tenantId } = callerOf(request);
    const page = await this.reads.list(tenantId, mapped('accountId', query.account), pageRequest(query));
    return pageResource(page, page.rows.map(personalDataReadResource));
  }
}
