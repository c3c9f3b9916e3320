import type { Coupon } from '#contracts';
import { majorUnits, refuseAt, type Instant, type Money } from '#kernel';
import { Equals, IsIn, IsInt, IsString, Length, Max, Min } from 'class-validator';
import { InsteadOf } from '../../pipeline/documented.js';
import { InstantField } from '../../pipeline/fields.js';
import { MoneyListField } from '../../pipeline/money.dto.js';
import { PageQuery } from '../../pipeline/queries.dto.js';
import { MayBeAbsent } from '../../pipeline/rules.js';
import { CouponCodeField, DiscountTermsDto } from './discount.dto.js';

export class DefineCouponDto extends DiscountTermsDto {
  /** What customers write, in capitals or not. @example "LAUNCH20" */
  @CouponCodeField()
  code!: string;

  /** What invoices call it. @example "Launch" */
  @IsString()
  @Length(1, 128)
  name!: string;

  /** In place of a percentage: what is taken off, once in each period, by currency. */
  @InsteadOf('percent')
  @MayBeAbsent()
  @MoneyListField()
  amounts?: Money[];

  /** From here on, it is not redeemed any more. @example "2030-01-01T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  redeemBy?: Instant;

  /** How often it is redeemed at most. @example 100 */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  maxRedemptions?: number;

  /** How often one account redeems it at most. @example 1 */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(1_000)
  maxRedemptionsPerAccount?: number;

  /** Only accounts to which no invoice was issued redeem it. @example true */
  @MayBeAbsent()
  @Equals(true)
  firstTimeOnly?: true;
}

export class CouponsQueryDto extends PageQuery {
  /** A field, with `-` downwards; the newest first unless named. @example "code" */
  @MayBeAbsent()
  @IsIn(['code', '-code'])
  sort?: string;
}

/** @throws DomainError `invalid_discount` | `currency_repeated` */
export const couponIn = ({ amounts, duration, dryRun: _, ...coupon }: DefineCouponDto): Coupon => {
  if (duration === undefined) return refuseAt('/duration', 'invalid_discount', 'A coupon lasts for some time.');
  const byCurrency: Record<string, string> = {};
  for (const [index, amount] of (amounts ?? []).entries()) {
    if (Object.hasOwn(byCurrency, amount.currency))
      return refuseAt(`/amounts/${index}/currency`, 'currency_repeated', `The amount in ${amount.currency} is there.`);
    byCurrency[amount.currency] = majorUnits(amount);
  }
  return { ...coupon, duration, ...(amounts === undefined ? {} : { amounts: byCurrency }) };
};
