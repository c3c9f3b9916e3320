import { Accounts, knownProfile } from '#billing/account';
import { AddInvoiceItem, pendingItems, RemoveInvoiceItem } from '#billing/invoice-item';
import { accountStream } from '#contracts';
import type { AccountId, InvoiceItemId } from '#kernel';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { AnswersList, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { NoBody, NoQuery } from '../../pipeline/queries.dto.js';
import { AddInvoiceItemDto, itemIn } from './invoice-item.dto.js';
import { invoiceItemResource, InvoiceItemResource, RemovedInvoiceItemResource } from './invoice-item.resource.js';
import { BILLING } from './tag.js';

@ApiTags(BILLING.name)
@Controller('v1/accounts/:id/invoice-items')
export class InvoiceItemsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly accounts: Accounts,
  ) {}

  /** Charges or credits something once, apart from any subscription: by the next invoice, or by one of its own that is issued at once. */
  @Post()
  @Operation('AddInvoiceItem', 'billing.write')
  @Tells(InvoiceItemResource)
  @Refuses({
    404: ['account_not_found'],
    422: [
      'invalid_item_price',
      'currency_mismatch',
      'invalid_amount',
      'too_many_invoice_items',
      'account_closed',
      'tax_not_known',
      'tax_rate_missing',
    ],
    503: ['tax_provider_failed'],
  })
  async add(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('account') accountId: AccountId,
    @Body() item: AddInvoiceItemDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<InvoiceItemResource>> {
    const executed = await this.commands.execute(
      new AddInvoiceItem(envelope, accountId, { ...itemIn(item), on: item.on ?? 'next_invoice' }),
    );
    return told(reply, executed, invoiceItemResource(executed.answer));
  }

  /** Lists what waits for an invoice, in the order in which it was added. */
  @Get()
  @Operation('ListInvoiceItems', 'billing.read')
  @AnswersList(InvoiceItemResource)
  @Refuses({ 404: ['account_not_found'] })
  async list(
    @Req() request: FastifyRequest,
    @IdOf('account') accountId: AccountId,
    @Query() _: NoQuery,
  ): Promise<InvoiceItemResource[]> {
    const { tenantId } = callerOf(request);
    return this.accounts.view(
      accountStream(tenantId, accountId),
      (account) => {
        knownProfile(account);
        return pendingItems(account).map(invoiceItemResource);
      },
      0,
    );
  }

  /** Takes back what no invoice bills. */
  @Post(':itemId/remove')
  @Operation('RemoveInvoiceItem', 'billing.write')
  @HttpCode(200)
  @Tells(RemovedInvoiceItemResource)
  @Refuses({
    404: ['account_not_found', 'invoice_item_not_found'],
    422: ['invoice_item_invoiced', 'account_closed'],
  })
  async remove(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('account') accountId: AccountId,
    @IdOf('invoice_item', 'itemId') itemId: InvoiceItemId,
    @Body() _: NoBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<RemovedInvoiceItemResource>> {
    const executed = await this.commands.execute(new RemoveInvoiceItem(envelope, accountId, itemId));
    return told(reply, executed, { id: executed.answer.itemId, status: 'removed' });
  }
}
