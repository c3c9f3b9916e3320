import type { Instant } from '#kernel';
import { Transform } from 'class-transformer';
import { IsInt, IsString, Length, Max, Min } from 'class-validator';
import { InstantField } from './fields.js';
import { MayBeAbsent } from './rules.js';

/** A command that says all in its path. */
export class NoBody {}

/** Takes no parameters; any is refused. */
export class NoQuery {}

/** Pages by opaque cursors, forward alone. */
export class ForwardPageQuery {
  /** How many at the most. @example 50 */
  @MayBeAbsent()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(1)
  @Max(200)
  // The document tells a default that stands here as it is, none that has a name.
  limit: number = 50;

  /** The `next` cursor of the page before. @example "NDcxMQ" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 512)
  after?: string;
}

/** Pages by opaque cursors. */
export class PageQuery extends ForwardPageQuery {
  /** The `previous` cursor of the page behind. @example "NDcxMg" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 512)
  before?: string;
}

/** The two time axes. */
export class TimeQuery {
  /** Recorded time: an instant, `position:<n>` or, of one account, `revision:<n>`. @example "2026-01-31T00:00:00Z" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 64)
  asOf?: string;

  /** Business time. @example "2026-01-31T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  effectiveAt?: Instant;
}

/** A truth value of a query string. */
export const TruthValue = () =>
  Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value));

/** A comma-separated list, as in `status=open,paid`. */
export const CommaSeparated = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value));
