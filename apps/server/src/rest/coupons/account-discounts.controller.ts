import { Accounts, knownProfile } from '#billing/account';
import { accountDiscountRecord, ApplyAccountDiscount, RemoveAccountDiscount } from '#billing/discount';
import { accountStream } from '#contracts';
import type { AccountId, DiscountId } from '#kernel';
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
import { accountDiscountIn, ApplyAccountDiscountDto } from './account-discount.dto.js';
import { accountDiscountResource, AccountDiscountResource } from './account-discount.resource.js';
import { COUPONS } from './tag.js';

@ApiTags(COUPONS.name)
@Controller('v1/accounts/:id/discounts')
export class AccountDiscountsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly accounts: Accounts,
  ) {}

  /** Takes a percentage off each subscription of an account, also of those to come, and off its invoice items. */
  @Post()
  @Operation('ApplyAccountDiscount', 'subscriptions.write')
  @Tells(AccountDiscountResource)
  @Refuses({
    404: ['account_not_found'],
    422: [
      'invalid_discount',
      'discount_without_period',
      'too_many_discounts',
      'too_many_subscriptions',
      'account_closed',
    ],
  })
  async apply(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('account') accountId: AccountId,
    @Body() body: ApplyAccountDiscountDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<AccountDiscountResource>> {
    const command = new ApplyAccountDiscount(envelope, accountId, accountDiscountIn(body));
    const executed = await this.commands.execute(command);
    return told(reply, executed, accountDiscountResource(executed.answer));
  }

  /** Lists discounts of an account as a whole in the order in which they were applied, also those that were removed. */
  @Get()
  @Operation('ListAccountDiscounts', 'subscriptions.read')
  @AnswersList(AccountDiscountResource)
  @Refuses({ 404: ['account_not_found'] })
  async list(
    @Req() request: FastifyRequest,
    @IdOf('account') accountId: AccountId,
    @Query() _: NoQuery,
  ): Promise<AccountDiscountResource[]> {
    const { tenantId } = callerOf(request);
    return this.accounts.view(accountStream(tenantId, accountId), (account) => {
      knownProfile(account);
      return [...account.discounts.values()].map((one) => accountDiscountResource(accountDiscountRecord(one)));
    });
  }

  /** Takes it off nothing that comes about: periods of which nothing is billed yet, and items. What it took off stays. */
  @Post(':discountId/remove')
  @Operation('RemoveAccountDiscount', 'subscriptions.write')
  @HttpCode(200)
  @Tells(AccountDiscountResource)
  @Refuses({ 404: ['account_not_found', 'discount_not_found'], 422: ['account_closed'] })
  async remove(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('account') accountId: AccountId,
    @IdOf('discount', 'discountId') discountId: DiscountId,
    @Body() _: NoBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<AccountDiscountResource>> {
    const executed = await this.commands.execute(new RemoveAccountDiscount(envelope, accountId, discountId));
    return told(reply, executed, accountDiscountResource(executed.answer));
  }
}
