import type { AccountDiscountTerms } from '#contracts';
import type { LocalDate } from '#kernel';
import { IsIn, IsInt, IsString, Length, Max, Min } from 'class-validator';
import { InsteadOf } from '../../pipeline/documented.js';
import { DateField } from '../../pipeline/fields.js';
import { mapped } from '../../pipeline/mapped.js';
import { IsPercent, MayBeAbsent } from '../../pipeline/rules.js';
import { DryRunDto } from '../billing/billing.dto.js';

const DURATIONS = ['periods', 'until', 'forever'] as const satisfies readonly AccountDiscountTerms['duration'][];

export class ApplyAccountDiscountDto extends DryRunDto {
  /** What invoices call it. @example "Partner" */
  @IsString()
  @Length(1, 128)
  name!: string;

  /** What is taken off, of what the percentages before it left. @example "10" */
  @IsPercent()
  percent!: string;

  /** `periods`: in so many periods of each subscription. `until`: in periods that begin, and off items that are added, before a day. `forever`. @example "forever" */
  @IsIn(DURATIONS)
  duration!: AccountDiscountTerms['duration'];

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
}

export const accountDiscountIn = ({
  dryRun: _,
  until,
  ...terms
}: ApplyAccountDiscountDto): Omit<AccountDiscountTerms, 'discountId'> => ({ ...terms, ...mapped('ends', until) });
