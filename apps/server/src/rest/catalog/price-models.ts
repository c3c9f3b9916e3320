import { TypeByModel } from '../../pipeline/type-by-model.js';
import { OVERAGE_MODELS, UnknownPriceDto, type OveragePriceDto } from './overage-price.dto.js';
import {
  CommittedPriceDto,
  GraduatedPercentagePriceDto,
  MatrixPriceDto,
  PercentagePriceDto,
} from './usage-price.dto.js';

/** Every price that a charge can have, by its model. */
export const PRICE_MODELS = [
  ...OVERAGE_MODELS,
  { name: 'percentage', value: PercentagePriceDto },
  { name: 'graduated_percentage', value: GraduatedPercentagePriceDto },
  { name: 'committed', value: CommittedPriceDto },
  { name: 'matrix', value: MatrixPriceDto },
];

export type PriceDto =
  OveragePriceDto | PercentagePriceDto | GraduatedPercentagePriceDto | CommittedPriceDto | MatrixPriceDto;

export const TypeOfPrice = (): PropertyDecorator => TypeByModel(PRICE_MODELS, UnknownPriceDto);

/** What may be wrong with a price by itself. */
export const PRICE_REFUSALS = [
  'invalid_tiers',
  'invalid_package_size',
  'invalid_matrix',
  'division_by_zero',
  'usage_price',
  'negative',
  'maximum_below_minimum',
];
