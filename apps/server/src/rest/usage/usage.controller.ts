import type { Meter } from '#contracts';
import { CorrectUsage } from '#billing/usage';
import { notFound, refuse, refuseAt } from '#kernel';
import { CatalogQuery } from '#projections/catalog';
import { ReadingsQuery, type MeteredPlan } from '#projections/usage';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, AnswersPage, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import type { PageResource } from '../../pipeline/pages.js';
import { cloudEventRows } from './cloud-events.js';
import { LinesBody } from './ndjson.js';
import { propertyTexts } from './reading-inputs.js';
import { foundRows, UsageIntake } from './usage-intake.js';
import { AmendReadingDto, ReadingQueryDto, RetractReadingDto, UnbilledQueryDto } from './usage.dto.js';
import { CorrectionResource, readingResource, ReadingResource, UsageRecordingResource } from './usage.resource.js';
import { usageBatchSchema } from './usage.schema.js';
import { USAGE } from './tag.js';

@ApiTags(USAGE.name)
@Controller('v1/usage')
export class UsageController {
  constructor(
    private readonly commands: CommandBus,
    private readonly readings: ReadingsQuery,
    private readonly catalog: CatalogQuery,
    private readonly intake: UsageIntake,
  ) {}

  /**
   * Records 1 to 1,000 usage events; each has a result of its own, which says what is wrong with it. One event may be sent bare. CloudEvents
   * are taken as well (structured, binary, in batches), and streams of lines of any length (`application/x-ndjson`).
   */
  @Post()
  @Operation('RecordUsage', 'usage.write')
  @HttpCode(200)
  @ApiBody({ schema: usageBatchSchema as object })
  @Answers(UsageRecordingResource)
  async record(
    @CommandEnvelope() envelope: Envelope,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
  ): Promise<UsageRecordingResource> {
    if (body instanceof LinesBody) return this.intake.recordLines(envelope, body);
    return this.intake.record(envelope, cloudEventRows(request) ?? foundRows(body));
  }

  /** Lists readings that no charge of any subscription takes. */
  @Get('unbilled')
  @Operation('ListUnbilledUsage', 'usage.read')
  @Reads('usage', 'subscriptions', 'catalog')
  @AnswersPage(ReadingResource)
  @Refuses({ 400: ['invalid_cursor'], 404: ['account_not_found'] })
  async unbilled(
    @Req() request: FastifyRequest,
    @Query() query: UnbilledQueryDto,
  ): Promise<PageResource<ReadingResource>> {
    const { tenantId } = callerOf(request);
    if (query.before !== undefined)
      return refuseAt('/before', 'invalid_request', 'This list is read forwards only.', 'invalid');
    const { rows, next } = await this.readings.unbilled(tenantId, await this.meteredPlans(request), {
      ...query,
    });
    return { data: rows.map(readingResource), page: { next, previous: null } };
  }

  /** One reading. */
  @Get(':id')
  @Operation('GetUsage', 'usage.read')
  @Reads('usage')
  @Answers(ReadingResource)
  @Refuses({ 404: ['reading_not_found', 'account_not_found'], 409: ['reading_ambiguous'] })
  async find(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Query() query: ReadingQueryDto,
  ): Promise<ReadingResource> {
    const { tenantId } = callerOf(request);
    const [reading, another] = await this.readings.find(tenantId, id, query.accountId);
    if (another)
      return refuse(
        'reading_ambiguous',
        'Several accounts have a reading with this id: name the accountId.',
        'conflict',
      );
    return readingResource(reading ?? notFound('reading', id));
  }

  /** Replaces what a reading says. The next invoice carries the difference, also of a period that is billed. */
  @Post(':id/amend')
  @Operation('AmendUsage', 'usage.write')
  @HttpCode(200)
  @Tells(CorrectionResource)
  @Refuses({
    404: ['reading_not_found', 'account_not_found'],
    409: ['reading_ambiguous'],
    422: ['reading_retracted', 'account_closed', 'invalid_decimal', 'value_not_computable', 'negative_value'],
  })
  async amend(
    @CommandEnvelope() envelope: Envelope,
    @Param('id') id: string,
    @Query() query: ReadingQueryDto,
    @Body() { properties, reason }: AmendReadingDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<CorrectionResource>> {
    return this.correct(envelope, query, { id, properties: propertyTexts(properties), reason }, reply);
  }

  /** Takes a reading back: it never happened. The next invoice carries the difference, also of a period that is billed. */
  @Post(':id/retract')
  @Operation('RetractUsage', 'usage.write')
  @HttpCode(200)
  @Tells(CorrectionResource)
  @Refuses({
    404: ['reading_not_found', 'account_not_found'],
    409: ['reading_ambiguous'],
    422: ['account_closed'],
  })
  async retract(
    @CommandEnvelope() envelope: Envelope,
    @Param('id') id: string,
    @Query() query: ReadingQueryDto,
    @Body() { reason }: RetractReadingDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<CorrectionResource>> {
    return this.correct(envelope, query, { id, reason }, reply);
  }

  private async correct(
    envelope: Envelope,
    named: ReadingQueryDto,
    correction: Omit<CorrectUsage['correction'], 'accountId'>,
    reply: FastifyReply,
  ): Promise<Told<CorrectionResource>> {
    const executed = await this.commands.execute(new CorrectUsage(envelope, { ...correction, ...named }));
    const { accountId: found, reading, retracted } = executed.answer;
    return told(reply, executed, { id: reading.id, accountId: found, status: retracted ? 'retracted' : 'amended' });
  }

  /** Which plan versions take the readings of which meter. */
  private async meteredPlans(request: FastifyRequest): Promise<MeteredPlan[]> {
    const { meters, versions } = await this.catalog.whole(callerOf(request).tenantId);
    return meters.map((meter: Meter) => ({
      meter,
      plans: versions
        .filter(({ charges }) => charges.some((charge) => charge.meter === meter.key))
        .map(({ key, version }) => ({ plan: key, version })),
    }));
  }
}
