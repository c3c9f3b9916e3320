import { AccountDirectory } from '#billing/account';
import { IssueCreditNote } from '#billing/credit-note';
import type { InvoiceId } from '#kernel';
import type { Envelope } from '#write-path';
import { Body, Controller, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { Reads } from '../../pipeline/consistency.js';
import { Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { creditNoteIn, IssueCreditNoteDto } from './credit-note.dto.js';
import { creditNoteResource, CreditNoteResource } from './credit-note.resource.js';
import { CREDIT_NOTES } from './tag.js';

@ApiTags(CREDIT_NOTES.name)
@Controller('v1/invoices/:id/credit-notes')
@Reads('invoices')
export class InvoiceCreditNotesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly directory: AccountDirectory,
  ) {}

  /** Gives back something of an invoice that was issued, with its tax. What is due of the invoice is settled by it first; the rest is customer credit. */
  @Post()
  @Operation('IssueCreditNote', 'billing.write')
  @Tells(CreditNoteResource)
  @Refuses({
    404: ['invoice_not_found', 'invoice_line_not_found'],
    422: [
      'invoice_not_finalized',
      'invoice_voided',
      'invalid_credit_note',
      'credit_note_too_large',
      'currency_mismatch',
      'invalid_amount',
      'amount_not_positive',
    ],
    504: ['read_model_behind'],
  })
  async issue(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('invoice') invoiceId: InvoiceId,
    @Body() note: IssueCreditNoteDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<CreditNoteResource>> {
    const accountId = await this.directory.ownerOf(envelope.tenantId, invoiceId);
    const executed = await this.commands.execute(
      new IssueCreditNote(envelope, accountId, invoiceId, creditNoteIn(note)),
    );
    return told(reply, executed, creditNoteResource(executed.answer));
  }
}
