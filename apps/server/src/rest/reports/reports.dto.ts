import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';
import { CommaSeparated } from '../../pipeline/queries.dto.js';
import { DateField } from '../../pipeline/fields.js';
import { IdField } from '../../pipeline/ids.js';
import { IsCurrencyCode, rule, MayBeAbsent } from '../../pipeline/rules.js';
import { DomainError, parseInstant, parseLocalDate, type AccountId, type LocalDate } from '#kernel';

const parses = (parse: (text: string) => unknown, value: unknown): boolean => {
  try {
    return typeof value === 'string' && parse(value) !== undefined;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
};

const IsMoment = rule(
  'invalid_instant',
  (value) => parses(parseInstant, value) || parses(parseLocalDate, value),
  'This is an RFC 3339 instant or a day: "2026-01-01".',
);

export class AsOfQuery {
  /** Recorded time: an instant or `position:<n>`. @example "position:4711" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 64)
  asOf?: string;
}

/** Of all accounts, or of some. */
export class OfAccountsQuery extends AsOfQuery {
  /** Of this account alone. @example "external:cust-42" */
  @MayBeAbsent()
  @IdField('account')
  @Length(1, 300)
  accountId?: AccountId;

  /** @example "USD" */
  @MayBeAbsent()
  @IsCurrencyCode()
  currency?: string;
}

export class MrrQueryDto extends AsOfQuery {
  /** @example "2026-01-01" */
  @IsMoment()
  from!: string;

  /** Not included. @example "2026-07-01" */
  @IsMoment()
  to!: string;

  /** @example "month" */
  @MayBeAbsent()
  @IsIn(['day', 'week', 'month', 'year'])
  interval: 'day' | 'week' | 'month' | 'year' = 'month';
}

export class MrrMovementsQueryDto extends OfAccountsQuery {
  /** @example "2026-01-01" */
  @IsMoment()
  from!: string;

  /** Not included. @example "2026-02-01" */
  @IsMoment()
  to!: string;

  /** @example "churn,contraction" */
  @MayBeAbsent()
  @CommaSeparated()
  @IsIn(['new', 'expansion', 'contraction', 'churn', 'reactivation'], { each: true })
  kind?: string[];
}

export class AtDateQueryDto extends AsOfQuery {
  /** A day in the zone of the books; today unless named, by the clock of a test tenant. @example "2026-03-31" */
  @MayBeAbsent()
  @DateField()
  at?: LocalDate;
}

export class TopConsumersQueryDto extends AsOfQuery {
  /** Key of the meter. @example "input_tokens" */
  @IsString()
  @Length(1, 128)
  meter!: string;

  /** @example "2026-01-01" */
  @IsMoment()
  from!: string;

  /** Not included. @example "2026-02-01" */
  @IsMoment()
  to!: string;

  /** Who consumes: accounts, unless properties are named. @example "account" */
  @MayBeAbsent()
  @IsIn(['account', 'subscription', 'group'])
  by?: 'account' | 'subscription' | 'group';

  /** Properties whose values are consumers; the meter may be broken down by them. @example "model" */
  @MayBeAbsent()
  @CommaSeparated()
  @Matches(/^.{1,128}$/, { each: true })
  groupBy?: string[];

  /** Of this account alone. @example "external:cust-42" */
  @MayBeAbsent()
  @IdField('account')
  @Length(1, 300)
  accountId?: AccountId;

  /** How many at the most. @example 10 */
  @MayBeAbsent()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(1)
  @Max(1000)
  limit: number = 10;
}
