import type { ChargeKind, Timing, Proration } from '#contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { MapOf } from '../../pipeline/fields.js';
import { IsCurrencyCode, IsDecimalText, IsKey, IsTextRecord, MayBeAbsent, rule } from '../../pipeline/rules.js';
import { IsTaxClass } from '../taxes/tax.dto.js';
import { PRICE_MODELS, TypeOfPrice, type PriceDto } from './price-models.js';

const CURRENCIES_MAX = 30;

/** A fee for each seat in advance, and usage in arrears. */
export const CHARGES = [
  {
    key: 'seats',
    name: 'Seats',
    kind: 'recurring',
    timing: 'in_advance',
    price: { model: 'per_unit', unitAmount: '8.00' },
    proration: 'day',
  },
  {
    key: 'input_tokens',
    name: 'Input tokens',
    kind: 'usage',
    timing: 'in_arrears',
    meter: 'input_tokens',
    price: {
      model: 'graduated',
      tiers: [
        { upTo: '200000', unitAmount: '0.000003' },
        { upTo: null, unitAmount: '0.000002' },
      ],
    },
    proration: 'none',
  },
];

export class IntervalDto {
  /** @example "month" */
  @IsIn(['day', 'week', 'month', 'year'])
  unit!: 'day' | 'week' | 'month' | 'year';

  /** @example 1 */
  @IsInt()
  @Min(1)
  @Max(1000)
  count!: number;
}

@ApiExtraModels(...PRICE_MODELS.map(({ value }) => value))
export class CurrencyOptionDto {
  @ApiProperty({ oneOf: PRICE_MODELS.map(({ value }) => ({ $ref: getSchemaPath(value) })) })
  @IsObject()
  @ValidateNested()
  @TypeOfPrice()
  price!: PriceDto;
}

const IsCurrencyOptions = rule(
  'invalid_object',
  (value) => value instanceof Map && value.size <= CURRENCIES_MAX,
  `This is an object of at most ${CURRENCIES_MAX} prices, by currency.`,
);

@ApiExtraModels(CurrencyOptionDto)
export class ChargeDto {
  /** @example "input_tokens" */
  @IsKey()
  key!: string;

  /** What the invoice line says. @example "Input tokens" */
  @IsString()
  @Length(1, 256)
  name!: string;

  /** @example "usage" */
  @IsIn(['recurring', 'usage', 'one_time'])
  kind!: ChargeKind;

  /** @example "in_arrears" */
  @IsIn(['in_advance', 'in_arrears'])
  timing!: Timing;

  /** When it differs from the plan's: a yearly fee with monthly usage. */
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => IntervalDto)
  interval?: IntervalDto;

  /**
   * Of usage charges: over how long free units, tiers and limits last, where that is longer than an interval: a year's free units, billed by the
   * month. A minimum is asked for when it is over.
   */
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => IntervalDto)
  allowanceInterval?: IntervalDto;

  /** Of usage charges: the key of the meter. @example "input_tokens" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  meter?: string;

  @ApiProperty({ oneOf: PRICE_MODELS.map(({ value }) => ({ $ref: getSchemaPath(value) })) })
  @IsObject()
  @ValidateNested()
  @TypeOfPrice()
  price!: PriceDto;

  /** The price for accounts in other currencies, by their codes: every charge of the plan names the same ones. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(CurrencyOptionDto) },
    example: { EUR: { price: { model: 'per_unit', unitAmount: '7.50' } } },
  })
  @MayBeAbsent()
  @IsCurrencyOptions()
  @ValidateNested()
  @MapOf(() => CurrencyOptionDto)
  currencyOptions?: Readonly<Record<string, CurrencyOptionDto>>;

  /** How a part of a period is charged: by days (the default), seconds, days of months that all have thirty, or whole. @example "day" */
  @MayBeAbsent()
  @IsIn(['day', 'second', 'fixed30', 'none'])
  proration?: Proration;

  /** What it is as far as taxes go: tax rates say for which class they are; `standard` unless named. @example "reduced" */
  @MayBeAbsent()
  @IsTaxClass()
  taxClass?: string;
}

export class PlanVersionDto {
  /** @example "LLM Pro" */
  @IsString()
  @Length(1, 256)
  name!: string;

  /** @example "USD" */
  @IsCurrencyCode()
  currency!: string;

  @IsObject()
  @ValidateNested()
  @Type(() => IntervalDto)
  interval!: IntervalDto;

  @ApiProperty({ type: () => [ChargeDto], example: CHARGES })
  @IsArray()
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ChargeDto)
  charges!: ChargeDto[];

  /** Local days for which its subscriptions are tried out. @example 14 */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(730)
  trialDays?: number;

  /** What the trial costs, in major units; free without. */
  @MayBeAbsent()
  @IsDecimalText()
  trialPrice?: string;

  /** What it costs in the other currencies of its charges. */
  @MayBeAbsent()
  @IsTextRecord()
  trialPrices?: Record<string, string>;

  /** What becomes of an invoice on which every line is nothing, in place of the tenant's setting. @example "skip" */
  @MayBeAbsent()
  @IsIn(['skip', 'issue'])
  zeroInvoices?: 'skip' | 'issue';
}

export class PublishPlanDto extends PlanVersionDto {
  /** @example "llm-pro" */
  @IsKey()
  key!: string;
}
