import { ArchiveCoupon, DefineCoupon } from '#billing/coupon';
import { notFound } from '#kernel';
import { CouponsQuery } from '#projections/coupons';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, AnswersPage, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { NoBody, NoQuery, PageQuery } from '../../pipeline/queries.dto.js';
import { couponIn, CouponsQueryDto, DefineCouponDto } from './coupon.dto.js';
import { couponResource, CouponResource, redemptionResource, RedemptionResource } from './coupon.resource.js';
import { COUPONS } from './tag.js';

@ApiTags(COUPONS.name)
@Controller('v1/coupons')
@Reads('coupons')
export class CouponsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly coupons: CouponsQuery,
  ) {}

  /** Defines what takes something off for whoever knows its code. It never changes. */
  @Post()
  @Operation('DefineCoupon', 'catalog.write')
  @Tells(CouponResource)
  @Refuses({
    404: ['plan_not_found'],
    409: ['coupon_already_exists'],
    422: ['invalid_discount', 'currency_repeated', 'invalid_amount'],
  })
  async define(
    @CommandEnvelope() envelope: Envelope,
    @Body() body: DefineCouponDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<CouponResource>> {
    const executed = await this.commands.execute(new DefineCoupon(envelope, couponIn(body)));
    return told(reply, executed, couponResource(executed.answer));
  }

  /** Lists coupons, newest first. */
  @Get()
  @Operation('ListCoupons', 'catalog.read')
  @AnswersPage(CouponResource)
  @Refuses({ 400: ['invalid_cursor'] })
  async list(@Req() request: FastifyRequest, @Query() query: CouponsQueryDto): Promise<PageResource<CouponResource>> {
    const page = await this.coupons.list(callerOf(request).tenantId, pageRequest(query));
    return pageResource(page, page.rows.map(couponResource));
  }

  /** One coupon. */
  @Get(':code')
  @Operation('GetCoupon', 'catalog.read')
  @Answers(CouponResource)
  @Refuses({ 404: ['coupon_not_found'] })
  async find(
    @Req() request: FastifyRequest,
    @Param('code') code: string,
    @Query() _: NoQuery,
  ): Promise<CouponResource> {
    const coupon = await this.coupons.find(callerOf(request).tenantId, code.toUpperCase());
    return couponResource(coupon ?? notFound('coupon', code));
  }

  /** Lists who has redeemed a coupon, newest first. */
  @Get(':code/redemptions')
  @Operation('ListRedemptions', 'catalog.read')
  @AnswersPage(RedemptionResource)
  @Refuses({ 400: ['invalid_cursor'], 404: ['coupon_not_found'] })
  async redemptions(
    @Req() request: FastifyRequest,
    @Param('code') code: string,
    @Query() query: PageQuery,
  ): Promise<PageResource<RedemptionResource>> {
    const { tenantId } = callerOf(request);
    const { coupon } = (await this.coupons.find(tenantId, code.toUpperCase())) ?? notFound('coupon', code);
    const page = await this.coupons.redemptions(tenantId, coupon.code, pageRequest(query));
    return pageResource(page, page.rows.map(redemptionResource));
  }

  /** Keeps a coupon from being redeemed. What was redeemed stays. */
  @Post(':code/archive')
  @Operation('ArchiveCoupon', 'catalog.write')
  @HttpCode(200)
  @Tells(CouponResource)
  @Refuses({ 404: ['coupon_not_found'] })
  async archive(
    @CommandEnvelope() envelope: Envelope,
    @Param('code') code: string,
    @Body() _: NoBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<CouponResource>> {
    const executed = await this.commands.execute(new ArchiveCoupon(envelope, code.toUpperCase()));
    return told(reply, executed, couponResource(executed.answer));
  }
}
