import { AccountDirectory } from '#billing/account';
import { DiscountDraft, RemoveDraftDiscount } from '#billing/invoice-item';
import type { InvoiceId, InvoiceItemId } from '#kernel';
import type { Envelope } from '#write-path';
import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Operation } from '../../access/operation.js';
import type { Told } from '../../pipeline/answers.js';
import { Reads } from '../../pipeline/consistency.js';
import { Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { NoBody } from '../../pipeline/queries.dto.js';
import { NOT_CHANGEABLE, tell } from './draft-lines.controller.js';
import { DiscountDraftDto, takenOffIn } from './invoice-item.dto.js';
import { InvoiceResource } from './invoice.resource.js';
import { BILLING } from './tag.js';

/** What is taken off a draft as a whole. */
@ApiTags(BILLING.name)
@Controller('v1/invoices/:id/discounts')
@Reads('invoices')
export class DraftDiscountsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly directory: AccountDirectory,
  ) {}

  /** Takes a percentage or an amount off the lines of a draft, by lines beside them. It goes with this invoice: where that is void, it is of no other. */
  @Post()
  @Operation('DiscountDraft', 'billing.write')
  @HttpCode(200)
  @Tells(InvoiceResource)
  @Refuses({
    404: ['invoice_not_found'],
    422: ['invalid_discount', 'discount_not_applicable', 'too_many_discounts', ...NOT_CHANGEABLE],
    504: ['read_model_behind'],
  })
  async apply(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('invoice') invoiceId: InvoiceId,
    @Body() body: DiscountDraftDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<InvoiceResource>> {
    const discount = { name: body.name, takesOff: takenOffIn(body), reason: body.reason };
    const accountId = await this.directory.ownerOf(envelope.tenantId, invoiceId);
    return tell(reply, await this.commands.execute(new DiscountDraft(envelope, accountId, invoiceId, discount)));
  }

  /** Takes a discount off a draft again: its lines name it as `invoiceItemId`. */
  @Post(':itemId/remove')
  @Operation('RemoveDraftDiscount', 'billing.write')
  @HttpCode(200)
  @Tells(InvoiceResource)
  @Refuses({
    404: ['invoice_not_found', 'invoice_item_not_found'],
    422: NOT_CHANGEABLE.filter((code) => code !== 'currency_mismatch' && code !== 'invalid_amount'),
    504: ['read_model_behind'],
  })
  async remove(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('invoice') invoiceId: InvoiceId,
    @IdOf('invoice_item', 'itemId') itemId: InvoiceItemId,
    @Body() _: NoBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<InvoiceResource>> {
    const accountId = await this.directory.ownerOf(envelope.tenantId, invoiceId);
    return tell(reply, await this.commands.execute(new RemoveDraftDiscount(envelope, accountId, invoiceId, itemId)));
  }
}
