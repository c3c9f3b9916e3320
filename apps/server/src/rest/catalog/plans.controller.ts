import type { Charge } from '#contracts';
import { ChangePlans, type PlanContent, type PlanRecord } from '#billing/catalog';
import { notFound, refuseAt } from '#kernel';
import { CatalogQuery } from '#projections/catalog';
import type { Envelope, Executed } from '#write-path';
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
import { mapped } from '../../pipeline/mapped.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { NoBody, NoQuery } from '../../pipeline/queries.dto.js';
import { planResource, PlanResource } from './catalog.resource.js';
import { CatalogQueryDto } from './meter.dto.js';
import { PlanVersionDto, PublishPlanDto, type ChargeDto } from './plan.dto.js';
import { PRICE_REFUSALS } from './price-models.js';
import { CATALOG } from './tag.js';

/** What is wrong with prices and charges; each violation has its pointer. */
const PLAN_REFUSALS = [
  'unknown_currency',
  'price_missing',
  'currency_repeated',
  'too_many_currencies',
  'duplicate_charge_key',
  'negative_not_allowed',
  'meter_required',
  'meter_not_allowed',
  'meter_not_found',
  'usage_in_advance',
  'interval_not_allowed',
  'allowance_not_allowed',
  'invalid_allowance_interval',
  'invalid_trial',
  ...PRICE_REFUSALS,
];

@ApiTags(CATALOG.name)
@Controller('v1/plans')
@Reads('catalog')
export class PlansController {
  constructor(
    private readonly commands: CommandBus,
    private readonly catalog: CatalogQuery,
  ) {}

  /** Publishes version 1 of a plan. */
  @Post()
  @Operation('CreatePlan', 'catalog.write')
  @Tells(PlanResource)
  @Refuses({ 409: ['plan_already_exists'], 422: PLAN_REFUSALS })
  async publish(
    @CommandEnvelope() envelope: Envelope,
    @Body() body: PublishPlanDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<PlanResource>> {
    const change = { type: 'PublishPlan', key: body.key, content: contentOf(body) } as const;
    return tell(reply, await this.commands.execute(new ChangePlans(envelope, change)));
  }

  /** Publishes the next version; subscriptions stay on theirs. */
  @Post(':key/versions')
  @Operation('PublishPlanVersion', 'catalog.write')
  @Tells(PlanResource)
  @Refuses({ 404: ['plan_not_found'], 422: ['plan_archived', 'plan_currency_changed', ...PLAN_REFUSALS] })
  async publishVersion(
    @CommandEnvelope() envelope: Envelope,
    @Param('key') key: string,
    @Body() body: PlanVersionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<PlanResource>> {
    const change = { type: 'PublishPlanVersion', key, content: contentOf(body) } as const;
    return tell(reply, await this.commands.execute(new ChangePlans(envelope, change)));
  }

  /** Keeps new subscriptions from using a plan. */
  @Post(':key/archive')
  @Operation('ArchivePlan', 'catalog.write')
  @HttpCode(200)
  @Tells(PlanResource)
  @Refuses({ 404: ['plan_not_found'] })
  async archive(
    @CommandEnvelope() envelope: Envelope,
    @Param('key') key: string,
    @Body() _: NoBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<PlanResource>> {
    return tell(reply, await this.commands.execute(new ChangePlans(envelope, { type: 'ArchivePlan', key })));
  }

  /** Lists plans by their latest versions, newest first. */
  @Get()
  @Operation('ListPlans', 'catalog.read')
  @AnswersPage(PlanResource)
  @Refuses({ 400: ['invalid_cursor'] })
  async list(@Req() request: FastifyRequest, @Query() query: CatalogQueryDto): Promise<PageResource<PlanResource>> {
    const page = await this.catalog.plans(callerOf(request).tenantId, pageRequest(query));
    return pageResource(
      page,
      page.rows.map(({ plan, archived }) => planResource(plan, archived)),
    );
  }

  /** The latest version of a plan. */
  @Get(':key')
  @Operation('GetPlan', 'catalog.read')
  @Answers(PlanResource)
  @Refuses({ 404: ['plan_not_found'] })
  find(@Req() request: FastifyRequest, @Param('key') key: string, @Query() _: NoQuery): Promise<PlanResource> {
    return this.version(request, key);
  }

  /** One version of a plan. */
  @Get(':key/versions/:version')
  @Operation('GetPlanVersion', 'catalog.read')
  @Answers(PlanResource)
  @Refuses({ 404: ['plan_not_found'] })
  findVersion(
    @Req() request: FastifyRequest,
    @Param('key') key: string,
    @Param('version') version: string,
    @Query() _: NoQuery,
  ): Promise<PlanResource> {
    if (!/^[1-9]\d{0,8}$/.test(version))
      return refuseAt('/version', 'plan_not_found', 'Versions are counted from 1.', 'not_found');
    return this.version(request, key, Number(version));
  }

  private async version(request: FastifyRequest, key: string, version?: number): Promise<PlanResource> {
    const { plan, archived } =
      (await this.catalog.plan(callerOf(request).tenantId, key, version)) ??
      notFound('plan', version === undefined ? key : `${key} version ${version}`);
    return planResource(plan, archived);
  }
}

const tell = (reply: FastifyReply, executed: Executed<PlanRecord>): Told<PlanResource> =>
  told(reply, executed, planResource(executed.answer.latest, executed.answer.archived));

const contentOf = ({ trialDays, trialPrice, trialPrices, zeroInvoices, ...content }: PlanVersionDto): PlanContent => {
  const { name, currency, interval, charges } = content;
  const trial = { ...mapped('days', trialDays), ...mapped('price', trialPrice), ...mapped('prices', trialPrices) };
  return {
    name,
    currency,
    interval,
    charges: charges.map(chargeOf),
    ...(Object.keys(trial).length === 0 ? {} : { trial: { days: 0, ...trial } }),
    ...mapped('zeroInvoices', zeroInvoices),
  };
};

/** Part of a period is charged by days unless the plan says otherwise; usage and one-time charges have no parts. */
const chargeOf = ({ currencyOptions = {}, proration, ...charge }: ChargeDto): Charge => ({
  ...charge,
  ...(Object.keys(currencyOptions).length === 0 ? {} : { currencyOptions }),
  proration: proration ?? (charge.kind === 'recurring' ? 'day' : 'none'),
});
