import { quantityOf } from '#billing/usage';
import { Decimal, notFound, refuseAt, type AccountId } from '#kernel';
import { AccountsQuery } from '#projections/accounts';
import { CatalogQuery } from '#projections/catalog';
import { UsageReportQuery } from '#projections/usage';
import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, Refuses } from '../../pipeline/documented.js';
import { IdOf, notFoundAsNamed, readModelCut } from '../../pipeline/ids.js';
import { UsageReportQueryDto } from './usage.dto.js';
import { UsageReportResource } from './usage.resource.js';
import { USAGE } from './tag.js';

@ApiTags(USAGE.name)
@Controller('v1/accounts/:id/usage')
@Reads('usage', 'accounts', 'catalog')
export class AccountUsageController {
  constructor(
    private readonly accounts: AccountsQuery,
    private readonly catalog: CatalogQuery,
    private readonly report: UsageReportQuery,
  ) {}

  /** What a meter counted, whole or by windows and properties. */
  @Get()
  @Operation('GetAccountUsage', 'usage.read')
  @Answers(UsageReportResource, { rows: true })
  @Refuses({
    400: ['invalid_as_of', 'too_many_points'],
    404: ['account_not_found', 'meter_not_found'],
    422: ['group_not_found'],
  })
  async usage(
    @Req() request: FastifyRequest,
    @IdOf('account') accountId: AccountId,
    @Query() query: UsageReportQueryDto,
  ): Promise<UsageReportResource> {
    const { tenantId } = callerOf(request);
    const { account } = (await this.accounts.find(tenantId, accountId)) ?? notFoundAsNamed('account', accountId);
    const { meter } = (await this.catalog.meter(tenantId, query.meter)) ?? notFound('meter', query.meter);
    for (const property of query.groupBy ?? []) {
      if (!meter.groupBy.includes(property)) {
        return refuseAt('/groupBy', 'group_not_found', `Meter “${meter.key}” is not grouped by “${property}”.`);
      }
    }
    const whole = {
      accountId,
      meter,
      from: query.from,
      to: query.to,
      timeZone: account.timeZone,
      groupBy: [],
      known: readModelCut(query.asOf),
    };
    const [rows, [total]] = await Promise.all([
      this.report.rows(tenantId, {
        ...whole,
        ...(query.window === undefined ? {} : { window: query.window }),
        groupBy: query.groupBy ?? [],
      }),
      this.report.rows(tenantId, whole),
    ]);
    return {
      meter: meter.key,
      total: quantityOf({ meter, start: whole.from, end: whole.to }, Decimal.parse(total?.aggregate ?? '0')).toString(),
      data: rows.map(({ start, end, count, group, aggregate }) => ({
        start,
        end,
        quantity: quantityOf({ meter, start, end }, Decimal.parse(aggregate)).toString(),
        count,
        group: { ...group },
      })),
    };
  }
}
