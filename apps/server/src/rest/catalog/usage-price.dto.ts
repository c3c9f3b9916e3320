import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsString,
  Length,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { IsDecimalText, IsPositiveDecimalText, IsTextRecord, MayBeAbsent } from '../../pipeline/rules.js';
import { TypeByModel } from '../../pipeline/type-by-model.js';
import { OVERAGE_MODELS, UnknownOverageDto, type OveragePriceDto } from './overage-price.dto.js';
import { PriceLimitsDto } from './price.dto.js';

export class PercentagePriceDto extends PriceLimitsDto {
  /** @example "percentage" */
  @IsIn(['percentage'])
  model!: 'percentage';

  /** In percent of the quantity. @example "2.9" */
  @IsDecimalText()
  rate!: string;

  /** For each reading. @example "0.30" */
  @MayBeAbsent()
  @IsDecimalText()
  fixedAmount?: string;

  /** Of the quantity, this much is free. */
  @MayBeAbsent()
  @IsDecimalText()
  freeUnits?: string;

  /** This many readings bear no fixed amount; where readings are priced one by one, they are free. */
  @MayBeAbsent()
  @IsDecimalText()
  freeEvents?: string;

  /** The least that one reading costs. */
  @MayBeAbsent()
  @IsDecimalText()
  eventMinimum?: string;

  /** The most that one reading costs. */
  @MayBeAbsent()
  @IsDecimalText()
  eventMaximum?: string;
}

export class RateTierDto {
  /** Covers up to and including this; `null` in the last tier. @example "10000" */
  @ValidateIf(({ upTo }: RateTierDto) => upTo !== null)
  @IsPositiveDecimalText()
  upTo!: string | null;

  /** In percent. @example "1.5" */
  @IsDecimalText()
  rate!: string;

  /** Once, as soon as the tier is entered. */
  @MayBeAbsent()
  @IsDecimalText()
  flatAmount?: string;
}

export class GraduatedPercentagePriceDto extends PriceLimitsDto {
  /** @example "graduated_percentage" */
  @IsIn(['graduated_percentage'])
  model!: 'graduated_percentage';

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => RateTierDto)
  tiers!: RateTierDto[];

  /** Whether the first tier's flat amount is due although nothing was used. */
  @MayBeAbsent()
  @IsBoolean()
  flatFeeOnZero?: boolean;
}

export class CommittedPriceDto extends PriceLimitsDto {
  /** @example "committed" */
  @IsIn(['committed'])
  model!: 'committed';

  /** @example "1000" */
  @IsDecimalText()
  committedUnits!: string;

  /** Due whether the units are used or not. @example "100.00" */
  @IsDecimalText()
  amount!: string;

  /** What is used beyond. */
  @ApiProperty({ oneOf: OVERAGE_MODELS.map(({ value }) => ({ $ref: getSchemaPath(value) })) })
  @IsObject()
  @ValidateNested()
  @TypeByModel(OVERAGE_MODELS, UnknownOverageDto)
  overage!: OveragePriceDto;
}

export class MatrixCellDto {
  /** Property values that a reading has to have; none fit every reading. @example { "model": "large", "region": "eu" } */
  @IsTextRecord()
  match!: Record<string, string>;

  /** @example "0.000012" */
  @IsDecimalText()
  unitAmount!: string;
}

export class MatrixPriceDto extends PriceLimitsDto {
  /** @example "matrix" */
  @IsIn(['matrix'])
  model!: 'matrix';

  /** The properties that the price depends on. @example ["model", "region"] */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @Length(1, 128, { each: true })
  dimensions!: string[];

  /** The first cell that fits counts. What no cell fits is free. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => MatrixCellDto)
  cells!: MatrixCellDto[];
}
