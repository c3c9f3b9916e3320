import type { Aggregation, FilterOperator } from '#contracts';
import type { WindowUnit } from '#kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { PageQuery } from '../../pipeline/queries.dto.js';
import { IsDecimalText, IsKey, rule, MayBeAbsent } from '../../pipeline/rules.js';

const AGGREGATIONS: readonly Aggregation[] = ['count', 'sum', 'max', 'unique_count', 'latest', 'weighted_sum'];
const BUCKETS: readonly WindowUnit[] = ['minute', 'hour', 'day', 'week', 'month'];
const OPERATORS: readonly FilterOperator[] = ['eq', 'ne', 'in', 'not_in', 'gt', 'gte', 'lt', 'lte', 'exists'];

const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= 1024;

const IsFilterValue = rule(
  'invalid_filter',
  (value) =>
    isText(value) || typeof value === 'boolean' || (Array.isArray(value) && value.length <= 100 && value.every(isText)),
  'A filter compares with a text, a list of at most 100 texts or, for “exists”, true or false.',
);

const FILTER_VALUE = {
  oneOf: [{ type: 'string' }, { type: 'boolean' }, { type: 'array', items: { type: 'string' } }],
};

export class MeterFilterDto {
  /** @example "region" */
  @IsString()
  @Length(1, 128)
  property!: string;

  /** @example "eq" */
  @IsIn(OPERATORS)
  operator!: FilterOperator;

  @ApiProperty({ example: 'eu', ...FILTER_VALUE })
  @IsFilterValue()
  value!: string | boolean | string[];
}

export class QuantityRoundingDto {
  /** @example "up" */
  @IsIn(['half_up', 'up', 'down'])
  mode!: 'half_up' | 'up' | 'down';

  /** Digits after the point; below zero rounds to tens, hundreds, … @example 0 */
  @IsInt()
  @Min(-12)
  @Max(12)
  digits!: number;
}

export class ReadingRoundingDto {
  /** @example "up" */
  @IsIn(['half_up', 'up', 'down'])
  mode!: 'half_up' | 'up' | 'down';

  /** Above the least value, readings count in whole steps of this. @example "6" */
  @IsDecimalText()
  step!: string;

  /** What each reading counts at least. @example "30" */
  @MayBeAbsent()
  @IsDecimalText()
  least?: string;
}

export class DefineMeterDto {
  /** @example "input_tokens" */
  @IsKey()
  key!: string;

  /** @example "Input tokens" */
  @IsString()
  @Length(1, 256)
  name!: string;

  /** The usage events that it listens to. @example "llm_request" */
  @IsString()
  @Length(1, 128)
  eventName!: string;

  /** @example "sum" */
  @IsIn(AGGREGATIONS)
  aggregation!: Aggregation;

  /** The property that is added up, compared or counted by its distinct values. @example "context_tokens" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  valueProperty?: string;

  /** Instead of one property: several put together by + - * / and parentheses, such as `context_tokens - cached_tokens`. */
  @MayBeAbsent()
  @IsString()
  @Length(1, 256)
  valueExpression?: string;

  /** How each reading is rounded before it is counted: calls by begun minutes, begun six seconds, … */
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => ReadingRoundingDto)
  roundEach?: ReadingRoundingDto;

  /** Whether readings, and what they come to, may be below zero: then that is billed as it is. @example false */
  @MayBeAbsent()
  @IsBoolean()
  allowNegative?: boolean;

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => MeterFilterDto)
  filters?: MeterFilterDto[];

  /** Properties by which usage may be broken down. @example ["model"] */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @Length(1, 128, { each: true })
  groupBy?: string[];

  /** Of a maximum: the largest value of each hour, day, … counts, and a period is their sum. */
  @MayBeAbsent()
  @IsIn(BUCKETS)
  bucket?: WindowUnit;

  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => QuantityRoundingDto)
  rounding?: QuantityRoundingDto;

  /** What was measured lasts until another reading changes it: it is carried into the next period. @example false */
  @MayBeAbsent()
  @IsBoolean()
  recurring?: boolean;
}

export class CatalogQueryDto extends PageQuery {
  /** A field, with `-` downwards; the newest first unless named. @example "key" */
  @MayBeAbsent()
  @IsIn(['key', '-key'])
  sort?: string;
}
