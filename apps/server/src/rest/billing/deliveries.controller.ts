import { AccountDirectory, Accounts } from '#billing/account';
import { RequestDelivery, type Delivery } from '#billing/delivery';
import { accountStream } from '#contracts';
import { derivedId, refuse, type InvoiceId } from '#kernel';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { OptionalMailer } from '../../mail/optional-mailer.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { AnswersList, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { DeliveryResource, SendInvoiceDto } from './deliveries.dto.js';
import { BILLING } from './tag.js';

/** Who it went to is not told: it is sealed. */
@ApiTags(BILLING.name)
@Controller('v1/invoices/:id/deliveries')
@Reads('invoices')
export class DeliveriesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly accounts: Accounts,
    private readonly directory: AccountDirectory,
    private readonly mail: OptionalMailer,
  ) {}

  /** Sends an invoice by e-mail. */
  @Post()
  @Operation('SendInvoice', 'billing.write')
  @Tells(DeliveryResource)
  @Refuses({
    404: ['invoice_not_found'],
    409: ['invoice_not_numbered'],
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
    @IdOf('invoice') invoiceId: InvoiceId,
    @Body() { to }: SendInvoiceDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<DeliveryResource>> {
    const accountId = await this.directory.ownerOf(envelope.tenantId, invoiceId);
    if (!this.mail.mailer) refuse('mail_not_configured', 'No mail leaves this installation: SMTP_URL is not set.');
    const deliveryId = derivedId('dlv', envelope.tenantId, envelope.commandId);
    const delivery = { deliveryId, invoiceId, ...(to === undefined ? {} : { to }) };
    const executed = await this.commands.execute(new RequestDelivery(envelope, accountId, delivery));
    return told(reply, executed, deliveryResource(executed.answer));
  }

  /** What was sent of an invoice, and what became of it; the newest first. */
  @Get()
  @Operation('ListDeliveries', 'billing.read')
  @AnswersList(DeliveryResource)
  @Refuses({ 404: ['invoice_not_found'] })
  async list(
    @Req() request: FastifyRequest,
    @IdOf('invoice') invoiceId: InvoiceId,
    @Query() _: NoQuery,
  ): Promise<DeliveryResource[]> {
    const { tenantId } = callerOf(request);
    const accountId = await this.directory.ownerOf(tenantId, invoiceId);
    return this.accounts.view(
      accountStream(tenantId, accountId),
      ({ deliveries }) =>
        [...deliveries.values()]
          .filter((delivery) => delivery.invoiceId === invoiceId)
          .reverse()
          .map(deliveryResource),
      0,
    );
  }
}

const deliveryResource = ({ failure, ...delivery }: Delivery) => ({
  ...delivery,
  failureCode: failure?.code ?? null,
  failureDetail: failure?.detail ?? null,
});
