import { ChangeLegalEntity, DefineLegalEntity } from '#billing/legal-entity';
import { Tenants, type LegalEntityRecord } from '#billing/tenant';
import { notFound, type LegalEntityId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Body, Controller, Get, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, AnswersPage, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { wholeList, type PageResource } from '../../pipeline/pages.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { ChangeLegalEntityDto, DefineLegalEntityDto } from './legal-entity.dto.js';
import { legalEntityResource, LegalEntityResource } from './legal-entity.resource.js';
import { LEGAL_ENTITIES } from './tag.js';

@ApiTags(LEGAL_ENTITIES.name)
@Controller('v1/legal-entities')
@Reads('tenants')
export class LegalEntitiesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly tenants: Tenants,
  ) {}

  /** Lists all your legal entities, the first one first. */
  @Get()
  @Operation('ListLegalEntities', 'settings.read')
  @AnswersPage(LegalEntityResource)
  async list(@Req() request: FastifyRequest, @Query() _: NoQuery): Promise<PageResource<LegalEntityResource>> {
    const { entities } = await this.tenants.legalEntities(callerOf(request).tenantId);
    return wholeList(entities.map(legalEntityResource));
  }

  /** One legal entity, as it is now. */
  @Get(':id')
  @Operation('GetLegalEntity', 'settings.read')
  @Answers(LegalEntityResource, { etag: true })
  @Refuses({ 404: ['legal_entity_not_found'] })
  async find(
    @Req() request: FastifyRequest,
    @IdOf('legal_entity') entityId: LegalEntityId,
    @Query() _: NoQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LegalEntityResource> {
    const { entities, revision } = await this.tenants.legalEntities(callerOf(request).tenantId);
    const found = entities.find(({ entity }) => entity.entityId === entityId);
    reply.header('etag', `"${revision}"`);
    return legalEntityResource(found ?? notFound('legal_entity', entityId));
  }

  /** Defines another legal entity, with a series of invoice numbers of its own; its credit notes have one of their own if that is named. */
  @Post()
  @Operation('DefineLegalEntity', 'settings.write')
  @Tells(LegalEntityResource)
  @Refuses({
    422: [
      'bank_account_number_required',
      'invalid_tax_id',
      'invalid_invoice_prefix',
      'invoice_prefix_taken',
      'too_many_legal_entities',
    ],
  })
  async define(
    @CommandEnvelope() envelope: Envelope,
    @Body() { invoiceNumbers, creditNoteNumbers = null, ...details }: DefineLegalEntityDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<LegalEntityResource>> {
    const numbers = { invoiceNumbers, creditNoteNumbers };
    return tell(reply, await this.commands.execute(new DefineLegalEntity(envelope, details, numbers)));
  }

  /** Changes what documents say of a legal entity, from the next one on. */
  @Patch(':id')
  @Operation('ChangeLegalEntity', 'settings.write')
  @Tells(LegalEntityResource)
  @Refuses({
    404: ['legal_entity_not_found'],
    422: ['bank_account_number_required', 'invalid_tax_id', 'invalid_invoice_prefix', 'invoice_prefix_taken'],
  })
  async change(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('legal_entity') entityId: LegalEntityId,
    @Body() { invoiceNumbers, creditNoteNumbers, ...change }: ChangeLegalEntityDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<LegalEntityResource>> {
    const numbers = {
      ...(invoiceNumbers === undefined ? {} : { invoiceNumbers }),
      ...(creditNoteNumbers === undefined ? {} : { creditNoteNumbers }),
    };
    return tell(reply, await this.commands.execute(new ChangeLegalEntity(envelope, entityId, change, numbers)));
  }
}

const tell = (reply: FastifyReply, executed: Executed<LegalEntityRecord>): Told<LegalEntityResource> =>
  told(reply, executed, legalEntityResource(executed.answer));
