import type { Overrides } from '#contracts';
import type { ChangeTime } from '#billing/subscription';
import type { AccountId, Instant } from '#kernel';
import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { InstantField, MapOf } from '../../pipeline/fields.js';
import { IdField } from '../../pipeline/ids.js';
import {
  IsDecimalText,
  IsMetadata,
  IsMetadataChange,
  IsTextRecord,
  IsWithinReach,
  MayBeAbsent,
} from '../../pipeline/rules.js';
import { CouponCodesField } from '../coupons/discount.dto.js';
import { ChangeTimeField, IsReachable } from './change-time.js';
import { IsOverrides, IsOverridesChange, NullTakesBack, PriceOverrideDto } from './override.dto.js';

export class AnchorDto {
  /** The day of the month on which periods turn; short months use their last day. @example 1 */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(31)
  day?: number;

  /** @example "subscription" */
  @MayBeAbsent()
  @IsIn(['subscription', 'account', 'calendar'])
  align?: 'subscription' | 'account' | 'calendar';
}

/** What was agreed of prices, by charge. */
export const OVERRIDES = {
  type: 'object',
  additionalProperties: { $ref: getSchemaPath(PriceOverrideDto) },
  example: { seats: { discountBasisPoints: 1000 } },
} as const;

@ApiExtraModels(PriceOverrideDto)
export class CreateSubscriptionDto {
  /** `acc_…` or `external:<externalId>`. @example "external:cust-42" */
  @IdField('account')
  @Length(1, 300)
  accountId!: AccountId;

  /** @example "llm-pro" */
  @IsString()
  @Length(1, 128)
  plan!: string;

  /** The latest unless named. @example 1 */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  planVersion?: number;

  /** Your own name for it, unique in your tenant. @example "sub-42" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 255)
  externalId?: string;

  /** Now unless named. What lies in the past is billed by the next billing run. @example "2026-01-01T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  @IsWithinReach()
  startAt?: Instant;

  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => AnchorDto)
  anchor?: AnchorDto;

  /** `manual` waits for `/activate`. @example "automatic" */
  @MayBeAbsent()
  @IsIn(['automatic', 'manual'])
  activation?: 'automatic' | 'manual';

  /** Units per recurring charge. @example { "seats": "5" } */
  @MayBeAbsent()
  @IsTextRecord()
  quantities?: Record<string, string>;

  /** Prices and discounts that were agreed apart from the plan, by charge. */
  @ApiProperty({ ...OVERRIDES, selfRequired: false })
  @MayBeAbsent()
  @IsOverrides()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @MapOf(() => PriceOverrideDto)
  overrides?: Overrides;

  /** Local days for which it is tried out, in place of the plan's; 0 for none. @example 14 */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(730)
  trialDays?: number;

  /** What the trial costs, in place of the plan's; free without. */
  @MayBeAbsent()
  @IsDecimalText()
  trialPrice?: string;

  /** Codes of coupons that it begins with. @example ["LAUNCH20"] */
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @CouponCodesField()
  coupons?: string[];

  /** Another system has billed it up to here: what was over, or paid in advance, by then is not billed again. @example "2026-02-01T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  @IsWithinReach()
  billedThrough?: Instant;

  /** Yours, stored as it is and never erased: no personal data here. @example { "opportunity": "006-42" } */
  @MayBeAbsent()
  @IsMetadata()
  metadata?: Record<string, string>;
}

/** What is noted; terms are changed by `/changes`. */
export class ChangeSubscriptionDto {
  /** Texts to set beside those that are there; `null` removes one, or all. @example { "opportunity": "006-43", "owner": null } */
  @IsOptional()
  @IsMetadataChange()
  @ApiProperty({ additionalProperties: { type: ['string', 'null'] } })
  metadata?: Record<string, string | null> | null;
}

export class ActivateSubscriptionDto {
  /** Now, or its start if that lies ahead, unless named. @example "2026-01-01T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  @IsWithinReach()
  at?: Instant;
}

const OVERRIDES_CHANGE = {
  type: 'object' as const,
  additionalProperties: { oneOf: [{ $ref: getSchemaPath(PriceOverrideDto) }, { type: 'null' }] },
  example: { seats: { discountBasisPoints: 1000 } },
};

export class ChangePlanDto {
  /** Another plan, or the latest version of the same. @example "llm-pro" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  plan?: string;

  /** The latest, where only the plan is named. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  planVersion?: number;

  /** Units of the charges that are named; those of others stay. @example { "seats": "8" } */
  @MayBeAbsent()
  @IsTextRecord()
  quantities?: Record<string, string>;

  /** Prices and discounts of the charges that are named, in place of what was agreed of them; null takes it back. Others stay. */
  @ApiProperty({ ...OVERRIDES_CHANGE, selfRequired: false })
  @MayBeAbsent()
  @NullTakesBack()
  @IsOverridesChange()
  @ValidateNested({ each: true })
  @MapOf(() => PriceOverrideDto)
  overrides?: Overrides;

  /** `now`, `period_end` or an instant, which may be in the past. @example "now" */
  @ChangeTimeField()
  @IsReachable()
  at!: ChangeTime;

  /**
   * How what recurs goes over: `prorated` or `now` (by time, billed at once), `next_invoice` (by time, with the next regular invoice),
   * `none` (with its next period; usage at once), `full_difference` (the period is sold whole on the new terms). @example "prorated"
   */
  @MayBeAbsent()
  @IsIn(['prorated', 'now', 'next_invoice', 'none', 'full_difference'])
  proration?: 'prorated' | 'now' | 'next_invoice' | 'none' | 'full_difference';

  /** `restart`: a new period begins with the change, and the next ones turn on its day. @example "keep" */
  @MayBeAbsent()
  @IsIn(['keep', 'restart'])
  billingCycle?: 'keep' | 'restart';

  /** `restart`: free units, tiers and limits of usage begin anew with the change. @example "continue" */
  @MayBeAbsent()
  @IsIn(['continue', 'restart'])
  allowances?: 'continue' | 'restart';

  /** Answers what would be given back and charged, and writes nothing. */
  @MayBeAbsent()
  @IsBoolean()
  dryRun?: boolean;
}

export class PauseSubscriptionDto {
  /** Now, unless named; `period_end` or an instant, which may be in the past. @example "now" */
  @MayBeAbsent()
  @ChangeTimeField()
  @IsReachable()
  at?: ChangeTime;

  /** It resumes by itself then. @example "2027-01-01T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  @IsWithinReach()
  until?: Instant;

  /** What happens to the part of what was billed in advance that is paused. @example "prorated" */
  @MayBeAbsent()
  @IsIn(['prorated', 'none'])
  credit?: 'prorated' | 'none';
}

export class ResumeSubscriptionDto {
  /** Now, unless named; `period_end` or an instant, which may be in the past. @example "now" */
  @MayBeAbsent()
  @ChangeTimeField()
  @IsReachable()
  at?: ChangeTime;
}
