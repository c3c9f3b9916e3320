import type { AccountId, Instant } from '#kernel';
import { IsBoolean, IsString, Length } from 'class-validator';
import { CommaSeparated, PageQuery, TruthValue } from '../../pipeline/queries.dto.js';
import { InstantField } from '../../pipeline/fields.js';
import { IdField } from '../../pipeline/ids.js';
import { MayBeAbsent } from '../../pipeline/rules.js';

export class PersonalDataReadsQueryDto extends PageQuery {
  /** Of this account alone. @example "external:cust-42" */
  @MayBeAbsent()
  @IdField('account')
  @Length(1, 300)
  account?: AccountId;
}

export class AuditLogQueryDto extends PageQuery {
  /** @example "external:cust-42" */
  @MayBeAbsent()
  @IdField('account')
  @Length(1, 300)
  account?: AccountId;

  /** Ids of actors, or their types. @example "api_key" */
  @MayBeAbsent()
  @CommaSeparated()
  @IsString({ each: true })
  @Length(1, 128, { each: true })
  actor?: string[];

  /** Operations. @example "ChangeAccount" */
  @MayBeAbsent()
  @CommaSeparated()
  @IsString({ each: true })
  @Length(1, 128, { each: true })
  command?: string[];

  /** What happened. @example "PaymentTermsChanged" */
  @MayBeAbsent()
  @CommaSeparated()
  @IsString({ each: true })
  @Length(1, 128, { each: true })
  type?: string[];

  /** @example "7d8f0c6e-1b1c-4c0e-9a55-3f0a8f3c2b11" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  requestId?: string;

  /** Recorded at or after. @example "2026-01-01T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  from?: Instant;

  /** Recorded before. @example "2026-02-01T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  to?: Instant;

  /** Whether `changes` include encrypted personal data: this is recorded as a read of personal data. @example false */
  @MayBeAbsent()
  @TruthValue()
  @IsBoolean()
  personal?: boolean;
}
