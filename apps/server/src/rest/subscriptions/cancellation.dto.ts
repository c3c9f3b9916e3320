import type { Cancellation } from '#billing';
import { parseInstant, refuseAt } from '#kernel';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsObject, IsString, Length, ValidateNested } from 'class-validator';
import { InsteadOf } from '../../pipeline/documented.js';
import { MoneyDto, moneyOf } from '../../pipeline/money.dto.js';
import { MayBeAbsent } from '../../pipeline/rules.js';
import { IsChangeTime, IsReachable } from './change-time.js';

export class CancelSubscriptionDto {
  /** `now`, `period_end` or an instant, which may be in the past. @example "period_end" */
  @IsChangeTime()
  @IsReachable()
  at!: string;

  /**
   * What comes back: the unused part of what was billed in advance, nothing, or all that was sold of the period that the end falls into,
   * one-time charges of a first period among it. @example "prorated"
   */
  @MayBeAbsent()
  @IsIn(['prorated', 'none', 'full'])
  credit?: 'prorated' | 'none' | 'full';

  /** Comes back in place of `credit`, at an end that is not ahead, by an invoice of its own. */
  @InsteadOf('credit')
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => MoneyDto)
  creditAmount?: MoneyDto;

  /** `false`: what falls due with the end or later, such as usage, is never billed. @example true */
  @MayBeAbsent()
  @IsBoolean()
  finalBill?: boolean;

  /** @example "too expensive" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 1024)
  reason?: string;
}

/** @throws DomainError `credit_named_twice` | `invalid_amount` */
export const cancellationIn = ({
  at,
  credit,
  creditAmount,
  finalBill,
  reason,
}: CancelSubscriptionDto): Cancellation => {
  if (creditAmount !== undefined && credit !== undefined && credit !== 'none')
    return refuseAt('/creditAmount', 'credit_named_twice', 'Name either what comes back by its days or an amount.');
  return {
    at: at === 'now' || at === 'period_end' ? at : parseInstant(at),
    ...(credit === undefined ? {} : { credit }),
    ...(creditAmount === undefined ? {} : { creditAmount: moneyOf(creditAmount, '/creditAmount') }),
    ...(finalBill === undefined ? {} : { finalBill }),
    ...(reason === undefined ? {} : { reason }),
  };
};
