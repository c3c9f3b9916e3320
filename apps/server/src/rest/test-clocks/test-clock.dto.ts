import type { Instant } from '#kernel';
import { IsString, Length } from 'class-validator';
import { InstantField } from '../../pipeline/fields.js';
import { MayBeAbsent, rule } from '../../pipeline/rules.js';

export const IsOfThisCentury = rule(
  'instant_out_of_reach',
  (value) => typeof value !== 'string' || value.startsWith('20'),
  'A test clock goes from the year 2000 to 2099.',
);

export class StartTestClockDto {
  /** @example "A year in the life" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  name?: string;

  /** What the clock shows at first. @example "2026-01-01T00:00:00Z" */
  @InstantField()
  @IsOfThisCentury()
  startAt!: Instant;
}

export class AdvanceTestClockDto {
  /** Not before what the clock shows, and at most two years after it. @example "2026-02-01T00:00:00Z" */
  @InstantField()
  @IsOfThisCentury()
  to!: Instant;
}
