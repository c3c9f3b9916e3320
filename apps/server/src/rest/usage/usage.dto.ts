import type { AccountId, Instant } from '#kernel';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsString, Length, Matches } from 'class-validator';
import { isExactNumber } from '../../pipeline/exact-numbers.js';
import { CommaSeparated, PageQuery } from '../../pipeline/queries.dto.js';
import { AsOfQuery } from '../reports/reports.dto.js';
import { InstantField } from '../../pipeline/fields.js';
import { IdField } from '../../pipeline/ids.js';
import { MayBeAbsent, rule } from '../../pipeline/rules.js';

export class UsageReportQueryDto extends AsOfQuery {
  /** Key of the meter. @example "input_tokens" */
  @IsString()
  @Length(1, 128)
  meter!: string;

  /** @example "2026-01-01T00:00:00Z" */
  @InstantField()
  from!: Instant;

  /** Not included. @example "2026-02-01T00:00:00Z" */
  @InstantField()
  to!: Instant;

  /** Windows turn in the account's time zone. @example "day" */
  @MayBeAbsent()
  @IsIn(['hour', 'day', 'month'])
  window?: 'hour' | 'day' | 'month';

  /** Properties that the meter may be broken down by. @example "model" */
  @MayBeAbsent()
  @CommaSeparated()
  @Matches(/^.{1,128}$/, { each: true })
  groupBy?: string[];
}

export class SubscriptionUsageQueryDto extends PageQuery {
  /** Periods that are over by then are left out. @example "2026-01-01T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  from?: Instant;

  /** Not included; now, unless named. @example "2026-02-01T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  to?: Instant;

  /** Key of a charge. @example "tokens" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  charge?: string;

  /** Key of a meter. @example "input_tokens" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  meter?: string;

  /** Billing periods, unless named; windows turn in the subscription's time zone, and have no amounts. @example "day" */
  @MayBeAbsent()
  @IsIn(['hour', 'day', 'month'])
  window?: 'hour' | 'day' | 'month';
}

export class ReadingQueryDto {
  /** Ids are unique per account. @example "external:cust-42" */
  @MayBeAbsent()
  @IdField('account')
  @Length(1, 300)
  accountId?: AccountId;
}

export class UnbilledQueryDto extends PageQuery {
  /** @example "external:cust-42" */
  @MayBeAbsent()
  @IdField('account')
  @Length(1, 300)
  accountId?: AccountId;
}

const isProperty = ([name, value]: readonly [string, unknown]): boolean =>
  name.length >= 1 &&
  name.length <= 128 &&
  (value === null ||
    typeof value === 'number' ||
    isExactNumber(value) ||
    typeof value === 'boolean' ||
    (typeof value === 'string' && value.length <= 1024));

const IsReadingProperties = rule(
  'invalid_properties',
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length <= 100 &&
    Object.entries(value).every(isProperty),
  'This is an object of at most 100 texts, numbers or truth values.',
);

export class AmendReadingDto {
  /** All that the reading says now. Numbers keep all their digits; what is null is as if it were not there. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }] },
    example: { context_tokens: '512' },
  })
  // A copy would lose the digits that a double does not keep.
  @Transform(({ obj }: { readonly obj: AmendReadingDto }) => obj.properties)
  @IsReadingProperties()
  properties!: Record<string, string | number | boolean | null>;

  /** Kept with the correction. @example "The gateway counted the prompt twice." */
  @IsString()
  @Length(1, 1024)
  reason!: string;
}

export class RetractReadingDto {
  /** Kept with the correction. @example "A load test." */
  @IsString()
  @Length(1, 1024)
  reason!: string;
}
