import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';
import { PRICE_MODELS, TypeOfPrice, type PriceDto } from '../catalog/price-models.js';
import { IsDecimalText, MayBeAbsent, rule } from '../../pipeline/rules.js';

export class TierOverrideDto {
  /** Counted from 1. @example 1 */
  @IsInt()
  @Min(1)
  @Max(100)
  tier!: number;

  /** @example "0.000002" */
  @MayBeAbsent()
  @IsDecimalText()
  unitAmount?: string;

  @MayBeAbsent()
  @IsDecimalText()
  flatAmount?: string;
}

/** What was agreed apart from the plan: another price, single tiers or limits of it, and what is taken off. */
@ApiExtraModels(...PRICE_MODELS.map(({ value }) => value))
export class PriceOverrideDto {
  @ApiProperty({ required: false, oneOf: PRICE_MODELS.map(({ value }) => ({ $ref: getSchemaPath(value) })) })
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @TypeOfPrice()
  price?: PriceDto;

  /** Tiers with other amounts; what is not named stays. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => TierOverrideDto)
  tiers?: TierOverrideDto[];

  /** The least that one period costs. */
  @MayBeAbsent()
  @IsDecimalText()
  minimum?: string;

  /** The most that one period costs. */
  @MayBeAbsent()
  @IsDecimalText()
  maximum?: string;

  @MayBeAbsent()
  @IsIn(['half_up', 'half_even'])
  rounding?: 'half_up' | 'half_even';

  /** Taken off before any limit, in hundredths of a percent: 1,250 are 12.5 %. @example 1000 */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(10_000)
  discountBasisPoints?: number;
}

const OVERRIDES_MAX = 200;

/** class-transformer makes a map of an object with names of the caller's own. */
export const IsOverrides = rule(
  'invalid_object',
  (value) => value instanceof Map && value.size <= OVERRIDES_MAX,
  `This is an object of at most ${OVERRIDES_MAX} prices, by charge.`,
);

export const IsOverridesChange = rule(
  'invalid_object',
  (value) =>
    value instanceof Map &&
    value.size <= OVERRIDES_MAX &&
    [...value.values()].every((override) => override instanceof PriceOverrideDto),
  `This is an object of at most ${OVERRIDES_MAX} prices, by charge; null takes one back.`,
);

/** Null takes back what was agreed, as an override does that says nothing: this is what can be validated. */
export const NullTakesBack = (): PropertyDecorator =>
  Transform(({ value }: { readonly value: unknown }) =>
    value instanceof Map
      ? new Map([...value].map(([charge, override]) => [charge, override === null ? new PriceOverrideDto() : override]))
      : value,
  );
