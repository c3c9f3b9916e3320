import type { DiscountDuration } from '#contracts';
import type { DiscountInput } from '#billing/discount';
import { refuseAt, type LocalDate, type Money } from '#kernel';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, Equals, IsArray, IsIn, IsInt, IsString, Length, Max, Min } from 'class-validator';
import { DateField, ReadAs, textField } from '../../pipeline/fields.js';
import { InsteadOf } from '../../pipeline/documented.js';
import { mapped } from '../../pipeline/mapped.js';
import { MoneyField } from '../../pipeline/money.dto.js';
import { IsPercent, MayBeAbsent, rule } from '../../pipeline/rules.js';
import { DryRunDto } from '../billing/billing.dto.js';

const DURATIONS = ['once', 'periods', 'until', 'forever'] as const satisfies readonly DiscountDuration[];

export const IsCouponCode = rule(
  'invalid_coupon_code',
  (value) => typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/u.test(value),
  'A code has 1 to 64 letters, digits, “_” or “-”, and begins with a letter or digit.',
);

/** Handed on in capitals. */
export const CouponCodeField = textField(IsCouponCode, (code) => code.toUpperCase());

export const CouponCodesField = (): PropertyDecorator =>
  applyDecorators(
    IsCouponCode({ each: true }),
    ApiProperty({ type: [String] }),
    ReadAs((code: string) => code.toUpperCase()),
  );

/** How much is taken off, of what, and how long. */
export abstract class DiscountTermsDto extends DryRunDto {
  /** What is taken off, in percent of what the percentages before it left. @example "20" */
  @MayBeAbsent()
  @IsPercent()
  percent?: string;

  /**
   * `once`: on the first invoice that it takes something off. `periods`: in so many periods of the plan. `until`: in all that begin before a
   * day. `forever`.
   *
   * @example "periods"
   */
  @MayBeAbsent()
  @IsIn(DURATIONS)
  duration?: DiscountDuration;

  /** With `periods`. @example 3 */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(1_200)
  periods?: number;

  /** With `until`: the day. @example "2026-07-01" */
  @InsteadOf('periods')
  @MayBeAbsent()
  @DateField()
  until?: LocalDate;

  /** Of these plans alone. @example ["llm-pro"] */
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @Length(1, 128, { each: true })
  plans?: string[];

  /** Of these charges alone. @example ["seats"] */
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @Length(1, 128, { each: true })
  charges?: string[];

  /** It goes with no other discount. @example true */
  @MayBeAbsent()
  @Equals(true)
  exclusive?: true;
}

export class ApplyDiscountDto extends DiscountTermsDto {
  /** A coupon that is redeemed, in place of all else. @example "LAUNCH20" */
  @InsteadOf('name')
  @MayBeAbsent()
  @CouponCodeField()
  coupon?: string;

  /** Without a coupon: what invoices call it. @example "Launch" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  name?: string;

  /** In place of a percentage: what is taken off, once in each period. */
  @InsteadOf('percent')
  @MayBeAbsent()
  @MoneyField()
  amount?: Money;
}

/** @throws DomainError `invalid_discount` */
export const discountIn = ({ coupon, dryRun: _, ...agreed }: ApplyDiscountDto): DiscountInput => {
  const [other] = Object.entries(agreed).filter(([, value]) => value !== undefined);
  if (coupon !== undefined) {
    if (other) return refuseAt(`/${other[0]}`, 'invalid_discount', 'A coupon says all of what is taken off.');
    return { coupon };
  }
  const { name, duration, until, ...terms } = agreed;
  if (name === undefined) return refuseAt('/name', 'invalid_discount', 'What was agreed has a name.');
  if (duration === undefined) return refuseAt('/duration', 'invalid_discount', 'What was agreed lasts for some time.');
  return { agreed: { name, duration, ...mapped('ends', until), ...terms } };
};
