import { AccountDirectory } from '#billing/account';
import { type InvoiceDocument } from '#billing/invoice';
import { AddDraftLine, ChangeDraftLine } from '#billing/invoice-item';
import type { InvoiceId, LineId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
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
import { AddDraftLineDto, ChangeDraftLineDto, itemIn } from './invoice-item.dto.js';
import { invoiceResource, InvoiceResource } from './invoice.resource.js';
import { BILLING } from './tag.js';

export const NOT_CHANGEABLE = [
  'invoice_already_finalized',
  'invoice_draft_incomplete',
  'invoice_draft_too_large',
  'currency_mismatch',
  'invalid_amount',
  'account_closed',
];

/** What somebody changes of a draft: it stands beside what was rated, however often that is rated again. */
@ApiTags(BILLING.name)
@Controller('v1/invoices/:id/lines')
@Reads('invoices')
export class DraftLinesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly directory: AccountDirectory,
  ) {}

  /** Adds a line to a draft by hand. */
  @Post()
  @Operation('AddDraftLine', 'billing.write')
  @HttpCode(200)
  @Tells(InvoiceResource)
  @Refuses({
    404: ['invoice_not_found'],
    422: ['invalid_item_price', ...NOT_CHANGEABLE],
    504: ['read_model_behind'],
  })
  async add(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('invoice') invoiceId: InvoiceId,
    @Body() line: AddDraftLineDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<InvoiceResource>> {
    const accountId = await this.directory.ownerOf(envelope.tenantId, invoiceId);
    const added = { ...itemIn(line), reason: line.reason };
    return tell(reply, await this.commands.execute(new AddDraftLine(envelope, accountId, invoiceId, added)));
  }

  /** Brings a line of a draft to another amount, by a line beside it; to nothing where it is dropped. */
  @Post(':lineId/change')
  @Operation('ChangeDraftLine', 'billing.write')
  @HttpCode(200)
  @Tells(InvoiceResource)
  @Refuses({
    404: ['invoice_not_found', 'invoice_line_not_found'],
    422: ['invoice_line_adjusts', ...NOT_CHANGEABLE],
    504: ['read_model_behind'],
  })
  async change(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('invoice') invoiceId: InvoiceId,
    @IdOf('invoice_line', 'lineId') lineId: LineId,
    @Body() { amount, reason }: ChangeDraftLineDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<InvoiceResource>> {
    const accountId = await this.directory.ownerOf(envelope.tenantId, invoiceId);
    const change = { lineId, to: amount, reason };
    return tell(reply, await this.commands.execute(new ChangeDraftLine(envelope, accountId, invoiceId, change)));
  }
}

export const tell = (reply: FastifyReply, executed: Executed<InvoiceDocument>): Told<InvoiceResource> =>
  told(reply, executed, invoiceResource(executed.answer));
