import { AccountDirectory, Accounts } from '#billing/account';
import { ApplyDiscount, discountRecord, RemoveDiscount } from '#billing/discount';
import { accountStream } from '#contracts';
import { notFound, type DiscountId, type SubscriptionId } from '#kernel';
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
import { ApplyDiscountDto, discountIn } from './discount.dto.js';
import { discountResource, DiscountResource } from './discount.resource.js';
import { REDEMPTION_REFUSALS } from './redemption-refusals.js';
import { COUPONS } from './tag.js';

@ApiTags(COUPONS.name)
@Controller('v1/subscriptions/:id/discounts')
export class DiscountsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly accounts: Accounts,
    private readonly directory: AccountDirectory,
  ) {}

  /** Takes something off, by a coupon or as it was agreed, from the first period on of which nothing is billed yet. */
  @Post()
  @Operation('ApplyDiscount', 'subscriptions.write')
  @Tells(DiscountResource)
  @Refuses({
    404: ['subscription_not_found', 'coupon_not_found'],
    422: ['invalid_discount', ...REDEMPTION_REFUSALS, 'subscription_ended', 'invalid_amount', 'account_closed'],
    504: ['read_model_behind'],
  })
  async apply(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('subscription') subscriptionId: SubscriptionId,
    @Body() body: ApplyDiscountDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<DiscountResource>> {
    const input = discountIn(body);
    const accountId = await this.directory.ownerOf(envelope.tenantId, subscriptionId);
    const executed = await this.commands.execute(new ApplyDiscount(envelope, accountId, subscriptionId, input));
    return told(reply, executed, discountResource(executed.answer));
  }

  /** Lists discounts of a subscription in the order in which they were applied, also those that count no more. */
  @Get()
  @Operation('ListDiscounts', 'subscriptions.read')
  @AnswersList(DiscountResource)
  @Refuses({ 404: ['subscription_not_found'], 504: ['read_model_behind'] })
  async list(
    @Req() request: FastifyRequest,
    @IdOf('subscription') subscriptionId: SubscriptionId,
    @Query() _: NoQuery,
  ): Promise<DiscountResource[]> {
    const { tenantId } = callerOf(request);
    const accountId = await this.directory.ownerOf(tenantId, subscriptionId);
    return this.accounts.view(
      accountStream(tenantId, accountId),
      ({ subscriptions }) => {
        const { discounts } = subscriptions.get(subscriptionId) ?? notFound('subscription', subscriptionId);
        return discounts.map((discount) => discountResource(discountRecord(discount)));
      },
      0,
    );
  }

  /** Lets a discount count in no further period. What it took off stays. */
  @Post(':discountId/remove')
  @Operation('RemoveDiscount', 'subscriptions.write')
  @HttpCode(200)
  @Tells(DiscountResource)
  @Refuses({
    404: ['subscription_not_found', 'discount_not_found'],
    422: ['account_closed'],
    504: ['read_model_behind'],
  })
  async remove(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('subscription') subscriptionId: SubscriptionId,
    @IdOf('discount', 'discountId') discountId: DiscountId,
    @Body() _: NoBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<DiscountResource>> {
    const accountId = await this.directory.ownerOf(envelope.tenantId, subscriptionId);
    const executed = await this.commands.execute(new RemoveDiscount(envelope, accountId, subscriptionId, discountId));
    return told(reply, executed, discountResource(executed.answer));
  }
}
