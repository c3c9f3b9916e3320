import type { Aggregation, Meter, PlanVersion, Charge } from '#contracts';
import type { WindowUnit } from '#kernel';
import { ApiProperty } from '@nestjs/swagger';
import { ChargeDto, CHARGES, type IntervalDto } from './plan.dto.js';
import type { MeterFilterDto, QuantityRoundingDto, ReadingRoundingDto } from './meter.dto.js';

export class MeterResource {
  /** @example "input_tokens" */
  key!: string;
  /** @example "Input tokens" */
  name!: string;
  /** @example "llm_request" */
  eventName!: string;
  /** @example "sum" */
  aggregation!: Aggregation;
  /** @example "context_tokens" */
  valueProperty!: string | null;
  /** @example null */
  valueExpression!: string | null;
  roundEach!: ReadingRoundingDto | null;
  /** @example false */
  allowNegative!: boolean;
  filters!: MeterFilterDto[];
  /** @example ["model"] */
  groupBy!: string[];
  recurring!: boolean;
  /** @example null */
  bucket!: WindowUnit | null;
  rounding!: QuantityRoundingDto | null;
  archived!: boolean;
}

export const meterResource = (meter: Meter, archived: boolean): MeterResource => ({
  key: meter.key,
  name: meter.name,
  eventName: meter.eventName,
  aggregation: meter.aggregation,
  valueProperty: meter.valueProperty ?? null,
  valueExpression: meter.valueExpression ?? null,
  roundEach: meter.roundEach ?? null,
  allowNegative: meter.allowNegative ?? false,
  filters: meter.filters.map(({ property, operator, value }) => ({ property, operator, value: value as string })),
  groupBy: [...meter.groupBy],
  recurring: meter.recurring ?? false,
  bucket: meter.bucket ?? null,
  rounding: meter.rounding ?? null,
  archived,
});

/** One immutable version of a plan. */
export class PlanResource {
  /** @example "llm-pro" */
  key!: string;
  /** @example 1 */
  version!: number;
  /** @example "LLM Pro" */
  name!: string;
  /** @example "USD" */
  currency!: string;
  interval!: IntervalDto;
  @ApiProperty({ type: () => [ChargeDto], example: CHARGES })
  charges!: ChargeDto[];
  /** 0 for none. @example 14 */
  trialDays!: number;
  trialPrice!: string | null;
  /** By currency. @example { "EUR": "4.50" } */
  trialPrices!: Record<string, string>;
  /** Null where the tenant's setting counts. @example "skip" */
  zeroInvoices!: 'skip' | 'issue' | null;
  archived!: boolean;
}

export const planResource = (
  { key, version, name, currency, interval, charges, trial, zeroInvoices }: PlanVersion,
  archived: boolean,
): PlanResource => ({
  key,
  version,
  name,
  currency,
  interval,
  charges: charges.map(chargeResource),
  trialDays: trial?.days ?? 0,
  trialPrice: trial?.price ?? null,
  trialPrices: { ...trial?.prices },
  zeroInvoices: zeroInvoices ?? null,
  archived,
});

/** As JSON has it: an object for a map. */
const chargeResource = (charge: Charge): ChargeDto => ({ ...charge }) as object as ChargeDto;
