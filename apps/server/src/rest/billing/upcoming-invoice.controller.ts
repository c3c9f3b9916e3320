import { UpcomingInvoices } from '#billing/invoice';
import type { AccountId } from '#kernel';
import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, Refuses } from '../../pipeline/documented.js';
import { IdOf } from '../../pipeline/ids.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { invoiceResource, InvoiceResource } from './invoice.resource.js';
import { BILLING } from './tag.js';

@ApiTags(BILLING.name)
@Controller('v1/accounts/:id/upcoming-invoice')
@Reads('usage', 'agenda')
export class UpcomingInvoiceController {
  constructor(private readonly upcoming: UpcomingInvoices) {}

  /** The next invoice of an account, as it would be issued by what is known now. Its id is not kept. */
  @Get()
  @Operation('GetUpcomingInvoice', 'billing.read')
  @Answers(InvoiceResource)
  @Refuses({ 404: ['account_not_found', 'upcoming_invoice_not_found'], 422: ['preview_too_large', 'tax_rate_missing'] })
  async find(
    @Req() request: FastifyRequest,
    @IdOf('account') accountId: AccountId,
    @Query() _: NoQuery,
  ): Promise<InvoiceResource> {
    const { tenantId } = callerOf(request);
    const document = await this.upcoming.of(tenantId, accountId);
    return { ...invoiceResource(document), status: 'draft' };
  }
}
