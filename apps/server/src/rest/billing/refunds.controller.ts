import { notFound, type RefundId } from '#kernel';
import { PaymentsQuery } from '#projections/payments';
import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, AnswersPage, Refuses } from '../../pipeline/documented.js';
import { IdOf } from '../../pipeline/ids.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { MONEY } from '../book/tag.js';
import { RefundsQueryDto } from './billing-queries.dto.js';
import { refundResource, RefundResource } from './refund.resource.js';

@ApiTags(MONEY.name)
@Controller('v1/refunds')
@Reads('payments')
export class RefundsController {
  constructor(private readonly payments: PaymentsQuery) {}

  /** Lists refunds, newest first. */
  @Get()
  @Operation('ListRefunds', 'billing.read')
  @AnswersPage(RefundResource)
  @Refuses({ 400: ['invalid_cursor'], 404: ['account_not_found', 'payment_not_found'] })
  async list(@Req() request: FastifyRequest, @Query() query: RefundsQueryDto): Promise<PageResource<RefundResource>> {
    const { tenantId } = callerOf(request);
    const page = await this.payments.listRefunds(tenantId, query, pageRequest(query));
    return pageResource(page, page.rows.map(refundResource));
  }

  /** One refund. */
  @Get(':id')
  @Operation('GetRefund', 'billing.read')
  @Answers(RefundResource)
  @Refuses({ 404: ['refund_not_found'] })
  async find(
    @Req() request: FastifyRequest,
    @IdOf('refund') refundId: RefundId,
    @Query() _: NoQuery,
  ): Promise<RefundResource> {
    const refund = await this.payments.findRefund(callerOf(request).tenantId, refundId);
    return refundResource(refund ?? notFound('refund', refundId));
  }
}
