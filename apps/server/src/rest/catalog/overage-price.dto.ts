import type { Price } from '#rating';
import { IsIn } from 'class-validator';
import { FlatPriceDto, GraduatedPriceDto, PackagePriceDto, PerUnitPriceDto, VolumePriceDto } from './price.dto.js';

/** A price whose model is none of ours: says which there are. */
export class UnknownPriceDto {
  /** @example "graduated" */
  @IsIn([
    'flat',
    'per_unit',
    'graduated',
    'volume',
    'package',
    'percentage',
    'graduated_percentage',
    'committed',
    'matrix',
  ] satisfies Price['model'][])
  model!: Price['model'];
}

/** A price that cannot stand beyond a commitment: says which can. */
export class UnknownOverageDto {
  /** @example "per_unit" */
  @IsIn(['flat', 'per_unit', 'graduated', 'volume', 'package'])
  model!: 'flat' | 'per_unit' | 'graduated' | 'volume' | 'package';
}

/** Prices that do not contain another one. */
export const OVERAGE_MODELS = [
  { name: 'flat', value: FlatPriceDto },
  { name: 'per_unit', value: PerUnitPriceDto },
  { name: 'graduated', value: GraduatedPriceDto },
  { name: 'volume', value: VolumePriceDto },
  { name: 'package', value: PackagePriceDto },
];

export type OveragePriceDto = FlatPriceDto | PerUnitPriceDto | GraduatedPriceDto | VolumePriceDto | PackagePriceDto;
