import type { Cancellation, ChangeTime } from '#billing/subscription';
import { refuseAt, type Money } from '#kernel';
import { IsBoolean, IsIn, IsString, Length } from 'class-validator';
import { InsteadOf } from '../../pipeline/documented.js';
import { MoneyField } from '../../pipeline/money.dto.js';
import { MayBeAbsent } from '../../pipeline/rules.js';
import { ChangeTimeField, IsReachable } from './change-time.js';

export class CancelSubscriptionDto {
  /** `now`, `period_end` or an instant, which may be in the past. @example "period_end" */
  @ChangeTimeField()
  @IsReachable()
  at!: ChangeTime;

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
  @MoneyField()
  creditAmount?: Money;

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

/** @throws DomainError `credit_named_twice` */
export const cancellationIn = (asked: CancelSubscriptionDto): Cancellation =>
  asked.creditAmount !== undefined && asked.credit !== undefined && asked.credit !== 'none'
    ? refuseAt('/creditAmount', 'credit_named_twice', 'Name either what comes back by its days or an amount.')
    : asked;
