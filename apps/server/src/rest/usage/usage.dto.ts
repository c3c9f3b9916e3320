import { IsIn, IsString, Length, Matches } from 'class-validator';
import { CommaSeparated, PageQuery } from '../http/queries.dto.js';
import { IsInstantText, MayBeAbsent } from '../http/rules.js';

export class UsageReportQueryDto {
  /** Key of the meter. @example "input_tokens" */
  @IsString()
  @Length(1, 128)
  meter!: string;

  /** @example "2026-01-01T00:00:00Z" */
  @IsInstantText()
  from!: string;

  /** Not included. @example "2026-02-01T00:00:00Z" */
  @IsInstantText()
  to!: string;

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

export class ReadingQueryDto {
  /** Ids are unique per account. @example "external:cust-42" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 300)
  accountId?: string;
}

export class UnbilledQueryDto extends PageQuery {
  /** @example "external:cust-42" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 300)
  accountId?: string;
}
