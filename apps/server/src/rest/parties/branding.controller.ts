import { ChangeBranding } from '#billing/legal-entity';
import { Tenants } from '#billing/tenant';
import type { LegalEntityId } from '#kernel';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, Patch, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { DocumentFiles } from '../../documents/document-files.js';
import { Logos } from '../../documents/logos.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import type { DocumentAnswer } from '../../pipeline/document.resource.js';
import { Answers, AnswersDocument, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { DocumentQueryDto } from '../documents/documents.dto.js';
import { hangUpOf } from '../documents/hang-up.js';
import { ChangeBrandingDto } from './branding.dto.js';
import { brandingResource, BrandingResource } from './branding.resource.js';
import { LEGAL_ENTITIES } from './tag.js';

/** How documents of a legal entity look, and a sample of one. */
@ApiTags(LEGAL_ENTITIES.name)
@Controller('v1/legal-entities/:id')
@Reads('tenants')
export class BrandingController {
  constructor(
    private readonly commands: CommandBus,
    private readonly tenants: Tenants,
    private readonly logos: Logos,
    private readonly files: DocumentFiles,
  ) {}

  /** How documents of a legal entity look. */
  @Get('branding')
  @Operation('GetBranding', 'settings.read')
  @Answers(BrandingResource)
  @Refuses({ 404: ['legal_entity_not_found'] })
  async branding(
    @Req() request: FastifyRequest,
    @IdOf('legal_entity') entityId: LegalEntityId,
    @Query() _: NoQuery,
  ): Promise<BrandingResource> {
    return brandingResource(await this.tenants.branding(callerOf(request).tenantId, entityId));
  }

  /** Changes how documents of a legal entity look that leave the house from then on: a logo, a colour, texts, and what lines say. */
  @Patch('branding')
  @Operation('ChangeBranding', 'settings.write')
  @Tells(BrandingResource)
  @Refuses({
    404: ['legal_entity_not_found'],
    422: ['invalid_logo'],
    503: ['document_too_slow', 'documents_busy'],
  })
  async change(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('legal_entity') entityId: LegalEntityId,
    @Body() { logo, ...change }: ChangeBrandingDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<BrandingResource>> {
    const picture = typeof logo === 'string' ? await this.logos.checked(logo) : logo;
    const changed = { ...change, ...(picture === undefined ? {} : { logo: picture }) };
    const executed = await this.commands.execute(new ChangeBranding(envelope, entityId, changed));
    return told(reply, executed, brandingResource(executed.answer));
  }

  /** What invoices of a legal entity look like, as a page: a draft with made-up lines. */
  @Get('sample/html')
  @Operation('GetSampleHtml', 'settings.read')
  @AnswersDocument('text/html')
  @Refuses({ 404: ['legal_entity_not_found'] })
  html(
    @Req() request: FastifyRequest,
    @IdOf('legal_entity') entityId: LegalEntityId,
    @Query() { language }: DocumentQueryDto,
  ): Promise<DocumentAnswer> {
    return this.files.sample(callerOf(request).tenantId, entityId, 'html', { language });
  }

  /** What invoices of a legal entity look like, as PDF: a draft with made-up lines. */
  @Get('sample/pdf')
  @Operation('GetSamplePdf', 'settings.read')
  @AnswersDocument('application/pdf')
  @Refuses({
    404: ['legal_entity_not_found'],
    422: ['document_glyph_missing'],
    503: ['document_too_slow', 'documents_busy'],
  })
  pdf(
    @Req() request: FastifyRequest,
    @IdOf('legal_entity') entityId: LegalEntityId,
    @Query() { language }: DocumentQueryDto,
    @Res({ passthrough: true }) { raw }: FastifyReply,
  ): Promise<DocumentAnswer> {
    return this.files.sample(callerOf(request).tenantId, entityId, 'pdf', { language, abandoned: hangUpOf(raw) });
  }
}
