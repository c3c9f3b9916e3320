import type { Meter } from '#contracts';
import { Tenants } from '#billing/tenant';
import { quantityOf } from '#billing/usage';
import { Decimal, isBefore, notFound, refuseAt, type AccountId, type TenantId } from '#kernel';
import { CatalogQuery } from '#projections/catalog';
import { TopConsumersQuery, type Consumer, type ConsumersBy } from '#projections/usage';
import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { AccountNames } from '../accounts/account-names.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { AnswersList, Refuses } from '../../pipeline/documented.js';
import { readModelCut } from '../../pipeline/ids.js';
import { mapped } from '../../pipeline/mapped.js';
import { momentOf } from './moments.js';
import { TopConsumersQueryDto } from './reports.dto.js';
import { TopConsumerResource } from './top-consumers.resource.js';
import { REPORTS } from './tag.js';

@ApiTags(REPORTS.name)
@Controller('v1/reports/top-consumers')
export class TopConsumersController {
  constructor(
    private readonly query: TopConsumersQuery,
    private readonly catalog: CatalogQuery,
    private readonly names: AccountNames,
    private readonly tenants: Tenants,
  ) {}

  /** Which accounts, subscriptions or values of a group used most of a meter within a time, the most first. */
  @Get()
  @Operation('ReportTopConsumers', 'reports.read')
  @Reads('usage', 'accounts', 'subscriptions', 'catalog')
  @AnswersList(TopConsumerResource)
  @Refuses({ 400: ['invalid_as_of'], 404: ['meter_not_found', 'account_not_found'], 422: ['group_not_found'] })
  async top(@Req() request: FastifyRequest, @Query() query: TopConsumersQueryDto): Promise<TopConsumerResource[]> {
    const { tenantId } = callerOf(request);
    const { timeZone } = await this.tenants.billingTerms(tenantId);
    const [from, to] = [momentOf(query.from, timeZone), momentOf(query.to, timeZone)];
    if (!isBefore(from, to)) return refuseAt('/to', 'invalid_request', '“to” does not lie behind “from”.', 'invalid');
    const { meters, versions } = await this.catalog.whole(tenantId);
    const meter = meters.find(({ key }) => key === query.meter) ?? notFound('meter', query.meter);
    const consumers = await this.query.consumers(tenantId, {
      meter,
      plans: versions
        .filter(({ charges }) => charges.some((charge) => charge.meter === meter.key))
        .map(({ key, version }) => ({ plan: key, version })),
      from,
      to,
      by: consumersBy(query, meter),
      ...mapped('accountId', query.accountId),
      limit: query.limit,
      timeZone,
      known: readModelCut(query.asOf),
    });
    const names = await this.namesOf(tenantId, consumers);
    return consumers.map(({ aggregate, group, ...consumer }, index) => ({
      rank: index + 1,
      ...consumer,
      accountName: (consumer.accountId && names.get(consumer.accountId)) ?? null,
      group: { ...group },
      quantity: quantityOf({ meter, start: from, end: to }, Decimal.parse(aggregate)).toString(),
    }));
  }

  private async namesOf(tenantId: TenantId, consumers: readonly Consumer[]): Promise<ReadonlyMap<AccountId, string>> {
    const accounts = consumers.map(({ accountId }) => accountId).filter((accountId) => accountId !== null);
    return accounts.length === 0 ? new Map() : this.names.of(tenantId, accounts);
  }
}

/** Groups where properties are named. */
const consumersBy = ({ by, groupBy }: TopConsumersQueryDto, meter: Meter): ConsumersBy => {
  if (groupBy === undefined) {
    if (by === 'group') return refuseAt('/groupBy', 'invalid_request', 'Groups have properties to be by.', 'invalid');
    return by ?? 'account';
  }
  if (by !== undefined && by !== 'group')
    return refuseAt('/groupBy', 'invalid_request', `With by=${by} nothing is grouped.`, 'invalid');
  const unknown = groupBy.find((property) => !meter.groupBy.includes(property));
  if (unknown !== undefined)
    return refuseAt('/groupBy', 'group_not_found', `Meter “${meter.key}” is not grouped by “${unknown}”.`);
  return { groups: [...new Set(groupBy)] };
};
