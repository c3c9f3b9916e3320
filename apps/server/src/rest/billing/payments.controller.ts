import { AccountDirectory } from '#billing/account';
import { RefundPayment, ReversePayment } from '#billing/payment';
import { notFound, type PaymentId } from '#kernel';
import { PaymentsQuery } from '#projections/payments';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, AnswersPage, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { MONEY } from '../book/tag.js';
import { ReasonDto, RefundPaymentDto } from './billing.dto.js';
import { PaymentsQueryDto } from './billing-queries.dto.js';
import { paymentResource, PaymentResource } from './payment.resource.js';
import { refundResource, RefundResource } from './refund.resource.js';

@ApiTags(MONEY.name)
@Controller('v1/payments')
@Reads('payments')
export class PaymentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly payments: PaymentsQuery,
    private readonly directory: AccountDirectory,
  ) {}

  /** Lists payments, newest first. */
  @Get()
  @Operation('ListPayments', 'billing.read')
  @AnswersPage(PaymentResource)
  @Refuses({ 400: ['invalid_cursor'], 404: ['account_not_found'] })
  async list(@Req() request: FastifyRequest, @Query() query: PaymentsQueryDto): Promise<PageResource<PaymentResource>> {
    const { tenantId } = callerOf(request);
    const page = await this.payments.list(tenantId, query, pageRequest(query));
    return pageResource(page, page.rows.map(paymentResource));
  }

  /** One payment. */
  @Get(':id')
  @Operation('GetPayment', 'billing.read')
  @Answers(PaymentResource)
  @Refuses({ 404: ['payment_not_found'] })
  async find(
    @Req() request: FastifyRequest,
    @IdOf('payment') paymentId: PaymentId,
    @Query() _: NoQuery,
  ): Promise<PaymentResource> {
    return paymentResource(
      (await this.payments.find(callerOf(request).tenantId, paymentId)) ?? notFound('payment', paymentId),
    );
  }

  /** Takes back a payment that was entered wrongly or came back: what it settled, also by credit, is owed again. */
  @Post(':id/reverse')
  @Operation('ReversePayment', 'billing.write')
  @HttpCode(200)
  @Tells(PaymentResource)
  @Refuses({
    404: ['payment_not_found'],
    504: ['read_model_behind'],
  })
  async reverse(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('payment') paymentId: PaymentId,
    @Body() { reason }: ReasonDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<PaymentResource>> {
    const accountId = await this.directory.ownerOf(envelope.tenantId, paymentId);
    const executed = await this.commands.execute(new ReversePayment(envelope, accountId, paymentId, reason));
    return told(reply, executed, paymentResource(executed.answer));
  }

  /** Pays a payment back, whole or in part: out of customer credit, its own first. */
  @Post(':id/refunds')
  @Operation('RefundPayment', 'billing.write')
  @Tells(RefundResource)
  @Refuses({
    404: ['payment_not_found'],
    422: [
      'payment_reversed',
      'payment_refunded',
      'payment_settles_invoices',
      'refund_exceeds_payment',
      'customer_credit_already_paid_out',
      'currency_mismatch',
      'invalid_amount',
      'amount_not_positive',
    ],
    504: ['read_model_behind'],
  })
  async refund(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('payment') paymentId: PaymentId,
    @Body() { reopenInvoices = false, dryRun: _, ...refund }: RefundPaymentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<RefundResource>> {
    const accountId = await this.directory.ownerOf(envelope.tenantId, paymentId);
    const executed = await this.commands.execute(
      new RefundPayment(envelope, accountId, paymentId, {
        reopenInvoices,
        ...refund,
      }),
    );
    return told(reply, executed, refundResource(executed.answer));
  }
}
