import { AccountDirectory } from '#billing/account';
import { FinalizeInvoice } from '#billing/invoice';
import type { InvoiceId } from '#kernel';
import type { Envelope } from '#write-path';
import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { Reads } from '../../pipeline/consistency.js';
import { Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { NoBody } from '../../pipeline/queries.dto.js';
import { invoiceTaxesResource, InvoiceTaxesResource } from './invoice-taxes.resource.js';
import { TAXES } from './tag.js';

@ApiTags(TAXES.name)
@Controller('v1/invoices/:id/calculate-tax')
@Reads('invoices')
export class InvoiceTaxesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly directory: AccountDirectory,
  ) {}

  /** Says what a draft would bear if it were issued now, and stores nothing. Of an invoice that is issued, what it bears. */
  @Post()
  @Operation('CalculateTax', 'billing.write')
  @HttpCode(200)
  @Tells(InvoiceTaxesResource)
  @Refuses({
    404: ['invoice_not_found'],
    422: [
      'account_closed',
      'invoice_already_finalized',
      'invoice_draft_incomplete',
      'tax_not_known',
      'tax_rate_missing',
    ],
    503: ['tax_provider_failed'],
    504: ['read_model_behind'],
  })
  async calculate(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('invoice') invoiceId: InvoiceId,
    @Body() _: NoBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<InvoiceTaxesResource>> {
    const accountId = await this.directory.ownerOf(envelope.tenantId, invoiceId);
    // As it would be issued, but for the storing.
    const dryly = { ...envelope, dryRun: true };
    const executed = await this.commands.execute(new FinalizeInvoice(dryly, accountId, invoiceId));
    return told(reply, executed, invoiceTaxesResource(executed.answer));
  }
}
