import { ApplyCredit, ReceivePayment, RefundCredit } from '#billing/payment';
import type { AccountId } from '#kernel';
import type { Envelope } from '#write-path';
import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { MONEY } from '../book/tag.js';
import { ApplyCreditDto, ReceiveAccountPaymentDto, RefundCreditDto } from './billing.dto.js';
import { paymentResource, PaymentResource } from './payment.resource.js';
import {
  creditApplicationResource,
  CreditApplicationResource,
  refundResource,
  RefundResource,
} from './refund.resource.js';

const ALLOCATION_REFUSALS = ['invoice_not_open', 'duplicate_allocation', 'allocation_exceeds_due'];

@ApiTags(MONEY.name)
@Controller('v1/accounts/:id')
export class AccountMoneyController {
  constructor(private readonly commands: CommandBus) {}

  /** Enters a payment by hand: for invoices that it names, or for what is open, the oldest due first. The rest is customer credit. */
  @Post('payments')
  @Operation('ReceiveAccountPayment', 'billing.write')
  @Tells(PaymentResource)
  @Refuses({
    404: ['account_not_found', 'invoice_not_found'],
    422: [
      ...ALLOCATION_REFUSALS,
      'allocations_exceed_amount',
      'currency_mismatch',
      'invalid_amount',
      'amount_not_positive',
      'method_reserved',
      'date_in_future',
      'date_too_long_ago',
      'account_closed',
    ],
  })
  async receivePayment(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('account') accountId: AccountId,
    @Body() { allocations = [], dryRun: _, ...payment }: ReceiveAccountPaymentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<PaymentResource>> {
    const executed = await this.commands.execute(new ReceivePayment(envelope, accountId, { ...payment, allocations }));
    return told(reply, executed, paymentResource(executed.answer));
  }

  /** Pays customer credit out, whole or in part. */
  @Post('credit-refunds')
  @Operation('RefundCredit', 'billing.write')
  @Tells(RefundResource)
  @Refuses({
    404: ['account_not_found'],
    422: [
      'no_customer_credit',
      'exceeds_customer_credit',
      'currency_mismatch',
      'invalid_amount',
      'amount_not_positive',
    ],
  })
  async refundCredit(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('account') accountId: AccountId,
    @Body() { dryRun: _, ...refund }: RefundCreditDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<RefundResource>> {
    const executed = await this.commands.execute(new RefundCredit(envelope, accountId, refund));
    return told(reply, executed, refundResource(executed.answer));
  }

  /** Brings customer credit to open invoices, also credit that waits: to those that are named, or to the oldest due first. */
  @Post('credit-applications')
  @Operation('ApplyCredit', 'billing.write')
  @HttpCode(200)
  @Tells(CreditApplicationResource)
  @Refuses({
    404: ['account_not_found', 'invoice_not_found'],
    422: [
      ...ALLOCATION_REFUSALS,
      'allocations_exceed_amount',
      'currency_mismatch',
      'invalid_amount',
      'amount_not_positive',
    ],
  })
  async applyCredit(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('account') accountId: AccountId,
    @Body() { allocations = [] }: ApplyCreditDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<CreditApplicationResource>> {
    const executed = await this.commands.execute(new ApplyCredit(envelope, accountId, allocations));
    return told(reply, executed, creditApplicationResource(executed.answer));
  }
}
