import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsDecimalText, IsPositiveDecimalText, MayBeAbsent } from '../../pipeline/rules.js';
import { QuantityRoundingDto } from './meter.dto.js';

export class UnitConversionDto {
  @MayBeAbsent()
  @IsPositiveDecimalText()
  multiplyBy?: string;

  /** @example "1000" */
  @MayBeAbsent()
  @IsPositiveDecimalText()
  divideBy?: string;

  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => QuantityRoundingDto)
  rounding?: QuantityRoundingDto;

  /** Come off what was converted. */
  @MayBeAbsent()
  @IsDecimalText()
  freeUnits?: string;
}

/** What every price takes. Amounts are decimal strings in major units, of any precision. */
export abstract class PriceLimitsDto {
  /** The least that one period costs. */
  @MayBeAbsent()
  @IsDecimalText()
  minimum?: string;

  /** The most that one period costs. */
  @MayBeAbsent()
  @IsDecimalText()
  maximum?: string;

  /** How a line is rounded to minor units; `half_up` means half away from zero. @example "half_up" */
  @MayBeAbsent()
  @IsIn(['half_up', 'half_even'])
  rounding?: 'half_up' | 'half_even';

  /** What is measured turned into what is priced: multiplied, divided, rounded, less what is free. */
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => UnitConversionDto)
  conversion?: UnitConversionDto;
}

export class FlatPriceDto extends PriceLimitsDto {
  /** @example "flat" */
  @IsIn(['flat'])
  model!: 'flat';

  /** @example "20.00" */
  @IsDecimalText()
  amount!: string;
}

export class PerUnitPriceDto extends PriceLimitsDto {
  /** @example "per_unit" */
  @IsIn(['per_unit'])
  model!: 'per_unit';

  /** @example "0.000003" */
  @IsDecimalText()
  unitAmount!: string;
}

export class TierDto {
  /** Covers up to and including this; `null` in the last tier. @example "200000" */
  @ValidateIf(({ upTo }: TierDto) => upTo !== null)
  @IsPositiveDecimalText()
  upTo!: string | null;

  /** @example "0.000003" */
  @IsDecimalText()
  unitAmount!: string;

  /** Once, as soon as the tier is entered. */
  @MayBeAbsent()
  @IsDecimalText()
  flatAmount?: string;

  /** Units are sold by whole blocks of this size, at `unitAmount` each: a begun one counts. */
  @MayBeAbsent()
  @IsPositiveDecimalText()
  blockSize?: string;
}

export abstract class TieredPriceDto extends PriceLimitsDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => TierDto)
  tiers!: TierDto[];

  /** Whether the first tier's flat amount is due although nothing was used. */
  @MayBeAbsent()
  @IsBoolean()
  flatFeeOnZero?: boolean;
}

export class GraduatedPriceDto extends TieredPriceDto {
  /** @example "graduated" */
  @IsIn(['graduated'])
  model!: 'graduated';
}

export class VolumePriceDto extends TieredPriceDto {
  /** @example "volume" */
  @IsIn(['volume'])
  model!: 'volume';
}

export class PackagePriceDto extends PriceLimitsDto {
  /** @example "package" */
  @IsIn(['package'])
  model!: 'package';

  /** Of one package. @example "0.50" */
  @IsDecimalText()
  amount!: string;

  /** Units in a package; a begun one counts. @example "100" */
  @IsPositiveDecimalText()
  size!: string;

  /** Come off first. @example "100" */
  @MayBeAbsent()
  @IsDecimalText()
  freeUnits?: string;
}
