import { IsIn, IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { MayBeAbsent } from '../../pipeline/rules.js';

export class UsageWindowDto {
  /** How many days old a reading may be. @example 400 */
  @IsInt()
  @Min(0)
  @Max(36_500)
  pastDays!: number;

  /** How many hours ahead it may be. @example 1 */
  @IsInt()
  @Min(0)
  @Max(8_760)
  futureHours!: number;
}

/** What is left out keeps its value. */
export class BillingSettingsDto {
  /** `automatic` bills when something falls due, `manual` only by billing runs. @example "automatic" */
  @MayBeAbsent()
  @IsIn(['automatic', 'manual'])
  billing?: 'automatic' | 'manual';

  /** `grace` keeps an invoice a draft for `graceHours`, then takes in late usage and issues it. @example "auto" */
  @MayBeAbsent()
  @IsIn(['auto', 'grace'])
  finalize?: 'auto' | 'grace';

  /** @example 0 */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(720)
  graceHours?: number;

  /** `skip`: where every line of an invoice is nothing, none is made, and billing goes on. @example "skip" */
  @MayBeAbsent()
  @IsIn(['skip', 'issue'])
  zeroInvoices?: 'skip' | 'issue';

  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => UsageWindowDto)
  usageWindow?: UsageWindowDto;
}

export class BillingSettingsResource {
  /** @example "automatic" */
  billing!: 'automatic' | 'manual';
  /** @example "auto" */
  finalize!: 'auto' | 'grace';
  /** @example 0 */
  graceHours!: number;
  /** @example "skip" */
  zeroInvoices!: 'skip' | 'issue';
  usageWindow!: UsageWindowDto;
}
