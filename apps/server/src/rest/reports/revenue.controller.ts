import { firstDayAfter, monthOf } from '#billing/revenue';
import { refuseAt } from '#kernel';
import { RevenueQuery, type RevenueRequest } from '#projections/revenue';
import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { AnswersList, Refuses } from '../../pipeline/documented.js';
import { readModelCut } from '../../pipeline/ids.js';
import { mapped } from '../../pipeline/mapped.js';
import { RevenueQueryDto } from './revenue.dto.js';
import {
  deferredResource,
  DeferredRevenueResource,
  recognitionResource,
  RevenueRecognitionResource,
} from './revenue.resource.js';
import { REPORTS } from './tag.js';

const MONTHS_MAX = 1_000;

@ApiTags(REPORTS.name)
@Controller('v1/reports')
export class RevenueController {
  constructor(private readonly revenue: RevenueQuery) {}

  /** Revenue in the month of the service, per currency: what is booked of each month, and what is known of months that are not booked or lie ahead. */
  @Get('revenue-recognition')
  @Operation('ReportRevenueRecognition', 'reports.read')
  @Reads('revenue', 'accounts')
  @AnswersList(RevenueRecognitionResource)
  @Refuses({ 400: ['invalid_as_of', 'too_many_points'], 404: ['account_not_found'] })
  async recognition(
    @Req() request: FastifyRequest,
    @Query() query: RevenueQueryDto,
  ): Promise<RevenueRecognitionResource[]> {
    return recognitionResource(await this.revenue.recognized(callerOf(request).tenantId, requestOf(query)));
  }

  /** What is billed and not earned yet, per currency: at the beginning and end of each month, what was added and released, and when the rest will be. */
  @Get('deferred-revenue')
  @Operation('ReportDeferredRevenue', 'reports.read')
  @Reads('revenue', 'accounts')
  @AnswersList(DeferredRevenueResource)
  @Refuses({ 400: ['invalid_as_of', 'too_many_points'], 404: ['account_not_found'] })
  async deferred(@Req() request: FastifyRequest, @Query() query: RevenueQueryDto): Promise<DeferredRevenueResource[]> {
    const found = await this.revenue.deferred(callerOf(request).tenantId, requestOf(query));
    return found.map(deferredResource);
  }
}

const requestOf = ({ from, to, accountId, currency, asOf }: RevenueQueryDto): RevenueRequest => ({
  months: monthsBetween(from, to),
  ...mapped('accountId', accountId),
  ...mapped('currency', currency),
  ...readModelCut(asOf),
});

const monthsBetween = (from: string, to: string): string[] => {
  if (to < from) return refuseAt('/to', 'invalid_request', '“to” lies behind “from”.', 'invalid');
  const months = [from];
  for (let month = from; month < to; months.push(month)) {
    if (months.length === MONTHS_MAX)
      return refuseAt('/to', 'too_many_points', `A report has at most ${MONTHS_MAX} points.`, 'invalid');
    month = monthOf(firstDayAfter(month));
  }
  return months;
};
