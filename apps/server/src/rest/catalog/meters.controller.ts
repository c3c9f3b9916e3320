import { ChangeMeters } from '#billing/catalog';
import { notFound } from '#kernel';
import { CatalogQuery } from '#projections/catalog';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, AnswersPage, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { NoBody, NoQuery } from '../../pipeline/queries.dto.js';
import { meterResource, MeterResource } from './catalog.resource.js';
import { CatalogQueryDto, DefineMeterDto } from './meter.dto.js';
import { CATALOG } from './tag.js';

@ApiTags(CATALOG.name)
@Controller('v1/meters')
@Reads('catalog')
export class MetersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly catalog: CatalogQuery,
  ) {}

  /** Defines what is counted. It also counts what was recorded before. */
  @Post()
  @Operation('DefineMeter', 'catalog.write')
  @Tells(MeterResource)
  @Refuses({
    409: ['meter_already_exists'],
    422: [
      'value_property_required',
      'value_expression_not_allowed',
      'invalid_expression',
      'round_each_not_allowed',
      'invalid_decimal',
      'negative_not_allowed',
      'invalid_filter',
      'bucket_not_allowed',
    ],
  })
  async define(
    @CommandEnvelope() envelope: Envelope,
    @Body() body: DefineMeterDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<MeterResource>> {
    const meter = { filters: [], groupBy: [], allowNegative: false, ...body };
    const executed = await this.commands.execute(new ChangeMeters(envelope, { type: 'DefineMeter', meter }));
    return told(reply, executed, meterResource(executed.answer, executed.answer.archived));
  }

  /** Lists meters, newest first. */
  @Get()
  @Operation('ListMeters', 'catalog.read')
  @AnswersPage(MeterResource)
  @Refuses({ 400: ['invalid_cursor'] })
  async list(@Req() request: FastifyRequest, @Query() query: CatalogQueryDto): Promise<PageResource<MeterResource>> {
    const page = await this.catalog.meters(callerOf(request).tenantId, pageRequest(query));
    return pageResource(
      page,
      page.rows.map(({ meter, archived }) => meterResource(meter, archived)),
    );
  }

  /** One meter. */
  @Get(':key')
  @Operation('GetMeter', 'catalog.read')
  @Answers(MeterResource)
  @Refuses({ 404: ['meter_not_found'] })
  async find(@Req() request: FastifyRequest, @Param('key') key: string, @Query() _: NoQuery): Promise<MeterResource> {
    const { meter, archived } = (await this.catalog.meter(callerOf(request).tenantId, key)) ?? notFound('meter', key);
    return meterResource(meter, archived);
  }

  /** Keeps new plan versions from using a meter. */
  @Post(':key/archive')
  @Operation('ArchiveMeter', 'catalog.write')
  @HttpCode(200)
  @Tells(MeterResource)
  @Refuses({ 404: ['meter_not_found'] })
  async archive(
    @CommandEnvelope() envelope: Envelope,
    @Param('key') key: string,
    @Body() _: NoBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<MeterResource>> {
    const executed = await this.commands.execute(new ChangeMeters(envelope, { type: 'ArchiveMeter', key }));
    return told(reply, executed, meterResource(executed.answer, executed.answer.archived));
  }
}
