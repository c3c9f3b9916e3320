import { AccountDirectory, ReversePayment } from '#billing';
import { notFound } from '#kernel';
import { PaymentsQuery } from '#projections/payments';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../http/answers.js';
import { callerOf } from '../http/caller.js';
import { Reads } from '../http/consistency.interceptor.js';
import { Answers, AnswersPage, Refuses, Tells } from '../http/documented.js';
import { CommandEnvelope } from '../http/envelope.js';
import { accountIdIn, paymentIdIn } from '../http/ids.js';
import { pageRequest, pageResource, type PageResource } from '../http/pages.js';
import { NoQuery } from '../http/queries.dto.js';
import { PaymentsQueryDto, ReasonDto } from './billing.dto.js';
import { paymentResource, PaymentResource } from './payment.resource.js';

@ApiTags('Money')
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
    const filter = query.accountId === undefined ? {} : { accountId: accountIdIn(tenantId, query.accountId) };
    const page = await this.payments.list(tenantId, filter, pageRequest(query));
    return pageResource(page, page.rows.map(paymentResource));
  }

  /** One payment. */
  @Get(':id')
  @Operation('GetPayment', 'billing.read')
  @Answers(PaymentResource)
  @Refuses({ 404: ['payment_not_found'] })
  async find(@Req() request: FastifyRequest, @Param('id') id: string, @Query() _: NoQuery): Promise<PaymentResource> {
    return paymentResource(
      (await this.payments.find(callerOf(request).tenantId, paymentIdIn(id))) ?? notFound('payment', id),
    );
  }

  /** Takes back a payment that was entered wrongly: what it settled is owed again. */
  @Post(':id/reverse')
  @Operation('ReversePayment', 'billing.write')
  @HttpCode(200)
  @Tells(PaymentResource)
  @Refuses({
    404: ['payment_not_found'],
    422: ['invoice_not_open', 'customer_credit_already_used'],
    504: ['read_model_behind'],
  })
  async reverse(
    @CommandEnvelope() envelope: Envelope,
    @Param('id') id: string,
    @Body() { reason }: ReasonDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<PaymentResource>> {
    const paymentId = paymentIdIn(id);
    const accountId = await this.directory.ownerOf(envelope.tenantId, paymentId);
    const executed = await this.commands.execute(new ReversePayment(envelope, accountId, paymentId, reason));
    return told(reply, executed, paymentResource(executed.answer));
  }
}
