import type { InvoiceId } from '#kernel';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { AnswersList, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { BILLING } from '../billing/tag.js';
import { Deliveries } from './deliveries.js';
import { DeliveryResource, deliveryResource, SendDocumentDto } from './delivery.dto.js';

@ApiTags(BILLING.name)
@Controller('v1/invoices/:id/deliveries')
@Reads('invoices')
export class InvoiceDeliveriesController {
  constructor(private readonly deliveries: Deliveries) {}

  /** Sends an invoice by e-mail. */
  @Post()
  @Operation('SendInvoice', 'billing.write')
  @Tells(DeliveryResource)
  @Refuses({
    404: ['invoice_not_found'],
    409: ['invoice_not_numbered', 'invoice_is_credit_note'],
    422: [
      'invoice_not_finalized',
      'invoice_voided',
      'mail_not_configured',
      'recipient_required',
      'too_many_deliveries',
    ],
    504: ['read_model_behind'],
  })
  async send(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('invoice') id: InvoiceId,
    @Body() { to }: SendDocumentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<DeliveryResource>> {
    const executed = await this.deliveries.send(envelope, id, to);
    return told(reply, executed, deliveryResource(executed.answer));
  }

  /** What was sent of an invoice, and what became of it; the newest first. */
  @Get()
  @Operation('ListDeliveries', 'billing.read')
  @AnswersList(DeliveryResource)
  @Refuses({ 404: ['invoice_not_found'] })
  list(
    @Req() request: FastifyRequest,
    @IdOf('invoice') id: InvoiceId,
    @Query() _: NoQuery,
  ): Promise<DeliveryResource[]> {
    return this.deliveries.of(callerOf(request).tenantId, id);
  }
}
