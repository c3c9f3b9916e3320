import type { CreditNoteId } from '#kernel';
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
import { CREDIT_NOTES } from '../credit-notes/tag.js';
import { Deliveries } from './deliveries.js';
import { DeliveryResource, deliveryResource, SendDocumentDto } from './delivery.dto.js';

@ApiTags(CREDIT_NOTES.name)
@Controller('v1/credit-notes/:id/deliveries')
@Reads('credit-notes')
export class CreditNoteDeliveriesController {
  constructor(private readonly deliveries: Deliveries) {}

  /** Sends a credit note by e-mail. */
  @Post()
  @Operation('SendCreditNote', 'billing.write')
  @Tells(DeliveryResource)
  @Refuses({
    404: ['credit_note_not_found'],
    409: ['credit_note_not_numbered'],
    422: ['credit_note_voided', 'mail_not_configured', 'recipient_required', 'too_many_deliveries'],
    504: ['read_model_behind'],
  })
  async send(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('credit_note') id: CreditNoteId,
    @Body() { to }: SendDocumentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<DeliveryResource>> {
    const executed = await this.deliveries.send(envelope, id, to);
    return told(reply, executed, deliveryResource(executed.answer));
  }

  /** What was sent of a credit note, and what became of it; the newest first. */
  @Get()
  @Operation('ListCreditNoteDeliveries', 'billing.read')
  @AnswersList(DeliveryResource)
  @Refuses({ 404: ['credit_note_not_found'] })
  list(
    @Req() request: FastifyRequest,
    @IdOf('credit_note') id: CreditNoteId,
    @Query() _: NoQuery,
  ): Promise<DeliveryResource[]> {
    return this.deliveries.of(callerOf(request).tenantId, id);
  }
}
